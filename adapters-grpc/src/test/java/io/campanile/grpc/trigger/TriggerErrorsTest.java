package io.campanile.grpc.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;

import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.TriggerResult.Overload;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.trigger.TriggerRefusal;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.Refused;
import io.campanile.v1.ErrorReason;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class TriggerErrorsTest {
    private static final Duration DELAY = Duration.ofMillis(250);

    @Test
    void saysWhenACampaignStartsAndWhenItHasEnded() throws Exception {
        var schedule = new Schedule(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));

        assertThat(
                        metadata(
                                new TriggerResult.CampaignRefuses(
                                        TriggerRefusal.NOT_STARTED, schedule)))
                .containsEntry("startTime", "1970-01-01T00:00:00Z")
                .containsKey("campaign");
        assertThat(metadata(new TriggerResult.CampaignRefuses(TriggerRefusal.ENDED, schedule)))
                .containsEntry("endTime", "1970-01-01T00:01:00Z");
    }

    private static Map<String, String> metadata(TriggerResult.NotTaken result) throws Exception {
        return GrpcErrors.toProto(error(result))
                .getDetails(0)
                .unpack(ErrorInfo.class)
                .getMetadataMap();
    }

    private static Refused answer(TriggerResult.NotTaken result) {
        return Refused.of(error(result));
    }

    private static StatusRuntimeException error(TriggerResult.NotTaken result) {
        var envelope =
                new TriggerEnvelope(
                        new CampaignName(WorkspaceId.DEFAULT, "receipt"),
                        "r-1",
                        Map.of(),
                        null,
                        null);
        return TriggerErrors.error(envelope, result);
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

        assertThat(answer(new TriggerResult.CampaignRefuses(refusal, Schedule.ALWAYS)))
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

    @Test
    void saysThatACampaignIsChangingAndNothingOfTheDatabase() {
        assertThat(answer(new TriggerResult.CampaignChanging()))
                .isEqualTo(
                        Refused.forNow(
                                Code.UNAVAILABLE,
                                ErrorReason.ERROR_REASON_CAMPAIGN_CHANGING,
                                Duration.ofSeconds(1)));
    }

    private static Refused full(ErrorReason reason) {
        return Refused.forNow(Code.RESOURCE_EXHAUSTED, reason, DELAY);
    }
}
