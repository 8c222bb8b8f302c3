package io.campanile.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.UnknownOutcomeRule;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.SplittableRandom;

class DeliveryRulesTest extends DeliveryRulesScene {
    @Test
    void isSentOnceTheProviderTookIt() {
        assertThat(after(new AttemptOutcome.Taken(new ProviderReply(250, "2.0.0"))))
                .isEqualTo(new MessageState.Sent(NOON));
    }

    @Test
    void failsWithTheReasonOfTheRefusal() {
        assertThat(after(new AttemptOutcome.Refused(Reason.ADDRESS_REFUSED, REPLY)))
                .isEqualTo(new MessageState.Failed(Reason.ADDRESS_REFUSED, NOON));
    }

    @Test
    void isDueAtOnceWhenNobodyBeganToHandItOver() {
        assertThat(after(new AttemptOutcome.NotBegun()))
                .isEqualTo(new MessageState.Deferred(NOON, Reason.PROVIDER_BUSY));
    }

    @Nested
    class WhenNobodyKnowsWhetherItWasTaken {
        private static final AttemptOutcome CUT = new AttemptOutcome.Ambiguous(ProviderReply.NONE);

        private MessageState after(Category category, UnknownOutcomeRule rule) {
            return after(category, rule, 0);
        }

        private MessageState after(Category category, UnknownOutcomeRule rule, int doubts) {
            return rules(category, rule)
                    .after(CUT, new Tries(9, doubts), TOMORROW, NOON, new SplittableRandom(1));
        }

        @ParameterizedTest
        @EnumSource(names = {"BY_CATEGORY", "TRY_AGAIN"})
        void settlesWhatMayHaveArrivedThreeTimes(UnknownOutcomeRule rule) {
            assertThat(after(Category.TRANSACTIONAL, rule, 1))
                    .isInstanceOf(MessageState.Deferred.class);
            assertThat(after(Category.TRANSACTIONAL, rule, 2))
                    .isEqualTo(new MessageState.Unknown(NOON));
        }

        @Test
        void triesATransactionalMessageAgain() {
            assertThat(after(Category.TRANSACTIONAL, UnknownOutcomeRule.BY_CATEGORY))
                    .isInstanceOfSatisfying(
                            MessageState.Deferred.class,
                            deferred ->
                                    assertThat(deferred.reason())
                                            .isEqualTo(Reason.OUTCOME_UNKNOWN));
        }

        @Test
        void settlesAsUnknownWhatHasNoTimeForAnotherAttempt() {
            assertThat(
                            rules(Category.TRANSACTIONAL, UnknownOutcomeRule.TRY_AGAIN)
                                    .after(
                                            CUT,
                                            new Tries(1, 0),
                                            NOON,
                                            NOON,
                                            new SplittableRandom(1)))
                    .isEqualTo(new MessageState.Unknown(NOON));
        }

        @Test
        void neverDoublesAMarketingMessage() {
            assertThat(after(Category.MARKETING, UnknownOutcomeRule.BY_CATEGORY))
                    .isEqualTo(new MessageState.Unknown(NOON));
        }

        @ParameterizedTest
        @EnumSource(Category.class)
        void obeysTheConfigurationBeforeTheCategory(Category category) {
            assertThat(after(category, UnknownOutcomeRule.SETTLE))
                    .isEqualTo(new MessageState.Unknown(NOON));
            assertThat(after(category, UnknownOutcomeRule.TRY_AGAIN))
                    .isInstanceOf(MessageState.Deferred.class);
        }
    }

    @Nested
    class BeforeTheMark {
        @Test
        void mayGoOnHoweverManyNodesDiedWhileItWaited() {
            var history = new ClaimHistory(99, 2);
            assertThat(DeliveryRules.barredFromMark(history, TOMORROW, NOON)).isNull();
        }

        @Test
        void goesOnAloneAfterThreeClaimsInVain() {
            assertThat(new ClaimHistory(3, 0).isSuspect()).isFalse();
            assertThat(new ClaimHistory(4, 0).isSuspect()).isTrue();
        }

        @Test
        void expiresAtItsExpireTime() {
            assertThat(DeliveryRules.barredFromMark(ClaimHistory.FRESH, NOON, NOON))
                    .isEqualTo(new MessageState.Expired(NOON));
        }

        @Test
        void isGivenUpWhenThreeNodesDiedOfIt() {
            assertThat(DeliveryRules.barredFromMark(new ClaimHistory(6, 3), TOMORROW, NOON))
                    .isEqualTo(new MessageState.Failed(Reason.CLAIMED_TOO_OFTEN, NOON));
        }
    }

    @Nested
    class AfterTheMark {
        private static final Duration NEEDED = Duration.ofMinutes(11);

        @ParameterizedTest(name = "{0} before its expiry, {1} before the end of its claim: {2}")
        @CsvSource({
            "PT0.000001S, PT11M,          true",
            "PT0S,        PT11M,          false",
            "PT-1S,       PT1H,           false",
            "PT1H,        PT10M59.99999S, false",
            "PT1H,        PT0S,           false",
            "PT1H,        PT1H,           true"
        })
        void isHandedOverOnlyWhileNeitherItNorItsClaimEnds(
                Duration toExpiry, Duration toEndOfClaim, boolean begins) {
            assertThat(
                            DeliveryRules.mayBegin(
                                    NOON.plus(toExpiry), NOON.plus(toEndOfClaim), NEEDED, NOON))
                    .isEqualTo(begins);
        }
    }
}
