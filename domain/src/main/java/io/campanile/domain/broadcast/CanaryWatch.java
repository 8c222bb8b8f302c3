package io.campanile.domain.broadcast;

import java.time.Instant;
import java.util.List;

/// A canary and how far it has come.
public record CanaryWatch(Canary canary, CanaryState state) {
    /// One that was just asked for.
    public static CanaryWatch asked(Canary canary) {
        return new CanaryWatch(canary, new CanaryState.Sampling());
    }

    /// How many members may have a message.
    long mostWritten(long planned) {
        return switch (state) {
            case CanaryState.Passed _, CanaryState.Overridden _ -> planned;
            case CanaryState.Sampling _,
                    CanaryState.Settling _,
                    CanaryState.Observing _,
                    CanaryState.Halted _ ->
                    Math.min(planned, canary.sampleSize());
        };
    }

    /// What comes next once the whole sample has its messages.
    ///
    /// @param open how many of them are open
    /// @param now on the store's clock
    FanOutStep next(long open, Instant now) {
        return switch (state) {
            case CanaryState.Sampling() -> new FanOutStep.Watch(new CanaryState.Settling(now));
            case CanaryState.Settling(var since) ->
                    open == 0 || !now.isBefore(since.plus(canary.settleTimeout()))
                            ? new FanOutStep.Watch(new CanaryState.Observing(now))
                            : waitUntil(since.plus(canary.settleTimeout()), now);
            case CanaryState.Observing(var since) ->
                    now.isBefore(since.plus(canary.observation()))
                            ? waitUntil(since.plus(canary.observation()), now)
                            : new FanOutStep.Judge(this);
            case CanaryState.Halted _, CanaryState.Passed _, CanaryState.Overridden _ ->
                    new FanOutStep.Rest();
        };
    }

    private static FanOutStep waitUntil(Instant time, Instant now) {
        return FanOutStep.Wait.until(time, now, Broadcast.MOST_LATE);
    }

    /// What is made of the sample.
    public CanaryState judged(SampleCounts sample, Instant now) {
        return canary.judge(sample).isEmpty()
                ? new CanaryState.Passed(sample, now)
                : new CanaryState.Halted(sample, now);
    }

    /// What becomes of it when the broadcast is resumed: a verdict is overridden, and messages that
    /// were held are waited for anew.
    public CanaryState resumed(Instant now) {
        return switch (state) {
            case CanaryState.Halted(var sample, var at) -> new CanaryState.Overridden(sample, at);
            case CanaryState.Settling _ -> new CanaryState.Settling(now);
            case CanaryState.Sampling _,
                    CanaryState.Observing _,
                    CanaryState.Passed _,
                    CanaryState.Overridden _ ->
                    state;
        };
    }

    /// Whether it holds its broadcast.
    public boolean isHalted() {
        return state instanceof CanaryState.Halted;
    }

    /// Whether its broadcast came to an end before there was a verdict.
    public boolean isGivenUp(FanOutState broadcast) {
        return isPending() && !broadcast.isUnfinished();
    }

    /// Whether nobody can say yet if the rest follows.
    public boolean isPending() {
        return switch (state) {
            case CanaryState.Sampling _, CanaryState.Settling _, CanaryState.Observing _ -> true;
            case CanaryState.Passed _, CanaryState.Halted _, CanaryState.Overridden _ -> false;
        };
    }

    /// Why it halted; empty when it did not.
    public List<HaltCause> causes() {
        return switch (state) {
            case CanaryState.Halted(var sample, _) -> canary.judge(sample);
            case CanaryState.Overridden(var sample, _) -> canary.judge(sample);
            case CanaryState.Sampling _,
                    CanaryState.Settling _,
                    CanaryState.Observing _,
                    CanaryState.Passed _ ->
                    List.of();
        };
    }
}
