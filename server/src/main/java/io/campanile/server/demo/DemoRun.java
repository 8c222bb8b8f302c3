package io.campanile.server.demo;

import io.campanile.server.Secret;
import io.campanile.server.call.ApiClient;
import io.campanile.server.node.Node;
import io.campanile.server.settings.SettingsReader;

import jakarta.mail.MessagingException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The demonstration's surroundings: a server with its own database in a temporary folder, an
/// inbox, and a client with the owner's key.
public final class DemoRun {
    private DemoRun() {}

    /// Shows everything, then stays until Ctrl-C unless it is to leave.
    ///
    /// @return the promises that were not kept
    public static List<String> run(boolean exit, PrintWriter out)
            throws IOException, MessagingException {
        Path folder = Files.createTempDirectory("campanile-demo-");
        var tidied = new CountDownLatch(1);
        Thread demonstrator = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(demonstrator, tidied)));
        try {
            return run(folder, exit, out);
        } finally {
            try {
                delete(folder);
            } finally {
                tidied.countDown();
            }
        }
    }

    /// Ctrl-C ends the server, its database and its folder too.
    private static void interrupt(Thread demonstrator, CountDownLatch tidied) {
        try {
            if (tidied.getCount() > 0) {
                demonstrator.interrupt();
                tidied.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> run(Path folder, boolean exit, PrintWriter out)
            throws IOException, MessagingException {
        var settings =
                SettingsReader.read(
                        Map.of("CAMPANILE_DATA_DIR", folder.toString(), "CAMPANILE_GRPC_PORT", "0"),
                        Map.of());
        var arrivals = new Arrivals(out);
        try (Inbox inbox = Inbox.open(arrivals);
                Node node = Node.start(settings)) {
            String server = "127.0.0.1:" + node.grpcPort().orElseThrow();
            Path keyFile = folder.resolve("owner.key");
            out.println("A server on %s with its data in %s,".formatted(server, folder));
            out.println("and an inbox on 127.0.0.1:%d.".formatted(inbox.port()));
            var key = new Secret(Files.readString(keyFile).strip());
            List<String> broken;
            try (ApiClient api = ApiClient.plaintext(server, Optional.of(key))) {
                broken = new Demo(api, inbox, out).run();
            }
            out.println();
            out.println(
                    broken.isEmpty()
                            ? "Everything went as promised."
                            : "Not everything went as promised.");
            if (!exit) {
                stay(server, keyFile, arrivals, out);
            }
            return broken;
        }
    }

    private static void stay(String server, Path keyFile, Arrivals arrivals, PrintWriter out) {
        arrivals.show();
        out.println();
        out.println("The server stays up until Ctrl-C. To trigger the campaign once more:");
        out.println();
        out.println(DemoRequests.commandLine(server, keyFile.toString()));
        out.flush();
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            out.println("Stopping.");
            out.flush();
        }
    }

    private static void delete(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
