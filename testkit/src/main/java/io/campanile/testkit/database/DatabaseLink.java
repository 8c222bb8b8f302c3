package io.campanile.testkit.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A way to a database through a loopback port of its own. It can be cut at any moment, also
/// between a statement and its answer. Thread-safe.
public final class DatabaseLink implements AutoCloseable {
    private static final String JDBC = "jdbc:";
    private static final int PIECE = 8_192;

    /// How the database says that a transaction is committed.
    private static final String COMMITTED = "COMMIT\0";

    /// Which answers nobody gets; on a connection that lost one, nobody gets those after it.
    ///
    /// @param asked by what the database was sent
    /// @param answered by what it answers
    private record Silence(Predicate<String> asked, Predicate<String> answered) {
        static Silence none() {
            return after(_ -> false);
        }

        static Silence after(Predicate<String> answered) {
            return new Silence(_ -> false, answered);
        }
    }

    private final URI target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger silenced = new AtomicInteger();
    private volatile boolean refusing;
    private volatile Silence silence = Silence.none();

    private DatabaseLink(URI target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
        Thread.ofVirtual().name("database-link").start(this::accept);
    }

    /// A link that lets everything through.
    public static DatabaseLink to(TestDatabase database) throws IOException {
        URI target = URI.create(database.jdbcUrl().substring(JDBC.length()));
        return new DatabaseLink(target, new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
    }

    /// The database's URL by way of this link.
    public String jdbcUrl() {
        String direct = target.toString();
        return JDBC
                + direct.replace(
                        target.getRawAuthority(),
                        listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort());
    }

    /// From now on the database gets what it is sent, and nobody gets its answers.
    public void swallowReplies() {
        silence = Silence.after(_ -> true);
    }

    /// From now on nobody gets to know that a transaction was committed.
    public void swallowCommits() {
        silence = Silence.after(answer -> answer.contains(COMMITTED));
    }

    /// From now on nobody gets to know what came of statements that are sent such a text, such as
    /// those that commit by themselves.
    public void swallowRepliesTo(Pattern text) {
        silence = new Silence(text.asPredicate(), _ -> false);
    }

    /// On how many connections an answer was swallowed so far.
    public int silenced() {
        return silenced.get();
    }

    /// Closes every connection, and every new one until [#letThrough].
    public void cut() {
        refusing = true;
        open.forEach(DatabaseLink::close);
    }

    /// Lets everything through again. Whose answers were swallowed must have been cut before.
    public void letThrough() {
        silence = Silence.none();
        refusing = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                // Closed by whoever notices first that it is over.
                connect(listener.accept());
            } catch (IOException _) {
                // The link was closed, or one side was gone before the other was there.
            }
        }
    }

    private void connect(Socket caller) throws IOException {
        open.add(caller);
        if (refusing) {
            close(caller);
            return;
        }
        var database = new Socket();
        open.add(database);
        database.connect(new InetSocketAddress(target.getHost(), target.getPort()));
        var talk = new Talk();
        Thread.ofVirtual().start(() -> pump(caller, database, talk::passesStatement));
        Thread.ofVirtual().start(() -> pump(database, caller, talk::passesAnswer));
    }

    /// What is said on one connection.
    private final class Talk {
        private final AtomicBoolean silent = new AtomicBoolean();

        private boolean passesStatement(String statement) {
            fallSilent(silence.asked(), statement);
            return true;
        }

        private boolean passesAnswer(String answer) {
            fallSilent(silence.answered(), answer);
            return !silent.get();
        }

        private void fallSilent(Predicate<String> when, String said) {
            if (when.test(said) && silent.compareAndSet(false, true)) {
                silenced.incrementAndGet();
            }
        }
    }

    /// @param passes whether what was read, each byte a character, goes on
    private void pump(Socket from, Socket to, Predicate<String> passes) {
        var piece = new byte[PIECE];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (passes.test(new String(piece, 0, length, StandardCharsets.ISO_8859_1))) {
                    out.write(piece, 0, length);
                }
            }
        } catch (IOException _) {
            // Cut, by us or by one side.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
