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
import java.util.concurrent.atomic.AtomicInteger;

/// A way to a database through a loopback port of its own. It can be cut at any moment, also
/// between a statement and its answer. Thread-safe.
public final class DatabaseLink implements AutoCloseable {
    private static final String JDBC = "jdbc:";
    private static final int PIECE = 8_192;

    /// How the database says that a transaction is committed.
    private static final String COMMITTED = "COMMIT\0";

    /// Which answers nobody gets; on a connection that lost one, nobody gets those after it.
    private enum Silence {
        NONE,
        COMMITS,
        EVERYTHING
    }

    private final URI target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger silenced = new AtomicInteger();
    private volatile boolean refusing;
    private volatile Silence silence = Silence.NONE;

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
        silence = Silence.EVERYTHING;
    }

    /// From now on nobody gets to know that something was committed.
    public void swallowCommits() {
        silence = Silence.COMMITS;
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
        silence = Silence.NONE;
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
        Thread.ofVirtual().start(() -> pump(caller, database, new byte[PIECE], false));
        Thread.ofVirtual().start(() -> pump(database, caller, new byte[PIECE], true));
    }

    private void pump(Socket from, Socket to, byte[] piece, boolean replies) {
        boolean silent = false;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (replies && !silent && isSilencedBy(piece, length)) {
                    silent = true;
                    silenced.incrementAndGet();
                }
                if (!silent) {
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

    private boolean isSilencedBy(byte[] piece, int length) {
        return switch (silence) {
            case NONE -> false;
            case COMMITS ->
                    new String(piece, 0, length, StandardCharsets.ISO_8859_1).contains(COMMITTED);
            case EVERYTHING -> true;
        };
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
