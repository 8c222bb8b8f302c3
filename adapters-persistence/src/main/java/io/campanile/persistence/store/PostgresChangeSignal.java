package io.campanile.persistence.store;

import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.port.ChangeSignal;
import io.campanile.persistence.Database;
import io.campanile.persistence.Store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Change counters in a table, and notifications by `LISTEN` on a connection of its own, which
/// comes back by itself. Started once; closing ends listening, not counting.
public final class PostgresChangeSignal implements ChangeSignal, AutoCloseable {
    static final String CHANNEL = "campanile_change";

    private static final String RAISE =
            """
            INSERT INTO change_counter (topic, counter)
            VALUES (:topic, 1)
            ON CONFLICT (topic) DO UPDATE
            SET counter = change_counter.counter + 1
            """;

    private static final String NOTIFY = "SELECT pg_notify(:channel, :topic)";

    private static final String COUNTER = "SELECT counter FROM change_counter WHERE topic = :topic";

    private final Store store;

    /// Counters are looked at for every call: not behind lists and long statements.
    private final Store hot;

    private final ChangeListener listener;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    public PostgresChangeSignal(Database database) {
        store = database.store();
        hot = database.hot();
        listener = new ChangeListener(() -> database.connect("changes"), this::tell, this::tellAll);
    }

    /// Begins to listen, also when the database is away.
    ///
    /// @throws IllegalStateException when started before
    public void start() {
        listener.start();
    }

    @Override
    public void close() {
        listener.close();
        subscribers.forEach(Subscriber::close);
    }

    @Override
    public void publish(ChangeTopic topic) {
        store.inTransaction(handle -> {
            int raised = handle.createUpdate(RAISE).bind("topic", topic.name()).execute();
            handle.createQuery(NOTIFY)
                    .bind("channel", CHANNEL)
                    .bind("topic", topic.name())
                    .mapTo(String.class)
                    .list();
            return raised;
        });
    }

    @Override
    public long counter(ChangeTopic topic) {
        return hot.inStatement(handle ->
                handle.createQuery(COUNTER)
                        .bind("topic", topic.name())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    @Override
    public Subscription subscribe(ChangeTopic topic, Runnable whenChanged) {
        var subscriber = Subscriber.start(topic, whenChanged);
        subscribers.add(subscriber);
        // What was missed before it was added counts as a gap.
        subscriber.tell();
        return () -> {
            subscribers.remove(subscriber);
            subscriber.close();
        };
    }

    private void tell(String topic) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.topic().name().equals(topic)) {
                subscriber.tell();
            }
        }
    }

    private void tellAll() {
        subscribers.forEach(Subscriber::tell);
    }
}
