package io.campanile.server.proof;

import static io.campanile.server.proof.BroadcastScenery.awaitState;
import static io.campanile.server.proof.BroadcastScenery.get;
import static io.campanile.server.proof.BroadcastScenery.liveBroadcast;
import static io.campanile.server.proof.BroadcastScenery.otherMailsGoBy;
import static io.campanile.server.proof.BroadcastScenery.port;
import static io.campanile.server.proof.BroadcastScenery.suppressABlockedDomain;
import static io.campanile.server.proof.BroadcastScenery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;

import io.campanile.server.proof.Cluster.Trait;
import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.CancelExecutionRequest;
import io.campanile.v1.CancelExecutionResponse;
import io.campanile.v1.Category;
import io.campanile.v1.Execution;
import io.campanile.v1.Execution.State;
import io.campanile.v1.MessageCounts;
import io.campanile.v1.PauseExecutionRequest;
import io.campanile.v1.PauseExecutionResponse;
import io.campanile.v1.ResumeExecutionRequest;
import io.campanile.v1.StopCampaignResponse;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A marketing campaign to everybody in an audience, on the real server, counted at the receiver.
class BroadcastIT {
    /// Five times what is written ahead of delivery, so that messages are written and handed over
    /// at the same time for most of the run.
    private static final int MEMBERS = 50_000;

    /// So many mails are sooner on their way: each transaction is about more of them.
    private static final int MANY_SLOTS = 64;

    /// More than are open at once, so that not all are written at the stop.
    private static final int STOPPED_MEMBERS = 15_000;

    /// Mails of another campaign that go by while the broadcast is paused.
    private static final int ORDERS = 5;

    private static final String CAMPAIGN = BroadcastScenery.CAMPAIGN;

    private final Set<String> inDoubt = new TreeSet<>();

    @Test
    void writesToEachMemberOnceThoughTheNodeIsKilledAgainAndAgain() throws IOException {
        try (Cluster cluster = Cluster.create(Trait.SHORT_LEASE)) {
            Node node = cluster.start("one");
            liveBroadcast(cluster, node, MEMBERS, MANY_SLOTS);
            suppressABlockedDomain(node);
            String execution = trigger(node, "once").getExecution();

            awaitMails(cluster, 500);
            node = killed(cluster, node);
            awaitMails(cluster, 500);
            pause(cluster, node, execution);
            node = killed(cluster, node);
            staysPaused(cluster, node, execution);
            var _ =
                    node.triggers()
                            .resumeExecution(
                                    ResumeExecutionRequest.newBuilder().setName(execution).build());
            awaitMails(cluster, 500);
            node = killed(cluster, node);
            awaitState(node, execution, State.STATE_SUCCEEDED);

            assertThat(trigger(node, "once").getDuplicate()).isTrue();
            assertThat(trigger(node, "once").getExecution()).isEqualTo(execution);
            MessageCounts counts = get(node, execution).getCounts();
            assertThat(counts.getPlannedCount()).isEqualTo(MEMBERS);
            assertThat(counts.getExcludedCount()).isEqualTo(MEMBERS / 10);
            assertThat(counts.getSentCount() + counts.getUnknownCount())
                    .isEqualTo(MEMBERS - MEMBERS / 10);
            assertArrivals(cluster, counts);
            cluster.auditByCommand();
        }
    }

    private void assertArrivals(Cluster cluster, MessageCounts counts) {
        Set<String> unknown = cluster.rows().unknown();
        Set<String> arrived = new TreeSet<>(cluster.arrivals().keySet());
        assertThat(cluster.doubled()).as("twice at the receiver").isEmpty();
        assertThat(inDoubt).as("in hand-over at a kill").containsAll(unknown);
        arrived.removeAll(unknown);
        assertThat(arrived).hasSize((int) counts.getSentCount() + ORDERS);
        assertOneForEachMember(cluster, unknown.size());
    }

    /// Whatever the mails call themselves, nobody has two, and only as many have none as are in
    /// doubt.
    private static void assertOneForEachMember(Cluster cluster, int unknown) {
        Map<String, Integer> mails = cluster.receiver().countsByAddress();
        assertThat(mails.values()).containsOnly(1);
        Set<String> members =
                IntStream.range(0, MEMBERS)
                        .filter(number -> number % 10 != 0)
                        .mapToObj(BroadcastScenery::address)
                        .collect(Collectors.toSet());
        Set<String> written = new HashSet<>(mails.keySet());
        written.retainAll(members);
        assertThat(mails).as("to others").hasSize(written.size() + ORDERS);
        assertThat(written).hasSizeBetween(members.size() - unknown, members.size());
    }

    /// Nothing may be in doubt from the last kill, so that each has its own.
    private Node killed(Cluster cluster, Node node) throws IOException {
        cluster.kill(node);
        Until.holds("its sessions end", cluster.rows()::deserted);
        inDoubt.addAll(cluster.rows().sending(CAMPAIGN));
        return cluster.start("one");
    }

    /// How many exactly are held, says [#holdsAndCancelsAsManyAsItSaysWhileCodesGoBy].
    private static void pause(Cluster cluster, Node node, String execution) {
        PauseExecutionResponse paused = pause(node, execution);
        Until.holds("what was in hand-over ends", () -> cluster.rows().sending(CAMPAIGN).isEmpty());

        MessageCounts counts = get(node, execution).getCounts();
        long open = counts.getAcceptedCount() + counts.getDeferredCount();
        assertThat(paused.getHeldCount()).isPositive();
        assertThat(open)
                .as("held, but for those excluded meanwhile, and what came back from hand-over")
                .isBetween(
                        paused.getHeldCount() - counts.getExcludedCount(),
                        paused.getHeldCount() + paused.getInHandOverCount());
    }

