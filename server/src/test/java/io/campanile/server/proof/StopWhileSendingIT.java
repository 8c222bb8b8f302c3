package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Category;
import io.campanile.v1.StopCampaignResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Stopping, pausing and SIGTERM while two nodes send. Each test has a campaign of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StopWhileSendingIT {
    private Cluster cluster;
    private Node one;
    private int tests;
    private String receipts;

    @BeforeAll
    void makesACluster() throws IOException {
        cluster = Cluster.create();
    }

    @BeforeEach
    void letsTwoNodesRun() throws IOException {
        one = cluster.running("one", "two").getFirst();
        cluster.beginAnew();
        receipts = "receipts-" + ++tests;
        Scenery.liveCampaign(
                one, receipts, Category.CATEGORY_TRANSACTIONAL, cluster.receiver().port());
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
    }

    @Test
    void handsOverNothingAfterAStopBeyondTheNumberItNamed() throws IOException {
        try (Load load = Load.on(cluster.live(), receipts)) {
            Until.holds("mails flow", () -> cluster.receiver().total() > 300);
            cluster.receiver().when(Stage.DOT).times(4).stall();
            Until.holds("hand-overs hang", () -> cluster.receiver().stalled() == 4);
            StopCampaignResponse answer = Scenery.stop(one, receipts);
            long before = cluster.receiver().total();
            cluster.receiver().release();
            load.finishRefused();
            Until.holds("everything settles", cluster.rows()::allSettled);

            assertThat(answer.getInHandOverCount()).isBetween(4L, 2L * Scenery.SLOTS);
            assertThat(cluster.receiver().total() - before)
                    .isBetween(4L, answer.getInHandOverCount());
            Map<String, String> states = cluster.rows().states(receipts);
            assertThat(states.keySet()).isSubsetOf("SENT", "CANCELLED CAMPAIGN_STOPPED");
            assertThat(states).containsEntry("SENT", Long.toString(cluster.receiver().total()));
            assertThat(cluster.rows().messages(receipts).keySet())
                    .as("accepted, and nothing after the stop")
                    .containsExactlyInAnyOrderElementsOf(load.messages(receipts));
            assertThat(Long.parseLong(states.getOrDefault("CANCELLED CAMPAIGN_STOPPED", "0")))
                    .as("counted by the answer, and what came back from hand-over")
                    .isBetween(
                            answer.getToCancelCount(),
                            answer.getToCancelCount() + answer.getInHandOverCount());
            assertThat(cluster.doubled()).isEmpty();
        }
        cluster.audit();
    }

    @Test
    void handsOverNothingAfterAPauseButWhatWasInHandOver() throws IOException {
        try (Load load = Load.on(cluster.live(), receipts)) {
            Until.holds("mails flow", () -> cluster.receiver().total() > 300);
            cluster.receiver().when(Stage.DOT).times(4).stall();
            Until.holds("hand-overs hang", () -> cluster.receiver().stalled() == 4);
            long inHandOver = Scenery.pause(one, receipts).getInHandOverCount();
            Set<String> allowed = new TreeSet<>(cluster.rows().sending(receipts));
            assertThat((long) allowed.size()).as("named by the answer").isBetween(4L, inHandOver);
            allowed.addAll(cluster.arrivals().keySet());
            cluster.receiver().release();
            Until.holds("hand-overs end", () -> cluster.rows().sending(receipts).isEmpty());
            int accepted = load.accepted();
            Until.holds("triggers are held", () -> load.accepted() > accepted + 50);
            load.finish();

            assertThat(allowed).containsAll(cluster.arrivals().keySet());

            Scenery.resume(one, receipts);
            Until.holds("everything settles", cluster.rows()::allSettled);
            assertThat(cluster.arrivals().keySet())
                    .containsExactlyInAnyOrderElementsOf(load.messages(receipts));
            assertThat(cluster.doubled()).isEmpty();
        }
        cluster.audit();
    }

    @Test
    void finishesWhatItBeganAfterSigtermAndLeavesTheRest() throws IOException {
        try (Load load = Load.on(cluster.live(), receipts)) {
            Until.holds("mails flow", () -> cluster.receiver().total() > 300);
            assertThat(cluster.terminate(one)).as(one.process().log()).isZero();
            long before = cluster.receiver().total();
            Until.holds("the other node goes on", () -> cluster.receiver().total() > before + 200);
            load.finish();
            Until.holds("everything settles", cluster.rows()::allSettled);

            assertThat(cluster.arrivals().keySet())
                    .containsExactlyInAnyOrderElementsOf(load.messages(receipts));
            assertThat(cluster.doubled()).isEmpty();
        }
        cluster.audit();
    }

    @Test
    void finishesAfterSigtermOfAllNodesAndARestart() throws IOException {
        try (Load load = Load.on(cluster.live(), receipts)) {
            Until.holds("mails flow", () -> cluster.receiver().total() > 300);
            for (Node node : Set.copyOf(cluster.live())) {
                assertThat(cluster.terminate(node)).as(node.process().log()).isZero();
            }
            assertThat(cluster.rows().sending(receipts)).isEmpty();
            var _ = cluster.start("one");
            load.finish();
            Until.holds("everything settles", cluster.rows()::allSettled);

            assertThat(cluster.arrivals().keySet())
                    .containsExactlyInAnyOrderElementsOf(load.messages(receipts));
            assertThat(cluster.doubled()).isEmpty();
        }
        cluster.audit();
    }
}
