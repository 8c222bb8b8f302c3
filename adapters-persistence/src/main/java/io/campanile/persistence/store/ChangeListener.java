package io.campanile.persistence.store;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Listens for notifications on a connection of its own and makes a new one when it breaks. The
/// connection is idle but for a sign of life now and then, so that a silent network is noticed.
final class ChangeListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ChangeListener.class.getName());
    private static final int SILENCE_MILLIS = 10_000;
    private static final int SIGN_OF_LIFE_SECONDS = 5;
    private static final int PAUSE_SECONDS = 1;

    private final Connector connector;
    private final Consumer<String> whenNotified;
    private final Runnable afterGap;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Connection> current = new AtomicReference<>();
    private final Thread thread;

    /// Opens a connection that no pool knows of.
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    /// @param whenNotified gets each notification's payload
    /// @param afterGap called whenever listening begins again: notifications may have been lost
    ChangeListener(Connector connector, Consumer<String> whenNotified, Runnable afterGap) {
        this.connector = connector;
        this.whenNotified = whenNotified;
        this.afterGap = afterGap;
        thread = Thread.ofPlatform().daemon().name("change-listener").unstarted(this::run);
    }

    void start() {
        try {
            thread.start();
        } catch (IllegalThreadStateException e) {
            throw new IllegalStateException("started before", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Connection connection = current.get();
        if (connection != null) {
            try {
                // Ends the wait for notifications, which nothing else interrupts.
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                log(System.Logger.Level.DEBUG, e);
            }
        }
        thread.interrupt();
    }

    private void run() {
        while (!isClosed()) {
            try {
                listen();
            } catch (SQLException e) {
                if (!isClosed()) {
                    log(System.Logger.Level.WARNING, e);
                }
            }
            pause();
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = connector.connect()) {
            current.set(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + PostgresChangeSignal.CHANNEL);
            }
            afterGap.run();
            while (!isClosed() && connection.isValid(SIGN_OF_LIFE_SECONDS)) {
                receive(connection.unwrap(PGConnection.class));
            }
        } finally {
            current.set(null);
        }
    }

    private void receive(PGConnection connection) throws SQLException {
        PGNotification[] notifications = connection.getNotifications(SILENCE_MILLIS);
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                whenNotified.accept(notification.getParameter());
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause() {
        try {
            closed.await(PAUSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            // Only closing interrupts.
            closed.countDown();
        }
    }

    private static void log(System.Logger.Level level, SQLException e) {
        LOG.log(level, "not listening for changes sqlstate={0}", e.getSQLState());
    }
}
