package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.testing.ServerProcess;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpServerOptions;
import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Category;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/// Whoever ends all processes of a service at once ends the PostgreSQL that a node brings along
/// before the node.
class EmbeddedDatabaseEndIT {
    private static final String RECEIPTS = "receipts";
    private static final int MAILS = 3;
    private static final Map<String, String> SETTINGS =
            Map.of("CAMPANILE_NODE_LEASE", "2s", "CAMPANILE_DRAIN_DEADLINE", "3s");

    @AutoClose
    private final ScriptedSmtpServer receiver =
            ScriptedSmtpServer.start(SmtpServerOptions.OPEN.countingOnly());

    @TempDir private Path parent;

    @Test
    void goesOnStoppingAndLeavesInDoubtWhatItCannotRecord() throws IOException {
        Path folder = parent.resolve("data");
        try (Node node = started(folder)) {
            Scenery.liveCampaign(node, RECEIPTS, Category.CATEGORY_TRANSACTIONAL, receiver.port());
            receiver.when(Stage.DOT).times(MAILS).stall();
            var _ = node.triggers().triggerCampaign(Scenery.trigger(RECEIPTS, "r", MAILS));
            Until.holds("hand-overs hang", () -> receiver.stalled() == MAILS);
            ProcessHandle postgres = node.process().postgres().orElseThrow();

            endBoth(node.process().pid(), postgres.pid());
            Until.holds("PostgreSQL ends", () -> !postgres.isAlive());
            receiver.release();

            assertThat(node.process().exitCode()).as(node.process().log()).isEqualTo(1);
        }
        try (Node again = started(folder)) {
            Until.holds("each is sent again", this::isEachSentTwice);
            assertThat(again.process().terminate()).as(again.process().log()).isZero();
        }
        assertThat(receiver.total()).isEqualTo(2 * MAILS);
        try (var audit = ServerProcess.launch(folder, SETTINGS, "audit")) {
            assertThat(audit.exitCode()).as(audit.log()).isZero();
        }
    }

    private static Node started(Path folder) throws IOException {
        ServerProcess process = ServerProcess.start(folder, SETTINGS);
        return Node.of(folder, process, process.ownerKey());
    }

    /// PostgreSQL waits for nobody after SIGINT.
    private static void endBoth(long node, long postgres) throws IOException {
        String signals = "kill -TERM %d; kill -INT %d".formatted(node, postgres);
        Process shell = new ProcessBuilder("sh", "-c", signals).start();
        Until.holds("they are told", () -> !shell.isAlive());
    }

    private boolean isEachSentTwice() {
        return receiver.counts().size() == MAILS
                && Collections.min(receiver.counts().values()) == 2;
    }
}