    private static void staysPaused(Cluster cluster, Node node, String execution) {
        assertThat(get(node, execution).getState()).isEqualTo(State.STATE_PAUSED);
        otherMailsGoBy(cluster, node, ORDERS);
        assertThat(cluster.rows().sending(CAMPAIGN)).isEmpty();
        assertThat(get(node, execution).getState()).isEqualTo(State.STATE_PAUSED);
    }

    @Test
    void endsWithItsCampaign() throws IOException {
        try (Cluster cluster = Cluster.create()) {
            Node node = cluster.start("one");
            liveBroadcast(cluster, node, STOPPED_MEMBERS);
            String execution = trigger(node, "stopped").getExecution();
            awaitMails(cluster, 300);

            StopCampaignResponse stopped = Scenery.stop(node, CAMPAIGN);

            awaitState(node, execution, State.STATE_FAILED);
            assertThat(get(node, execution).getFailureReason())
                    .isEqualTo(Execution.FailureReason.FAILURE_REASON_CAMPAIGN_STOPPED);
            MessageCounts counts = get(node, execution).getCounts();
            assertThat(counts.getPlannedCount()).isEqualTo(STOPPED_MEMBERS);
            assertThat(counts.getCancelledCount())
                    .as("counted by the answer, and what came back from hand-over")
                    .isBetween(
                            stopped.getToCancelCount(),
                            stopped.getToCancelCount() + stopped.getInHandOverCount());
            assertThat(counts.getSentCount())
                    .isEqualTo(STOPPED_MEMBERS - counts.getCancelledCount());
            assertThat(cluster.receiver().total()).isEqualTo(counts.getSentCount());
            cluster.audit();
        }
    }

    /// Every slot hangs, so that nothing moves while it is counted; a code has slots of its own.
    @Test
    void holdsAndCancelsAsManyAsItSaysWhileCodesGoBy() throws IOException {
        try (Cluster cluster = Cluster.create()) {
            Node node = cluster.start("one");
            liveBroadcast(cluster, node, STOPPED_MEMBERS);
            Scenery.liveCampaign(node, "codes", Category.CATEGORY_TRANSACTIONAL, port(cluster));
            String execution = trigger(node, "cancelled").getExecution();
            awaitMails(cluster, 300);
            cluster.receiver().when(Stage.DOT).stall();
            Until.holds("every slot hangs", () -> cluster.receiver().stalled() == Scenery.SLOTS);
            Until.holds(
                    "all else is settled",
                    () -> cluster.rows().sending(CAMPAIGN).size() == Scenery.SLOTS);
            cluster.receiver().behave();
            long sent = cluster.receiver().total();
            long waiting = STOPPED_MEMBERS - sent - Scenery.SLOTS;

            var _ = node.triggers().triggerCampaign(Scenery.trigger("codes", "code", 1));
            Until.holds("the code arrives", () -> cluster.receiver().total() == sent + 1);

            PauseExecutionResponse paused = pause(node, execution);
            assertThat(paused.getInHandOverCount()).isEqualTo(Scenery.SLOTS);
            assertThat(paused.getHeldCount()).isEqualTo(waiting);
            CancelExecutionResponse cancelled = cancel(node, execution);
            assertThat(cancelled.getInHandOverCount()).isEqualTo(Scenery.SLOTS);
            assertThat(cancelled.getCancelledCount()).isEqualTo(waiting);

            cluster.receiver().release();
            Until.holds("everything settles", cluster.rows()::allSettled);
            Execution ended = get(node, execution);
            assertThat(ended.getState()).isEqualTo(State.STATE_CANCELLED);
            assertThat(ended.getCounts().getPlannedCount()).isEqualTo(STOPPED_MEMBERS);
            assertThat(ended.getCounts().getCancelledCount()).isEqualTo(waiting);
            assertThat(ended.getCounts().getSentCount()).isEqualTo(sent + Scenery.SLOTS);
            assertThat(cluster.receiver().total()).isEqualTo(sent + Scenery.SLOTS + 1);
            cluster.audit();
        }
    }

    private static PauseExecutionResponse pause(Node node, String execution) {
        return node.triggers()
                .pauseExecution(PauseExecutionRequest.newBuilder().setName(execution).build());
    }

    private static CancelExecutionResponse cancel(Node node, String execution) {
        return node.triggers()
                .cancelExecution(CancelExecutionRequest.newBuilder().setName(execution).build());
    }

    @Test
    void writesToNobodyBeforeItsTime() throws IOException {
        try (Cluster cluster = Cluster.create()) {
            Node node = cluster.start("one");
            liveBroadcast(cluster, node, 100);
            long start = Instant.now().plus(1, ChronoUnit.HOURS).getEpochSecond();
            String execution =
                    node.triggers()
                            .triggerAudience(
                                    BroadcastScenery.request("scheduled")
                                            .setScheduleTime(
                                                    Timestamp.newBuilder().setSeconds(start))
                                            .build())
                            .getExecution();

            otherMailsGoBy(cluster, node, ORDERS);
            assertThat(cluster.receiver().total()).as("too early").isEqualTo(ORDERS);

            cluster.rows().startBroadcasts();
            awaitState(node, execution, State.STATE_SUCCEEDED);
            assertThat(cluster.receiver().countsByAddress()).hasSize(100 + ORDERS);
            cluster.audit();
        }
    }

    private static void awaitMails(Cluster cluster, int more) {
        long before = cluster.receiver().total();
        Until.holds("mails flow", () -> cluster.receiver().total() > before + more);
    }
}
