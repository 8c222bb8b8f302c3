package io.campanile.domain.message;

import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ConfigurationDefinition;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.domain.channel.UnknownOutcomeRule;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// What follows from an attempt for one message: the rules of its category and its channel
/// configuration.
public record DeliveryRules(Category category, RetryPolicy retry, UnknownOutcomeRule unknown) {
    /// How long before its expiry a message gets its last chance when its next delay would end
    /// later: time enough to be claimed and handed over.
    static final Duration LAST_CHANCE = Duration.ofSeconds(10);

    /// Over how much time those that waited for the same moment are handed over.
    static final Duration WAKE_UPS = Duration.ofMinutes(5);

    /// As many attempts of a message may end in doubt, then it settles: no more copies arrive, even
    /// where a provider takes each and never says so.
    public static final int MOST_DOUBTS = 3;

    /// The rules of a channel configuration.
    public static DeliveryRules of(ChannelConfiguration configuration) {
        ConfigurationDefinition definition = configuration.definition();
        return new DeliveryRules(
                configuration.category(), definition.retry(), definition.unknownOutcome());
    }

    /// The state after an attempt.
    ///
    /// @param tries of the message, this attempt included
    public MessageState after(
            AttemptOutcome outcome,
            Tries tries,
            Instant expireTime,
            Instant now,
            RandomGenerator random) {
        return switch (outcome) {
            case AttemptOutcome.Taken _ -> new MessageState.Sent(now);
            case AttemptOutcome.Refused(var reason, _, _) -> new MessageState.Failed(reason, now);
            case AttemptOutcome.Busy(var reason, _, var hint) ->
                    tryLater(
                            reason,
                            retry.delayAfter(tries.attempts(), random),
                            hint,
                            expireTime,
                            now);
            // Should it have expired, whoever claims it anew says so: no attempt counts then.
            case AttemptOutcome.NotBegun notBegun ->
                    new MessageState.Deferred(now, notBegun.reason());
            case AttemptOutcome.Ambiguous _ ->
                    unknown.triesAgain(category) && tries.doubts() + 1 < MOST_DOUBTS
                            ? afterDoubt(tries, expireTime, now, random)
                            : new MessageState.Unknown(now);
        };
    }

    /// Without time for another attempt it has not expired: it may have arrived.
    private MessageState afterDoubt(
            Tries tries, Instant expireTime, Instant now, RandomGenerator random) {
        MessageState next =
                tryLater(
                        Reason.OUTCOME_UNKNOWN,
                        retry.delayAfter(tries.attempts(), random),
                        null,
                        expireTime,
                        now);
        return next instanceof MessageState.Expired ? new MessageState.Unknown(now) : next;
    }

    /// What a claimed message may do now: go on, or settle because its time ran out or nodes die of
    /// it.
    public static @Nullable MessageState barredFromMark(
            ClaimHistory history, Instant expireTime, Instant now) {
        if (!now.isBefore(expireTime)) {
            return new MessageState.Expired(now);
        }
        return history.isHopeless() ? new MessageState.Failed(Reason.CLAIMED_TOO_OFTEN, now) : null;
    }

    /// Whether a marked message may still be handed over: it has not expired, and nobody else can
    /// have it before the attempt ends.
    ///
    /// @param claimNeeded how long an attempt lasts at most, by any node's clock
    public static boolean mayBegin(
            Instant expireTime, Instant claimEndTime, Duration claimNeeded, Instant now) {
        return now.isBefore(expireTime) && !now.plus(claimNeeded).isAfter(claimEndTime);
    }

    /// Whether a message that must not be handed over before a time has expired by then, or as good
    /// as that.
    public static boolean waitsTooLong(Instant until, Instant expireTime) {
        return !until.isBefore(expireTime.minus(LAST_CHANCE));
    }

    /// What becomes of a message that must not be handed over before a time. Those that wait for
    /// the same time become due spread over some minutes. A message that will have expired by then
    /// is excluded.
    public static MessageState putOff(
            Instant until, Reason reason, Instant expireTime, Instant now, RandomGenerator random) {
        if (waitsTooLong(until, expireTime)) {
            return new MessageState.Excluded(reason, now);
        }
        Duration left = Duration.between(until, expireTime.minus(LAST_CHANCE));
        long spread = Math.min(left.toMillis(), WAKE_UPS.toMillis());
        return new MessageState.Deferred(until.plusMillis(random.nextLong(spread + 1)), reason);
    }

    /// What becomes of a message that was not handed over because the time is in doubt. After a
    /// jump ahead of the clock, every message would seem expired, so the time at which the message
    /// was claimed is used instead.
    ///
    /// @param claimTime when its claim began, which was before
    public static MessageState putOffWithoutClock(Reason reason, Instant claimTime) {
        return new MessageState.Deferred(claimTime, reason);
    }

    /// What becomes of a message that cannot be decided or marked, because of a defect that may
    /// last. Nothing counts these tries. So the message waits about as long again as it has
    /// existed, which makes the waits longer each time.
    public MessageState afterDefect(
            MessageId message, Instant expireTime, Instant now, RandomGenerator random) {
        Duration age = Duration.between(message.acceptTime(), now);
        return tryLater(
                Reason.DECISION_FAILED, retry.delayAfter(age, random), null, expireTime, now);
    }

    private MessageState tryLater(
            Reason reason,
            Duration delay,
            @Nullable Duration hint,
            Instant expireTime,
            Instant now) {
        Instant earliest = hint == null ? now : now.plus(hint);
        Instant usual = later(earliest, now.plus(delay));
        Instant dueTime =
                isTooLate(usual, expireTime, now) ? lastChance(earliest, expireTime) : usual;
        return dueTime.isAfter(now)
                ? new MessageState.Deferred(dueTime, reason)
                : new MessageState.Expired(now);
    }

    /// Whether there would be no time left to hand it over: less than for a last chance, if that
    /// has not come already.
    private static boolean isTooLate(Instant dueTime, Instant expireTime, Instant now) {
        Instant last = expireTime.minus(LAST_CHANCE);
        return dueTime.isAfter(last.isAfter(now) ? last : expireTime.minusNanos(1));
    }

    /// A provider that asks for more time than the message has is asked once more all the same.
    private static Instant lastChance(Instant earliest, Instant expireTime) {
        Instant last = expireTime.minus(LAST_CHANCE);
        return earliest.isBefore(expireTime) ? later(earliest, last) : last;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
