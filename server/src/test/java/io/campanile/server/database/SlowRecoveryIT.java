package io.campanile.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A recovery that takes longer than anybody waits: it asks for a log that comes when the test
/// says.
class SlowRecoveryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CountDownLatch waits = new CountDownLatch(1);
    private final PostgresPatience little =
            new PostgresPatience(Duration.ofSeconds(1), PATIENCE, waits::countDown);

    @TempDir private Path parent;
    private Path folder;
    private Path asked;
    private Path goOn;

    @BeforeEach
    void makeRecoverySlow() throws IOException {
        folder = parent.resolve("data");
        asked = parent.resolve("asked");
        goOn = parent.resolve("go-on");
        EmbeddedDatabase.start(folder, 16).close();
        // Only what was written with such a log can be recovered from an archive.
        set("wal_level = replica");
        EmbeddedDatabase.start(folder, 16).close();
        // Or it says that it is ready when it can be read.
        set("hot_standby = off");
        set(
                "restore_command = 'touch %s; while [ ! -e %s ]; do sleep 0.1; done; false'"
                        .formatted(asked, goOn));
        Files.createFile(folder.resolve("postgres/recovery.signal"));
    }

    @Test
    void isWaitedForByWhoeverStartedIt() throws Exception {
        var started = startWithLittlePatience();
        awaitWaiting();
        long postmaster = postmaster();
        Files.createFile(goOn);

        try (var _ = started.join()) {
            assertThat(postmaster()).isEqualTo(postmaster);
        }
    }

    @Test
    void isWaitedForByTheNextStartAfterItsNodeWasKilled() throws Exception {
        Process node = EmbeddedDatabaseNode.launch(folder);
        awaitFile(asked);
        ProcessHandle orphan = ProcessHandle.of(postmaster()).orElseThrow();
        node.destroyForcibly().waitFor();

        var started = startWithLittlePatience();
        awaitWaiting();
        assertThat(orphan.isAlive()).isTrue();
        Files.createFile(goOn);

        started.join().close();
        // Gone when whoever has become its parent has noticed.
        var _ = orphan.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(folder.resolve("postgres.log")).content().contains("archive recovery complete");
    }

    private CompletableFuture<EmbeddedDatabase> startWithLittlePatience() {
        return CompletableFuture.supplyAsync(
                () -> EmbeddedDatabase.start(folder, 16, little), Thread::startVirtualThread);
    }

    private void awaitWaiting() throws InterruptedException {
        assertThat(waits.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private void set(String line) throws IOException {
        Files.writeString(
                folder.resolve("postgres/postgresql.auto.conf"),
                line + "\n",
                StandardOpenOption.APPEND);
    }

    private long postmaster() throws IOException {
        return new PostmasterFile(folder.resolve("postgres/postmaster.pid")).pid().orElseThrow();
    }

    private static void awaitFile(Path file) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
