package io.campanile.server.command;

import java.net.InetAddress;

/// What never leaves this machine.
final class Loopback {
    private Loopback() {}

    /// Whether a target `HOST:PORT` names this machine by an address or by the name that always
    /// does. No name is looked up: whoever answers for it would decide.
    static boolean isHostOf(String target) {
        String host = host(target);
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false; // a name
        }
    }

    private static String host(String target) {
        int close = target.indexOf(']');
        if (target.startsWith("[") && close > 0) {
            return target.substring(1, close);
        }
        int port = target.lastIndexOf(':');
        return port < 0 ? target : target.substring(0, port);
    }
}
