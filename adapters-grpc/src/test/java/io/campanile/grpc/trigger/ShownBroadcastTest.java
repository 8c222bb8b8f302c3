package io.campanile.grpc.trigger;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.broadcast.Canary;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.CanaryResult;
import io.campanile.v1.Execution;
import io.campanile.v1.ExecutionProgress;
import io.campanile.v1.HaltCause;
import io.campanile.v1.ListExecutionsRequest;
import io.campanile.v1.WatchExecutionRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What is shown of broadcasts and of their canaries.
class ShownBroadcastTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final TestBroadcasts broadcasts = new TestBroadcasts(world);

    @Test
    void showsWhyACanaryHaltedAndLetsItBeOverridden() {
        var nobodyWaits = new Canary(2, 5, 2, 5, 0.3, Duration.ZERO, Duration.ZERO);
        String name = broadcasts.written(3, trigger -> trigger.rate(1_000).canary(nobodyWaits));

        Execution halted = broadcasts.get(name);
        assertThat(halted.getState()).isEqualTo(Execution.State.STATE_HALTED);
        assertThat(halted.getMessagesPerSecond()).isEqualTo(1_000);
        assertThat(halted.getCanary().getSampleSize()).isEqualTo(2);
        assertThat(halted.getCanary().getMaxFailedPercent()).isEqualTo(5);
        assertThat(halted.getProgress()).isEqualTo(ExecutionProgress.getDefaultInstance());
        CanaryResult result = halted.getCanaryResult();
        assertThat(result.getState()).isEqualTo(CanaryResult.State.STATE_HALTED);
        assertThat(result.getSampleCount()).isEqualTo(2);
        assertThat(result.getTriedCount()).isZero();
        assertThat(result.hasJudgeTime()).isTrue();
        assertThat(result.getCausesList())
                .containsExactly(
                        HaltCause.newBuilder()
                                .setMeasure(HaltCause.Measure.MEASURE_NOBODY_TRIED)
                                .build());
        assertThat(halted.getCounts().getAcceptedCount()).isEqualTo(3);

        Execution resumed = broadcasts.resumed(name);
        assertThat(resumed.getState()).isEqualTo(Execution.State.STATE_RUNNING);
        assertThat(resumed.getCanaryResult().getState())
                .isEqualTo(CanaryResult.State.STATE_OVERRIDDEN);
        assertThat(resumed.getCanaryResult().getCausesCount()).isEqualTo(1);
    }

    @Test
    void saysThatACanaryEndedWithoutAVerdict() {
        var patient = new Canary(2, 5, 2, 5, 0.3, Duration.ofHours(1), Duration.ZERO);
        String name = broadcasts.written(3, trigger -> trigger.canary(patient));
        assertThat(broadcasts.get(name).getCanaryResult())
                .isEqualTo(
                        CanaryResult.newBuilder()
                                .setState(CanaryResult.State.STATE_SETTLING)
                                .build());

        var _ = broadcasts.cancel(name);

        assertThat(broadcasts.get(name).getCanaryResult().getState())
                .isEqualTo(CanaryResult.State.STATE_ENDED);
    }

    @Test
    void followsABroadcastThatHasNotBegun() {
        var audience = new AudienceId(UUID.randomUUID());
        String name = broadcasts.stored(trigger -> trigger.to(audience, ""));
        var seen = new ArrayList<Execution.State>();

        var watch =
                broadcasts
                        .as(Role.VIEWER)
                        .watchExecution(WatchExecutionRequest.newBuilder().setName(name).build());
        seen.add(watch.next().getState());
        // The audience is not there: the fan-out ends at once.
        broadcasts.fanOut();
        watch.forEachRemaining(now -> seen.add(now.getState()));

        assertThat(seen)
                .containsExactly(Execution.State.STATE_RUNNING, Execution.State.STATE_FAILED);
    }

    @Test
    void findsBroadcastsByStateAndAudience() {
        String cancelled = broadcasts.written(3);
        var _ = broadcasts.cancel(cancelled);
        String paused = broadcasts.written(3);
        var _ = broadcasts.pause(paused);
        String running = broadcasts.written(3);
        var _ = broadcasts.unitary();

        assertThat(listed("state = PAUSED")).containsExactly(paused);
        assertThat(listed("(state = CANCELLED OR state = RUNNING) AND audience = \"readers\""))
                .containsExactly(running, cancelled);
        assertThat(listed("audience = \"" + OWN + "/audiences/readers\""))
                .containsExactly(running, paused, cancelled);
        assertThat(listed("state = HALTED")).isEmpty();
        assertThat(listed("audience = \"writers\"")).isEmpty();
    }

    private List<String> listed(String filter) {
        var request = ListExecutionsRequest.newBuilder().setParent(OWN).setFilter(filter);
        var names = new ArrayList<String>();
        do {
            var page = broadcasts.as(Role.VIEWER).listExecutions(request.setPageSize(1).build());
            page.getExecutionsList().forEach(execution -> names.add(execution.getName()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return names;
    }
}
