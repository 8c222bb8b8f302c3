package io.campanile.application.broadcast;

import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.HaltCause;
import io.campanile.domain.broadcast.SampleCounts;

import java.util.Locale;
import java.util.stream.Collectors;

/// What the audit trail says of a verdict, and of one that somebody set aside.
final class HaltReport {
    private HaltReport() {}

    /// Empty where there was none.
    static String of(ExecutionView execution) {
        BroadcastView broadcast = execution.broadcast();
        CanaryWatch canary = broadcast == null ? null : broadcast.canary();
        return canary != null && canary.state() instanceof CanaryState.Overridden(var sample, _)
                ? "in spite of its canary: " + numbers(canary, sample)
                : "";
    }

    /// What there was too much of.
    static String numbers(CanaryWatch canary, SampleCounts sample) {
        return canary.causes().stream()
                        .map(cause ->
                                switch (cause) {
                                    case HaltCause.NobodyTried() ->
                                            "nobody tried of " + sample.all();
                                    case HaltCause.ThresholdPassed(
                                                    var measure,
                                                    var count,
                                                    var percent,
                                                    var maxPercent) ->
                                            String.format(
                                                    Locale.ROOT,
                                                    "%s %d of %d (%.2f %%, at most %s %%)",
                                                    measure.name().toLowerCase(Locale.ROOT),
                                                    count,
                                                    sample.tried(),
                                                    percent,
                                                    maxPercent);
                                })
                        .collect(Collectors.joining(", "))
                + (sample.stuck() == 0 ? "" : ", " + sample.stuck() + " stuck at a provider");
    }
}
