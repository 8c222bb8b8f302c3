package io.campanile.grpc.trigger;

import static io.campanile.domain.broadcast.Canary.USUAL_MAX_BOUNCED_PERCENT;
import static io.campanile.domain.broadcast.Canary.USUAL_MAX_COMPLAINED_PERCENT;
import static io.campanile.domain.broadcast.Canary.USUAL_MAX_FAILED_PERCENT;
import static io.campanile.domain.broadcast.Canary.USUAL_MAX_UNKNOWN_PERCENT;
import static io.campanile.domain.broadcast.Canary.USUAL_OBSERVATION;
import static io.campanile.domain.broadcast.Canary.USUAL_SETTLE_TIMEOUT;

import io.campanile.application.message.port.BroadcastView;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.Progress;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.Canary;
import io.campanile.v1.CanaryResult;
import io.campanile.v1.ExecutionProgress;
import io.campanile.v1.HaltCause;

import java.time.Instant;

/// Canaries and progress as protobuf.
final class CanaryProtos {
    private CanaryProtos() {}

    static io.campanile.domain.broadcast.Canary canary(Canary proto) {
        return new io.campanile.domain.broadcast.Canary(
                proto.getSampleSize(),
                proto.hasMaxFailedPercent()
                        ? proto.getMaxFailedPercent()
                        : USUAL_MAX_FAILED_PERCENT,
                proto.hasMaxBouncedPercent()
                        ? proto.getMaxBouncedPercent()
                        : USUAL_MAX_BOUNCED_PERCENT,
                proto.hasMaxUnknownPercent()
                        ? proto.getMaxUnknownPercent()
                        : USUAL_MAX_UNKNOWN_PERCENT,
                proto.hasMaxComplainedPercent()
                        ? proto.getMaxComplainedPercent()
                        : USUAL_MAX_COMPLAINED_PERCENT,
                proto.hasSettleTimeout()
                        ? Times.duration(proto.getSettleTimeout())
                        : USUAL_SETTLE_TIMEOUT,
                proto.hasObserveDuration()
                        ? Times.duration(proto.getObserveDuration())
                        : USUAL_OBSERVATION);
    }

    static Canary proto(io.campanile.domain.broadcast.Canary canary) {
        return Canary.newBuilder()
                .setSampleSize(canary.sampleSize())
                .setMaxFailedPercent(canary.maxFailedPercent())
                .setMaxBouncedPercent(canary.maxBouncedPercent())
                .setMaxUnknownPercent(canary.maxUnknownPercent())
                .setMaxComplainedPercent(canary.maxComplainedPercent())
                .setSettleTimeout(Times.duration(canary.settleTimeout()))
                .setObserveDuration(Times.duration(canary.observation()))
                .build();
    }

    static CanaryResult result(BroadcastView broadcast, CanaryWatch canary) {
        var proto = CanaryResult.newBuilder();
        switch (canary.state()) {
            case CanaryState.Sampling _ -> proto.setState(CanaryResult.State.STATE_SAMPLING);
            case CanaryState.Settling _ -> proto.setState(CanaryResult.State.STATE_SETTLING);
            case CanaryState.Observing _ -> proto.setState(CanaryResult.State.STATE_OBSERVING);
            case CanaryState.Passed(var sample, var at) ->
                    judged(proto, CanaryResult.State.STATE_PASSED, sample, at);
            case CanaryState.Halted(var sample, var at) ->
                    judged(proto, CanaryResult.State.STATE_HALTED, sample, at);
            case CanaryState.Overridden(var sample, var at) ->
                    judged(proto, CanaryResult.State.STATE_OVERRIDDEN, sample, at);
        }
        if (canary.isGivenUp(broadcast.state())) {
            proto.setState(CanaryResult.State.STATE_ENDED);
        }
        canary.causes().forEach(cause -> proto.addCauses(cause(cause)));
        return proto.build();
    }

    private static void judged(
            CanaryResult.Builder proto,
            CanaryResult.State state,
            SampleCounts sample,
            Instant judgeTime) {
        proto.setState(state)
                .setJudgeTime(Times.timestamp(judgeTime))
                .setSampleCount(sample.all())
                .setTriedCount(sample.tried())
                .setSentCount(sample.sent())
                .setFailedCount(sample.failed())
                .setBouncedCount(sample.bounced())
                .setUnknownCount(sample.unknown())
                .setStuckCount(sample.stuck())
                .setComplainedCount(sample.complained());
    }

    private static HaltCause cause(io.campanile.domain.broadcast.HaltCause cause) {
        return switch (cause) {
            case io.campanile.domain.broadcast.HaltCause.NobodyTried() ->
                    HaltCause.newBuilder()
                            .setMeasure(HaltCause.Measure.MEASURE_NOBODY_TRIED)
                            .build();
            case io.campanile.domain.broadcast.HaltCause.ThresholdPassed(
                            var measure,
                            var count,
                            var percent,
                            var maxPercent) ->
                    HaltCause.newBuilder()
                            .setMeasure(measure(measure))
                            .setCount(count)
                            .setPercent(percent)
                            .setMaxPercent(maxPercent)
                            .build();
        };
    }

    private static HaltCause.Measure measure(
            io.campanile.domain.broadcast.HaltCause.Measure measure) {
        return switch (measure) {
            case FAILED -> HaltCause.Measure.MEASURE_FAILED;
            case BOUNCED -> HaltCause.Measure.MEASURE_BOUNCED;
            case UNKNOWN -> HaltCause.Measure.MEASURE_UNKNOWN;
            case COMPLAINED -> HaltCause.Measure.MEASURE_COMPLAINED;
        };
    }

    static ExecutionProgress progress(Progress progress) {
        var proto = ExecutionProgress.newBuilder().setMessagesPerSecond(progress.perSecond());
        if (progress.endTime() != null) {
            proto.setEstimatedEndTime(Times.timestamp(progress.endTime()));
        }
        return proto.build();
    }
}
