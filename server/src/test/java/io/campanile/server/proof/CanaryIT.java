package io.campanile.server.proof;

import static io.campanile.server.proof.BroadcastScenery.awaitState;
import static io.campanile.server.proof.BroadcastScenery.get;
import static io.campanile.server.proof.BroadcastScenery.otherMailsGoBy;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.proof.Cluster.Trait;
import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Canary;
import io.campanile.v1.CanaryResult;
import io.campanile.v1.Execution;
import io.campanile.v1.Execution.State;
import io.campanile.v1.HaltCause;
import io.campanile.v1.ResumeExecutionRequest;
import io.campanile.v1.TriggerAudienceRequest;
import io.campanile.v1.WatchExecutionRequest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/// Broadcasts that go slowly, or to a few first, on the real server, counted at the receiver.
class CanaryIT {
    private static final int MEMBERS = 1_000;
    private static final int SAMPLE = 50;

    /// Six seconds' worth at the rate below.
    private static final int SLOW_MEMBERS = 600;

    /// Mails of another campaign that go by while the broadcast is halted.
    private static final int ORDERS = 5;

    /// Longer than the test takes on any machine.
    private static final long OBSERVED_SECONDS = 3_600;

    private static final double PER_SECOND = 100;
    private static final double CHUNK = PER_SECOND / 4;

    private static String trigger(Node node, TriggerAudienceRequest.Builder request) {
        return node.triggers().triggerAudience(request.build()).getExecution();
    }

    private static TriggerAudienceRequest.Builder sampled(long observedSeconds) {
        return BroadcastScenery.request("once")
                .setCanary(
                        Canary.newBuilder()
                                .setSampleSize(SAMPLE)
                                .setObserveDuration(Scenery.seconds(observedSeconds)));
    }

    @Test
    void haltsWithTheNumbersAndReachesNobodyElseUntilItIsResumed() throws IOException {
        try (Cluster cluster = Cluster.create(Trait.KEEPS_MAILS)) {
            Node node = cluster.start("one");
            BroadcastScenery.liveBroadcast(cluster, node, MEMBERS);
            cluster.receiver().when(Stage.RCPT).reply("550 5.1.1 no such user");
            String execution = trigger(node, sampled(0));

            Execution halted = watchedUntilHalted(node, execution);
            assertThat(halted.getCounts().getPlannedCount()).isEqualTo(MEMBERS);
            assertThat(halted.getCounts().getFailedCount()).isEqualTo(SAMPLE);
            assertThat(halted.getCounts().getAcceptedCount()).isEqualTo(MEMBERS - SAMPLE);
            assertThat(halted.getCanaryResult().getTriedCount()).isEqualTo(SAMPLE);
            assertThat(halted.getCanaryResult().getCausesList())
                    .containsExactly(
                            HaltCause.newBuilder()
                                    .setMeasure(HaltCause.Measure.MEASURE_FAILED)
                                    .setCount(SAMPLE)
                                    .setPercent(100)
                                    .setMaxPercent(5)
                                    .build());

            cluster.receiver().behave();
            otherMailsGoBy(cluster, node, ORDERS);
            assertThat(recipients(cluster)).hasSize(SAMPLE + ORDERS).doesNotHaveDuplicates();
            Execution still = get(node, execution);
            assertThat(still).isEqualTo(later(halted, still));
            cluster.audit();

            var _ =
                    node.triggers()
                            .resumeExecution(
                                    ResumeExecutionRequest.newBuilder().setName(execution).build());
            awaitState(node, execution, State.STATE_SUCCEEDED);
            Execution ended = get(node, execution);
            assertThat(ended.getCounts().getSentCount()).isEqualTo(MEMBERS - SAMPLE);
            assertThat(ended.getCounts().getFailedCount()).isEqualTo(SAMPLE);
            assertThat(ended.getCanaryResult().getState())
                    .isEqualTo(CanaryResult.State.STATE_OVERRIDDEN);
            assertThat(recipients(cluster)).hasSize(MEMBERS + ORDERS).doesNotHaveDuplicates();
            cluster.audit();
        }
    }

