package io.campanile.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.domain.channel.UnknownOutcomeRule;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// How long [DeliveryRules] put a message off, and when it is too late for that.
class PutOffMessagesTest extends DeliveryRulesScene {
    /// Chooses the longest delay there is.
    private static final RandomGenerator LONGEST =
            new RandomGenerator() {
                @Override
                public long nextLong() {
                    return Long.MAX_VALUE;
                }

                @Override
                public long nextLong(long bound) {
                    return bound - 1;
                }

                @Override
                public long nextLong(long origin, long bound) {
                    return bound - 1;
                }
            };

    @Nested
    class WhenItIsPutOff {
        private final Instant until = NOON.plusSeconds(3_600);

        private MessageState putOff(Instant expireTime, long seed) {
            return DeliveryRules.putOff(
                    until, Reason.QUIET_HOURS, expireTime, NOON, new SplittableRandom(seed));
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
        void wakesUpWithinSomeMinutesAndBeforeItExpires(long seed) {
            assertThat(putOff(TOMORROW, seed))
                    .isInstanceOfSatisfying(
                            MessageState.Deferred.class,
                            deferred ->
                                    assertThat(deferred.dueTime())
                                            .isBetween(until, until.plus(DeliveryRules.WAKE_UPS)));
            assertThat(putOff(until.plusSeconds(12), seed))
                    .isInstanceOfSatisfying(
                            MessageState.Deferred.class,
                            deferred ->
                                    assertThat(deferred.dueTime())
                                            .isBetween(until, until.plusSeconds(2)));
        }

        @Test
        void wakesUpFiveMinutesLaterAtMost() {
            assertThat(DeliveryRules.putOff(until, Reason.QUIET_HOURS, TOMORROW, NOON, LONGEST))
                    .isEqualTo(
                            new MessageState.Deferred(until.plusSeconds(300), Reason.QUIET_HOURS));
        }

        /// No time is left to spread it over.
        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
        void wakesUpAtOnceForItsLastChance(long seed) {
            assertThat(putOff(until.plus(DeliveryRules.LAST_CHANCE).plusNanos(1_000), seed))
                    .isEqualTo(new MessageState.Deferred(until, Reason.QUIET_HOURS));
        }

        @Test
        void isExcludedWhenItWillHaveExpired() {
            assertThat(putOff(until, 1))
                    .isEqualTo(new MessageState.Excluded(Reason.QUIET_HOURS, NOON));
            assertThat(putOff(until.plus(DeliveryRules.LAST_CHANCE), 1))
                    .isEqualTo(new MessageState.Excluded(Reason.QUIET_HOURS, NOON));
        }
    }

    @Nested
    class WhenItCannotBeDecided {
        private MessageState after(Duration age, Instant expireTime, long seed) {
            long millis = NOON.minus(age).toEpochMilli();
            var message = new MessageId(new UUID(millis << 16 | 0x7000, 0x8000_0000_0000_0000L));
            return rules(Category.MARKETING, UnknownOutcomeRule.BY_CATEGORY)
                    .afterDefect(message, expireTime, NOON, new SplittableRandom(seed));
        }

        @ParameterizedTest(name = "{0}: at most {1}")
        @CsvSource({"PT0S, PT10S", "PT1S, PT10S", "PT2M, PT2M", "PT20H, PT5M"})
        void waitsAsLongAgainAtMostAsItHasExisted(Duration age, Duration most) {
            for (long seed = 0; seed < 100; seed++) {
                assertThat(after(age, TOMORROW, seed))
                        .isInstanceOfSatisfying(
                                MessageState.Deferred.class,
                                deferred -> {
                                    assertThat(deferred.reason()).isEqualTo(Reason.DECISION_FAILED);
                                    assertThat(deferred.dueTime())
                                            .isAfter(NOON)
                                            .isBeforeOrEqualTo(NOON.plus(most));
                                });
            }
        }

        @Test
        void hasALastChanceBeforeItExpires() {
            Instant expireTime = NOON.plusSeconds(11);

            assertThat(after(Duration.ofHours(20), expireTime, 1))
                    .isEqualTo(
                            new MessageState.Deferred(NOON.plusSeconds(1), Reason.DECISION_FAILED));
        }
    }

    @Nested
    class WhenTheProviderIsBusy {
        @Test
        void waitsAsLongAsTheProviderAsks() {
            Duration hint = Duration.ofHours(2);

            assertThat(after(new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, REPLY, hint)))
                    .isEqualTo(new MessageState.Deferred(NOON.plus(hint), Reason.PROVIDER_BUSY));
        }

        @ParameterizedTest(name = "asks for {0} s, expires in {1} s")
        @CsvSource({"60, 60", "3600, 600", "3600, 11"})
        void hasALastChanceWhenTheProviderAsksForMoreTimeThanThereIs(long hint, long left) {
            Instant expireTime = NOON.plusSeconds(left);

            assertThat(afterHint(hint, expireTime))
                    .isEqualTo(
                            new MessageState.Deferred(
                                    expireTime.minus(DeliveryRules.LAST_CHANCE),
                                    Reason.PROVIDER_BUSY));
        }

