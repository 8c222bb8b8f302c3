package io.campanile.grpc.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.TriggerResult.Overload;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.trigger.TriggerRefusal;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Refused;
import io.campanile.v1.ErrorReason;
import io.grpc.Status.Code;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class TriggerErrorsTest {
    private static final Duration DELAY = Duration.ofMillis(250);

    private static Refused answer(TriggerResult.NotTaken result) {
        var command =
                new TriggerCommand(
                        new CampaignName(WorkspaceId.DEFAULT, "receipt"),
                        "r-1",
                        List.of(),
                        Map.of(),
                        null,
                        null,
                        TriggerCommand.WaitFor.ACCEPTED,
                        false,
                        null);
        return Refused.of(TriggerErrors.error(command, result));
    }

    @ParameterizedTest
    @EnumSource(TriggerRefusal.class)
    void saysWhyACampaignTakesNoTriggers(TriggerRefusal refusal) {
        ErrorReason reason =
                switch (refusal) {
                    case DRAFT -> ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT;
                    case NOT_STARTED -> ErrorReason.ERROR_REASON_CAMPAIGN_NOT_STARTED;
                    case PAUSED -> ErrorReason.ERROR_REASON_CAMPAIGN_PAUSED;
                    case STOPPED -> ErrorReason.ERROR_REASON_CAMPAIGN_STOPPED;
                    case ENDED -> ErrorReason.ERROR_REASON_CAMPAIGN_ENDED;
                    case ARCHIVED -> ErrorReason.ERROR_REASON_CAMPAIGN_ARCHIVED;
                };

        assertThat(answer(new TriggerResult.CampaignRefuses(refusal)))
                .isEqualTo(Refused.forGood(Code.FAILED_PRECONDITION, reason));
    }

    @ParameterizedTest
    @EnumSource(Overload.class)
    void saysWhatIsFullAndWhenToComeBack(Overload overload) {
        Refused expected =
                switch (overload) {
                    case INTAKE -> full(ErrorReason.ERROR_REASON_INTAKE_FULL);
                    case LOOK_UPS -> full(ErrorReason.ERROR_REASON_LOOK_UPS_FULL);
                    case WAITERS -> full(ErrorReason.ERROR_REASON_TOO_MANY_WAITERS);
                    case SHUTTING_DOWN ->
                            Refused.forNow(
                                    Code.UNAVAILABLE,
                                    ErrorReason.ERROR_REASON_SHUTTING_DOWN,
                                    DELAY);
                };

        assertThat(answer(new TriggerResult.Overloaded(overload, DELAY))).isEqualTo(expected);
    }

    private static Refused full(ErrorReason reason) {
        return Refused.forNow(Code.RESOURCE_EXHAUSTED, reason, DELAY);
    }
}
