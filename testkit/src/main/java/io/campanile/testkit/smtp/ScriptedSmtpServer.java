package io.campanile.testkit.smtp;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A real SMTP server on a loopback port of its own, that keeps or counts what it took
/// responsibility for and can be told to refuse, stall, cut and throttle at every stage:
/// `server.when(Stage.RCPT).of("gone@example.com").reply("550 5.1.1 unknown")`. Thread-safe.
public final class ScriptedSmtpServer implements AutoCloseable {
    private final SmtpServerOptions options;
    private final SmtpScript script = new SmtpScript();
    private final List<ReceivedMail> mails = new ArrayList<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<String, Integer> addresses = new ConcurrentHashMap<>();
    private final LongAdder total = new LongAdder();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final Condition released = lock.newCondition();
    private final int port;

    private ServerSocket listener;
    private int stalled;
    private int releases;

    private ScriptedSmtpServer(SmtpServerOptions options, int wantedPort) {
        this.options = options;
        listener = listen(wantedPort);
        port = listener.getLocalPort();
    }

    /// Starts a server that offers everything but TLS and keeps the mails.
    public static ScriptedSmtpServer start() {
        return start(SmtpServerOptions.OPEN);
    }

    public static ScriptedSmtpServer start(SmtpServerOptions options) {
        return start(options, 0);
    }

    /// Starts a server on a port, 0 for any free one.
    public static ScriptedSmtpServer start(SmtpServerOptions options, int port) {
        return new ScriptedSmtpServer(options, port);
    }

    public int port() {
        return port;
    }

    SmtpServerOptions options() {
        return options;
    }

    /// Begins a rule of the script; it takes effect with its last word.
    public SmtpRule when(Stage stage) {
        return new SmtpRule(script, stage);
    }

    /// Forgets the script; what stalls goes on stalling until [#release].
    public void behave() {
        script.clear();
    }

    /// Closes the listening socket and every connection: from now on connections are refused.
    public synchronized void refuseConnections() {
        close(listener);
        cutConnections();
    }

    /// Listens again on the same port.
    public synchronized void acceptConnections() {
        if (listener.isClosed()) {
            listener = listen(port);
        }
    }

    /// Closes every connection there is now, as a restart of the server would.
    public void cutConnections() {
        open.forEach(ScriptedSmtpServer::close);
    }

    /// Lets everything go on that stalls now.
    public void release() {
        locked(() -> {
            releases++;
            released.signalAll();
            return releases;
        });
    }

    /// How many connections stall now.
    public int stalled() {
        return locked(() -> stalled);
    }

    /// The complete mails in the order they were taken; empty when only counting.
    public List<ReceivedMail> mails() {
        return locked(() -> List.copyOf(mails));
    }

    /// Waits until so many mails were taken.
    ///
    /// @throws IllegalStateException when they did not come in time
    public List<ReceivedMail> awaitMails(int count, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (mails.size() < count) {
                if (left <= 0) {
                    throw new IllegalStateException(mails.size() + " of " + count + " mails came");
                }
                left = taken.awaitNanos(left);
            }
            return List.copyOf(mails);
        } finally {
            lock.unlock();
        }
    }

    /// How often a mail with each Message-ID was taken.
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    /// How many mails were taken for each address.
    public Map<String, Integer> countsByAddress() {
        return Map.copyOf(addresses);
    }

    /// How many mails were taken, doubles included.
    public long total() {
        return total.sum();
    }

    /// Forgets everything that was taken and heard.
    public void forget() {
        locked(() -> {
            mails.clear();
            return mails;
        });
        counts.clear();
        addresses.clear();
        total.reset();
        commands.clear();
    }

    /// The commands of all connections; empty when only counting.
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /// How many connections were ever accepted.
    public int connectionsAccepted() {
        return accepted.get();
    }

    /// How many connections are open now.
    public int connectionsOpen() {
        return open.size();
    }

    @Override
    public void close() {
        refuseConnections();
        release();
    }

    @Nullable Reaction reaction(Stage stage, String argument) {
        return script.reaction(stage, argument);
    }

    void heard(String command) {
        if (options.keepMails()) {
            commands.add(command);
        }
    }

    /// Counts it in all last: whoever sees the total sees the rest.
    void take(ReceivedMail mail) {
        mail.recipients().forEach(address -> addresses.merge(address, 1, Integer::sum));
        if (options.keepMails()) {
            counts.merge(mail.messageId(), 1, Integer::sum);
            keep(mail);
        } else {
            counts.merge(MessageIds.of(mail.data()), 1, Integer::sum);
        }
        total.increment();
    }

    private void keep(ReceivedMail mail) {
        locked(() -> {
            mails.add(mail);
            taken.signalAll();
            return mails;
        });
    }

    /// Waits for the next [#release].
    void awaitRelease() {
        locked(() -> {
            int before = releases;
            stalled++;
            while (releases == before) {
                released.awaitUninterruptibly();
            }
            stalled--;
            return releases;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private ServerSocket listen(int wantedPort) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort), 512);
            Thread.ofVirtual().name("smtp-accept").start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket connection = socket.accept();
                accepted.incrementAndGet();
                open.add(connection);
                Thread.ofVirtual().name("smtp-session").start(() -> serve(connection));
            }
        } catch (IOException _) {
            close(socket); // closed by us, or as good as
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            new SmtpSession(this, connection).run();
        } catch (IOException _) {
            close(connection); // the client went away or we were closed: both are everyday here
        } finally {
            open.remove(connection);
        }
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
