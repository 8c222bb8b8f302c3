package io.campanile.testkit.store;

import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.port.ChangeSignal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Signals within this JVM. Notifications can be lost on request, as on a real network.
public final class InMemoryChangeSignal implements ChangeSignal {
    private final Map<ChangeTopic, Long> counters = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean losing;

    private record Listener(ChangeTopic topic, Runnable whenChanged) {}

    /// From now on nobody is notified; the counters still count.
    public void loseNotifications() {
        losing = true;
    }

    /// The last change is lost, as when a standby takes over that had not got it.
    public void fallBack(ChangeTopic topic) {
        counters.merge(topic, -1L, Long::sum);
    }

    @Override
    public void publish(ChangeTopic topic) {
        counters.merge(topic, 1L, Long::sum);
        if (!losing) {
            listeners.stream()
                    .filter(listener -> listener.topic() == topic)
                    .forEach(listener -> listener.whenChanged().run());
        }
    }

    @Override
    public long counter(ChangeTopic topic) {
        return counters.getOrDefault(topic, 0L);
    }

    @Override
    public Subscription subscribe(ChangeTopic topic, Runnable whenChanged) {
        var listener = new Listener(topic, whenChanged);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
