package io.campanile.channels.email;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// In which order the addresses of a relay are tried: first the one that served last, last those
/// that failed since they served, however far a connection had come. Thread-safe.
final class RelayAddresses {
    /// The latest last, so that all have their turn when all fail.
    private final Set<InetAddress> failed = new LinkedHashSet<>();

    private @Nullable InetAddress served;

    synchronized void served(InetAddress address) {
        served = address;
        failed.remove(address);
    }

    synchronized void failed(InetAddress address) {
        if (address.equals(served)) {
            served = null;
        }
        failed.remove(address);
        failed.add(address);
    }

    /// Puts all that the relay has now in order.
    synchronized void order(List<InetAddress> addresses) {
        failed.retainAll(Set.copyOf(addresses));
        addresses.removeAll(failed);
        addresses.addAll(failed);
        if (served != null && addresses.remove(served)) {
            addresses.addFirst(served);
        }
    }
}
