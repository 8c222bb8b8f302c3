package io.campanile.testkit.database;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// A database that is prepared once for each JVM and then copied, which is much quicker. Keep it in
/// a static field. Thread-safe.
public final class DatabaseTemplate {
    private final Consumer<TestDatabase> preparation;
    private @Nullable TestDatabase prepared;

    /// @param preparation leaves nobody connected
    public DatabaseTemplate(Consumer<TestDatabase> preparation) {
        this.preparation = preparation;
    }

    /// A fresh copy, in the server that all tests of the JVM share.
    public TestDatabase copy() {
        return SharedServer.databases().copyOf(prepared());
    }

    /// Ends the copy and whatever is connected to it.
    public void drop(TestDatabase copy) {
        SharedServer.databases().drop(copy);
    }

    private synchronized TestDatabase prepared() {
        TestDatabase database = prepared;
        if (database == null) {
            database = SharedServer.databases().create();
            preparation.accept(database);
            prepared = database;
            dropAtTheEnd(database);
        }
        return database;
    }

    /// The server may be somebody else's.
    private static void dropAtTheEnd(TestDatabase database) {
        Runnable drop =
                () -> {
                    try {
                        SharedServer.databases().drop(database);
                    } catch (IllegalStateException _) {
                        // One of the JVM's own ends with it, and may have been first.
                    }
                };
        Runtime.getRuntime().addShutdownHook(new Thread(drop, "template"));
    }
}
