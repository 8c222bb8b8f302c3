package io.campanile.grpc.trigger;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Execution;
import io.campanile.v1.PauseExecutionRequest;
import io.campanile.v1.PauseExecutionResponse;
import io.campanile.v1.ResumeExecutionRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

class PausedBroadcastTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final TestBroadcasts broadcasts = new TestBroadcasts(world);

    @Test
    void pausesResumesAndCancelsWithNumbers() {
        String name = broadcasts.written(3);
        Execution running = broadcasts.get(name);
        assertThat(running.getState()).isEqualTo(Execution.State.STATE_RUNNING);
        assertThat(running.getAudience()).isEqualTo(OWN + "/audiences/readers");
        assertThat(running.getCounts().getPlannedCount()).isEqualTo(3);

        PauseExecutionResponse paused = broadcasts.pause(name);
        assertThat(paused.getHeldCount()).isEqualTo(3);
        assertThat(paused.getInHandOverCount()).isZero();
        assertThat(paused.getExecution().getState()).isEqualTo(Execution.State.STATE_PAUSED);

        assertThat(broadcasts.resumed(name).getState()).isEqualTo(Execution.State.STATE_RUNNING);
        var again = refusal(() -> broadcasts.resumed(name));
        assertThat(reason(again)).isEqualTo("EXECUTION_STATE_CONFLICT");

        var cancelled = broadcasts.cancel(name);
        assertThat(cancelled.getCancelledCount()).isEqualTo(3);
        assertThat(broadcasts.get(name).getState()).isEqualTo(Execution.State.STATE_CANCELLED);
    }

    @Test
    void countsWhatAPauseWouldHoldAndChangesNothing() {
        String name = broadcasts.written(3);
        Execution running = broadcasts.get(name);
        var tried = PauseExecutionRequest.newBuilder().setName(name).setValidateOnly(true).build();

        PauseExecutionResponse wouldBe = broadcasts.as(Role.OPERATOR).pauseExecution(tried);
        assertThat(wouldBe.getHeldCount()).isEqualTo(3);
        assertThat(wouldBe.getInHandOverCount()).isZero();
        assertThat(wouldBe.getExecution().getState()).isEqualTo(Execution.State.STATE_RUNNING);
        assertThat(broadcasts.get(name).getState()).isEqualTo(running.getState());
        assertThat(reason(refusal(() -> triedResume(name)))).isEqualTo("EXECUTION_STATE_CONFLICT");

        broadcasts.pause(name);
        assertThat(broadcasts.as(Role.OPERATOR).pauseExecution(tried).getHeldCount()).isEqualTo(3);
        assertThat(triedResume(name).getState()).isEqualTo(Execution.State.STATE_PAUSED);
        assertThat(broadcasts.get(name).getState()).isEqualTo(Execution.State.STATE_PAUSED);
        assertThat(broadcasts.resumed(name).getState()).isEqualTo(Execution.State.STATE_RUNNING);
    }

    @Test
    void triesNoPauseWhereNothingIsLeftToHold() {
        String cancelled = broadcasts.written(3);
        var _ = broadcasts.cancel(cancelled);
        String unitary = broadcasts.unitary();

        for (String name : List.of(cancelled, unitary)) {
            var tried =
                    PauseExecutionRequest.newBuilder().setName(name).setValidateOnly(true).build();
            assertThat(reason(refusal(() -> broadcasts.as(Role.OPERATOR).pauseExecution(tried))))
                    .isEqualTo("EXECUTION_STATE_CONFLICT");
            assertThat(reason(refusal(() -> triedResume(name))))
                    .isEqualTo("EXECUTION_STATE_CONFLICT");
        }
    }

    @Test
    void saysOfABroadcastThatHasEndedThatNothingIsLeft() {
        String cancelled = broadcasts.written(3);
        var _ = broadcasts.cancel(cancelled);

        assertThat(refusal(() -> triedResume(cancelled)))
                .hasMessageContaining("is CANCELLED; there is nothing left to pause or resume");
    }

    @Test
    void pausesNothingButBroadcasts() {
        String unitary = broadcasts.unitary();

        var error =
                refusal(() ->
                        broadcasts
                                .as(Role.TRIGGER)
                                .pauseExecution(
                                        PauseExecutionRequest.newBuilder()
                                                .setName(unitary)
                                                .build()));

        assertThat(reason(error)).isEqualTo("EXECUTION_STATE_CONFLICT");
    }

    private Execution triedResume(String name) {
        return broadcasts
                .as(Role.OPERATOR)
                .resumeExecution(
                        ResumeExecutionRequest.newBuilder()
                                .setName(name)
                                .setValidateOnly(true)
                                .build());
    }
}