    private static Execution watchedUntilHalted(Node node, String execution) {
        Iterator<Execution> watch =
                node.triggers()
                        .watchExecution(
                                WatchExecutionRequest.newBuilder().setName(execution).build());
        Execution now = watch.next();
        while (now.getState() != State.STATE_HALTED) {
            assertThat(now.getProgress().hasEstimatedEndTime()).isFalse();
            now = watch.next();
        }
        return now;
    }

    /// The same but for how fast it is, which fades.
    private static Execution later(Execution before, Execution now) {
        return before.toBuilder().setProgress(now.getProgress()).build();
    }

    /// Everybody whom a mail was offered for.
    private static List<String> recipients(Cluster cluster) {
        return cluster.receiver().commands().stream()
                .filter(command -> command.startsWith("RCPT"))
                .toList();
    }

    @Test
    void goesOnByItselfThoughItsNodeIsKilledMeanwhile() throws IOException {
        try (Cluster cluster = Cluster.create(Trait.SHORT_LEASE)) {
            Node node = cluster.start("one");
            BroadcastScenery.liveBroadcast(cluster, node, MEMBERS);
            String execution = trigger(node, sampled(OBSERVED_SECONDS));
            Node first = node;
            Until.holds(
                    "the sample is observed",
                    () -> canaryState(first, execution) == CanaryResult.State.STATE_OBSERVING);
            assertThat(cluster.receiver().total()).isEqualTo(SAMPLE);

            cluster.kill(node);
            node = cluster.start("one");
            otherMailsGoBy(cluster, node, ORDERS);
            assertThat(canaryState(node, execution)).isEqualTo(CanaryResult.State.STATE_OBSERVING);
            assertThat(cluster.receiver().total()).isEqualTo(SAMPLE + ORDERS);

            cluster.rows().ageCanaries("1 hour");
            awaitState(node, execution, State.STATE_SUCCEEDED);
            Execution ended = get(node, execution);
            CanaryResult result = ended.getCanaryResult();
            assertThat(result.getState()).isEqualTo(CanaryResult.State.STATE_PASSED);
            assertThat(result.getSentCount()).isEqualTo(SAMPLE);
            assertThat(ended.getCounts().getSentCount()).isEqualTo(MEMBERS);
            assertThat(cluster.receiver().countsByAddress()).hasSize(MEMBERS + ORDERS);
            assertThat(cluster.doubled()).isEmpty();
            cluster.audit();
        }
    }

    private static CanaryResult.State canaryState(Node node, String execution) {
        return get(node, execution).getCanaryResult().getState();
    }

    @Test
    @Tag("alone")
    void isNoFasterThanItsRateOnTwoNodesThoughOneIsKilled() throws IOException {
        try (Cluster cluster = Cluster.create(Trait.SHORT_LEASE)) {
            Node one = cluster.start("one");
            BroadcastScenery.liveBroadcast(cluster, one, SLOW_MEMBERS);
            Node two = cluster.start("two");
            long start = System.nanoTime();
            String execution =
                    trigger(one, BroadcastScenery.request("slow").setMessagesPerSecond(PER_SECOND));

            Until.holds(
                    "an end is estimated",
                    () -> {
                        assertPace(cluster, start);
                        Execution now = get(two, execution);
                        assertThat(now.getState()).isEqualTo(State.STATE_RUNNING);
                        return now.getProgress().hasEstimatedEndTime();
                    });
            Until.holds(
                    "half of them arrive",
                    () -> {
                        assertPace(cluster, start);
                        return cluster.receiver().total() > SLOW_MEMBERS / 2;
                    });
            cluster.kill(one);
            Until.holds(
                    "the other finishes",
                    () -> {
                        assertPace(cluster, start);
                        return get(two, execution).getState() == State.STATE_SUCCEEDED;
                    });

            Execution ended = get(two, execution);
            assertThat(ended.getMessagesPerSecond()).isEqualTo(PER_SECOND);
            assertThat(ended.getCounts().getSentCount() + ended.getCounts().getUnknownCount())
                    .isEqualTo(SLOW_MEMBERS);
            assertThat(cluster.doubled()).isEmpty();
            cluster.audit();
        }
    }

    /// Never more than the rate has opened by then: an upper bound, however slow the machine is.
    private static void assertPace(Cluster cluster, long start) {
        long arrived = cluster.receiver().total();
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat((double) arrived).isLessThanOrEqualTo(PER_SECOND * (seconds + 1) + CHUNK);
    }
}