        @ParameterizedTest(name = "expires {0} ms after its delay")
        @ValueSource(longs = {1, 5_000, 9_999})
        void hasALastChanceWhenItsDelayEndsWithNoTimeLeft(long left) {
            var delay = Duration.ofHours(1);
            Instant expireTime = NOON.plus(delay).plusMillis(left);
            var atLast = new RetryPolicy(delay, delay);
            var busy = new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, REPLY, delay);
            MessageState withHint =
                    new DeliveryRules(
                                    Category.TRANSACTIONAL, atLast, UnknownOutcomeRule.BY_CATEGORY)
                            .after(
                                    busy,
                                    new Tries(1, 0),
                                    expireTime,
                                    NOON,
                                    new SplittableRandom(1));
            assertThat(withHint)
                    .isEqualTo(new MessageState.Deferred(NOON.plus(delay), busy.reason()));

            MessageState next =
                    new DeliveryRules(
                                    Category.TRANSACTIONAL, atLast, UnknownOutcomeRule.BY_CATEGORY)
                            .after(
                                    new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, REPLY, null),
                                    new Tries(1, 0),
                                    expireTime,
                                    NOON,
                                    LONGEST);
            assertThat(next)
                    .isEqualTo(
                            new MessageState.Deferred(
                                    expireTime.minus(DeliveryRules.LAST_CHANCE),
                                    Reason.PROVIDER_BUSY));
        }

        @Test
        void expiresWhenThereIsNoTimeForAnotherAttempt() {
            assertThat(afterHint(60, NOON.plus(DeliveryRules.LAST_CHANCE)))
                    .isEqualTo(new MessageState.Expired(NOON));
        }

        private MessageState afterHint(long seconds, Instant expireTime) {
            var busy =
                    new AttemptOutcome.Busy(
                            Reason.PROVIDER_BUSY, REPLY, Duration.ofSeconds(seconds));
            return rules(Category.TRANSACTIONAL, UnknownOutcomeRule.BY_CATEGORY)
                    .after(busy, new Tries(1, 0), expireTime, NOON, new SplittableRandom(1));
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
        void isTriedShortlyBeforeItExpiresHoweverLongItsDelayWouldBe(long seed) {
            var random = new SplittableRandom(seed);
            Instant expireTime = NOON.plusSeconds(random.nextLong(30, 3_600));
            DeliveryRules rules = rules(Category.TRANSACTIONAL, UnknownOutcomeRule.BY_CATEGORY);
            var busy = new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, REPLY, null);
            Instant now = NOON;
            int attempts = 1;
            MessageState state = rules.after(busy, new Tries(attempts, 0), expireTime, now, random);
            while (state instanceof MessageState.Deferred(Instant dueTime, _)) {
                now = dueTime;
                state = rules.after(busy, new Tries(++attempts, 0), expireTime, now, random);
            }

            assertThat(state).isInstanceOf(MessageState.Expired.class);
            assertThat(Duration.between(now, expireTime))
                    .isPositive()
                    .isLessThanOrEqualTo(DeliveryRules.LAST_CHANCE);
        }

        @Test
        void waitsAsLongAsTheProviderAsksEvenForItsLastChance() {
            Duration hint = Duration.ofSeconds(25);
            var busy = new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, REPLY, hint);
            var slow = new RetryPolicy(Duration.ofDays(1), Duration.ofDays(1));
            MessageState next =
                    new DeliveryRules(Category.TRANSACTIONAL, slow, UnknownOutcomeRule.BY_CATEGORY)
                            .after(
                                    busy,
                                    new Tries(1, 0),
                                    NOON.plusSeconds(30),
                                    NOON,
                                    new SplittableRandom(1));

            assertThat(next)
                    .isEqualTo(new MessageState.Deferred(NOON.plus(hint), Reason.PROVIDER_BUSY));
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
        void isNeverDueAfterItHasExpired(long seed) {
            var random = new SplittableRandom(seed);
            Instant expireTime = NOON.plusSeconds(random.nextLong(1, 300_000));
            DeliveryRules rules = rules(Category.TRANSACTIONAL, UnknownOutcomeRule.BY_CATEGORY);
            var busy = new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, REPLY, null);
            Instant now = NOON;
            int attempts = 1;
            MessageState state = rules.after(busy, new Tries(attempts, 0), expireTime, now, random);
            while (state instanceof MessageState.Deferred(Instant dueTime, _)) {
                assertThat(dueTime).isAfter(now).isBefore(expireTime);
                now = dueTime;
                state = rules.after(busy, new Tries(++attempts, 0), expireTime, now, random);
            }

            assertThat(state).isEqualTo(new MessageState.Expired(now));
        }
    }
}
