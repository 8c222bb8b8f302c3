package io.campanile.grpc.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Whether the node is stopping. Thread-safe.
public final class Drain {
    private final Set<Runnable> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean started;

    public boolean started() {
        return started;
    }

    /// From now on new calls are refused; streams that are open are asked to end. Waits for none of
    /// them: one may be busy.
    public void start() {
        started = true;
        streams.forEach(end -> Thread.ofVirtual().name("drain").start(end));
    }

    /// Has `end` run when the node stops, at once if it is stopping already. May run it twice.
    public void register(Runnable end) {
        streams.add(end);
        if (started) {
            end.run();
        }
    }

    /// How many streams are open.
    public int registered() {
        return streams.size();
    }

    public void unregister(Runnable end) {
        streams.remove(end);
    }
}
