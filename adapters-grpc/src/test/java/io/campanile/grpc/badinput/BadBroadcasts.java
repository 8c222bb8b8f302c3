package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.TestCampaigns.RECEIPT;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

import io.campanile.domain.access.Role;
import io.campanile.v1.Canary;
import io.campanile.v1.PauseExecutionRequest;
import io.campanile.v1.ResumeExecutionRequest;
import io.campanile.v1.TriggerAudienceRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Status.Code;

import java.util.List;
import java.util.UUID;

/// Bad calls about executions for an audience.
final class BadBroadcasts {
    private BadBroadcasts() {}

    private static TriggerAudienceRequest.Builder valid() {
        return TriggerAudienceRequest.newBuilder().setCampaign(RECEIPT).setRequestId("r-1");
    }

    static void add(List<BadInput> cases) {
        trigger(cases, "broadcast: no campaign", valid().clearCampaign(), "campaign REQUIRED");
        trigger(cases, "broadcast: no request id", valid().clearRequestId(), "request_id REQUIRED");
        trigger(
                cases,
                "broadcast: a context that is no object",
                valid().setContextJson("[1]"),
                "context_json CONTEXT_MALFORMED");
        trigger(
                cases,
                "broadcast: a context that ends too early",
                valid().setContextJson("{\"a\": "),
                "context_json CONTEXT_MALFORMED");
        trigger(
                cases,
                "broadcast: a schedule after the end of time",
                valid().setScheduleTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)),
                "schedule_time OUT_OF_RANGE");
        trigger(
                cases,
                "broadcast: an expiry before all time",
                valid().setExpireTime(Timestamp.newBuilder().setSeconds(Long.MIN_VALUE)),
                "expire_time OUT_OF_RANGE");
        trigger(
                cases,
                "broadcast: heavy metadata",
                valid().putMetadata("a", "x".repeat(1_500)).putMetadata("b", "x".repeat(1_500)),
                "metadata OUT_OF_RANGE");
        rates(cases);
        canary(cases, "no sample", canary().clearSampleSize(), "sample_size OUT_OF_RANGE");
        canary(cases, "a negative sample", canary().setSampleSize(-1), "sample_size OUT_OF_RANGE");
        canary(cases, "a huge sample", canary().setSampleSize(10_001), "sample_size OUT_OF_RANGE");
        canary(
                cases,
                "over 100 %",
                canary().setMaxFailedPercent(100.1),
                "max_failed_percent OUT_OF_RANGE");
        canary(
                cases,
                "under 0 %",
                canary().setMaxBouncedPercent(-0.1),
                "max_bounced_percent OUT_OF_RANGE");
        canary(
                cases,
                "no number of percent",
                canary().setMaxUnknownPercent(Double.NaN),
                "max_unknown_percent OUT_OF_RANGE");
        canary(
                cases,
                "eight days to settle",
                canary().setSettleTimeout(Duration.newBuilder().setSeconds(691_200)),
                "settle_timeout OUT_OF_RANGE");
        canary(
                cases,
                "a negative observation",
                canary().setObserveDuration(Duration.newBuilder().setSeconds(-1)),
                "observe_duration OUT_OF_RANGE");
        cases.add(
                badInput(
                        "broadcast: an unknown campaign",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerAudienceMethod(),
                        valid().setCampaign(OWN + "/campaigns/nothing"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        String nothing = OWN + "/executions/" + UUID.randomUUID();
        cases.add(
                badInput(
                        "execution: pauses an unknown one",
                        Role.TRIGGER,
                        TriggerServiceGrpc.getPauseExecutionMethod(),
                        PauseExecutionRequest.newBuilder().setName(nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "execution: resumes an unknown one",
                        Role.OPERATOR,
                        TriggerServiceGrpc.getResumeExecutionMethod(),
                        ResumeExecutionRequest.newBuilder().setName(nothing),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
    }

    private static void rates(List<BadInput> cases) {
        for (double rate :
                new double[] {-1, 0.0001, 100_001, Double.NaN, Double.POSITIVE_INFINITY}) {
            trigger(
                    cases,
                    "broadcast: " + rate + " messages per second",
                    valid().setMessagesPerSecond(rate),
                    "messages_per_second OUT_OF_RANGE");
        }
    }

    private static Canary.Builder canary() {
        return Canary.newBuilder().setSampleSize(10);
    }

    private static void canary(
            List<BadInput> cases, String what, Canary.Builder canary, String field) {
        trigger(cases, "canary: " + what, valid().setCanary(canary), "canary." + field);
    }

    private static void trigger(
            List<BadInput> cases,
            String what,
            TriggerAudienceRequest.Builder request,
            String field) {
        cases.add(
                badInput(
                        what,
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerAudienceMethod(),
                        request,
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        field));
    }
}
