package io.campanile.server.command;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

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

    /// Whether whoever calls the address that a server of this machine would listen on stays on it.
    /// No name but `localhost` does.
    static boolean isReachedAt(String address) {
        if (address.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            return literal.isLoopbackAddress()
                    || literal.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(literal) != null;
        } catch (IllegalArgumentException | SocketException _) {
            return false; // a name, or nobody can tell
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
