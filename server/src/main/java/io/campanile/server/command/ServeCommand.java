package io.campanile.server.command;

import io.campanile.application.operation.NodeStatus;
import io.campanile.server.node.Node;
import io.campanile.server.node.ServerVersion;
import io.campanile.server.settings.Settings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

/// Runs a node until it is told to stop.
@Command(
        name = "serve",
        description = "Runs a node until SIGTERM or Ctrl-C; then finishes what it has begun.")
final class ServeCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final Duration STATUS_INTERVAL = Duration.ofMinutes(1);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Settings settings = SettingFlags.read(spec);
        PrintWriter out = spec.commandLine().getOut();
        var stop = new Stop();
        LastResort.install(stop);
        var opening = new Opening<Node>();
        Duration most = settings.drainDeadline();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(opening, most, stop), "stop"));
        Node node = opening.open(() -> start(settings));
        out.println("Campanile " + ServerVersion.text());
        print(node, settings, out);
        try {
            report(() -> node.watch().get(), STATUS_INTERVAL, stop, out);
            // The stop ends this process.
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Nobody told it to end.
            stop.noteDisorder();
        }
    }

    /// A node that still starts is waited for: what it has started by then would go on without it.
    private static void stop(Opening<Node> opening, Duration most, Stop stop) {
        stop.begin();
        Optional<Node> started = opening.await(most);
        if (started.isPresent()) {
            Runtime.getRuntime().halt(stop.exitCode(started.get()::close));
        }
    }

    /// Prints how the node is doing, again and again, until it is told to stop.
    static void report(Supplier<NodeStatus> status, Duration interval, Stop stop, PrintWriter out)
            throws InterruptedException {
        while (!stop.awaitBegin(interval)) {
            out.println(StatusLine.of(status, Instant.now()));
            out.flush();
        }
    }

    /// How a node stops. The JVM would leave with 143 after a SIGTERM, however well it went.
    static final class Stop {
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile boolean inDisorder;

        /// Waits for its begin; false when there was none in time.
        boolean awaitBegin(Duration most) throws InterruptedException {
            return begun.await(most.toMillis(), TimeUnit.MILLISECONDS);
        }

        void begin() {
            begun.countDown();
        }

        /// Nobody asked for it, or the node had lost a part before: that it ends well is no
        /// success.
        void noteDisorder() {
            inDisorder = true;
        }

        /// Makes it.
        int exitCode(Runnable closing) {
            begin();
            try {
                closing.run();
                return inDisorder ? ExitCode.SOFTWARE : ExitCode.OK;
            } catch (RuntimeException e) {
                LOG.error("the node did not stop in good order", e);
                return ExitCode.SOFTWARE;
            }
        }
    }

    private static Node start(Settings settings) {
        try {
            return Node.start(settings);
        } catch (SSLException e) {
            throw new IllegalStateException(
                    "CAMPANILE_TLS_CERTIFICATE and CAMPANILE_TLS_KEY do not go together", e);
        } catch (IOException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "The gRPC API cannot listen on %s port %d: %s"
                            .formatted(
                                    settings.grpc().address(),
                                    settings.grpc().port(),
                                    Sentence.of(why)),
                    e);
        }
    }

    private static void print(Node node, Settings settings, PrintWriter out) {
        String protection =
                settings.grpc()
                        .tls()
                        .map(tls -> tls.clientAuthorities().isPresent() ? "mTLS" : "TLS")
                        .orElse("plaintext");
        node.grpcPort()
                .ifPresent(port ->
                        out.println(
                                "gRPC API on %s:%d (%s)"
                                        .formatted(settings.grpc().address(), port, protection)));
        out.println("Data in " + node.dataLocation());
        out.flush();
    }
}
