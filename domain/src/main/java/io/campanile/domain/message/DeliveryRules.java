package io.campanile.domain.message;

import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.domain.channel.UnknownOutcomeRule;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// What follows from an attempt for one message: the rules of its category and its channel
/// configuration.
public record DeliveryRules(Category category, RetryPolicy retry, UnknownOutcomeRule unknown) {
    /// Claims that never reach the mark before the message is given up: a crash loop.
    public static final int MOST_CLAIMS_WITHOUT_MARK = 5;

    /// The state after an attempt.
    ///
    /// @param attempts how often the message was marked, this attempt included
    public MessageState after(
            AttemptOutcome outcome,
            int attempts,
            Instant expireTime,
            Instant now,
            RandomGenerator random) {
        return switch (outcome) {
            case AttemptOutcome.Taken _ -> new MessageState.Sent(now);
            case AttemptOutcome.Refused(var reason, _) -> new MessageState.Failed(reason, now);
            case AttemptOutcome.Busy(var reason, _, var hint) ->
                    later(reason, attempts, hint, expireTime, now, random);
            case AttemptOutcome.Ambiguous _ ->
                    unknown.triesAgain(category)
                            ? later(Reason.OUTCOME_UNKNOWN, attempts, null, expireTime, now, random)
                            : new MessageState.Unknown(now);
        };
    }

    /// What a claimed message may do now: go on, or settle because its time ran out or its claims
    /// never get anywhere.
    public static @Nullable MessageState barredFromMark(
            int claimsWithoutMark, Instant expireTime, Instant now) {
        if (!now.isBefore(expireTime)) {
            return new MessageState.Expired(now);
        }
        return claimsWithoutMark > MOST_CLAIMS_WITHOUT_MARK
                ? new MessageState.Failed(Reason.CLAIMED_TOO_OFTEN, now)
                : null;
    }

    private MessageState later(
            Reason reason,
            int attempts,
            @Nullable Duration hint,
            Instant expireTime,
            Instant now,
            RandomGenerator random) {
        Duration delay = retry.delayAfter(attempts, random);
        Instant dueTime = now.plus(hint != null && hint.compareTo(delay) > 0 ? hint : delay);
        return dueTime.isBefore(expireTime)
                ? new MessageState.Deferred(dueTime, reason)
                : new MessageState.Expired(now);
    }
}
