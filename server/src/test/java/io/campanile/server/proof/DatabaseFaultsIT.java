package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.proof.Cluster.Trait;
import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Category;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;

/// The database goes away, is full, or refuses writes or connections, under load, and comes back.
/// One node outlives it all; each test has a campaign of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseFaultsIT {
    private Cluster cluster;
    private Node node;
    private int tests;
    private String receipts;

    @BeforeAll
    void startsANode() throws IOException {
        cluster = Cluster.create(Trait.OWN_SERVER, Trait.SHORT_LEASE);
        node = cluster.start("one");
    }

    @BeforeEach
    void goesLive() {
        Health.awaitAllOf(node);
        cluster.beginAnew();
        receipts = "receipts-" + ++tests;
        Scenery.liveCampaign(
                node, receipts, Category.CATEGORY_TRANSACTIONAL, cluster.receiver().port());
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
    }

    @Test
    void outlivesARestartOfTheDatabase() throws IOException {
        surviveUnderLoad(
                () -> {
                    cluster.postgres().stop();
                    awaitHealth(Health.NOT_SERVING);
                },
                cluster.postgres()::startAgain);
    }

    @Test
    void outlivesACrashOfTheDatabase() throws IOException {
        surviveUnderLoad(
                () -> {
                    cluster.postgres().crash();
                    awaitHealth(Health.NOT_SERVING);
                },
                cluster.postgres()::startAgain);
    }

    @Test
    void outlivesAFullDisk() throws IOException {
        surviveUnderLoad(
                () -> {
                    cluster.receiver().when(Stage.DOT).times(4).stall();
                    Until.holds("hand-overs hang", () -> cluster.receiver().stalled() == 4);
                    cluster.postgres().fillDisk(cluster.database());
                    cluster.receiver().release();
                    Until.holds("they end", () -> cluster.receiver().stalled() == 0);
                    awaitHealth(Health.NOT_SERVING);
                },
                () -> cluster.postgres().freeDisk(cluster.database()));
    }

    @Test
    void outlivesAStandbyInThePlaceOfThePrimary() throws IOException {
        surviveUnderLoad(
                () -> {
                    becomeStandby(true);
                    awaitHealth(Health.NOT_SERVING);
                },
                () -> becomeStandby(false));
    }

    private void becomeStandby(boolean standby) {
        cluster.postgres().readOnly(cluster.database(), standby);
        cluster.postgres().cutConnections(cluster.database());
    }

    @Test
    void outlivesTheConnectionLimit() throws IOException {
        surviveUnderLoad(
                () -> {
                    cluster.postgres().limitConnections(cluster.database(), 0);
                    cluster.postgres().cutConnections(cluster.database());
                    awaitHealth(Health.NOT_SERVING);
                },
                () -> cluster.postgres().limitConnections(cluster.database(), -1));
    }

    /// Calls fail in a passing way or wait; whoever was told `accepted` gets the mail, once.
    private void surviveUnderLoad(Runnable fault, Runnable repair) throws IOException {
        try (Load load = Load.on(cluster.live(), receipts)) {
            Until.holds("mails flow", () -> cluster.receiver().total() > 200);
            fault.run();
            long refused = refused(load);
            Until.holds("calls are refused", () -> refused(load) > refused);
            repair.run();
            awaitHealth(Health.SERVING);
            int before = load.accepted();
            Until.holds("calls are accepted again", () -> load.accepted() > before + 20);
            load.finish();
            Until.holds("everything settles", cluster.rows()::allSettled);

            assertThat(Load.PASSING).containsAll(load.refusals().keySet());
            assertThat(cluster.arrivals().keySet())
                    .containsExactlyInAnyOrderElementsOf(load.messages(receipts));
            assertThat(cluster.doubled()).isEmpty();
        }
        assertThat(cluster.rows().states(receipts)).containsOnlyKeys("SENT");
        cluster.audit();
    }

    private static long refused(Load load) {
        return load.refusals().values().stream().mapToLong(Long::longValue).sum();
    }

    private void awaitHealth(Health health) {
        Until.holds("health is " + health, () -> Health.of(node.channel()) == health);
    }
}
