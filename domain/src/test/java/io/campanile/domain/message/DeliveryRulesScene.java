package io.campanile.domain.message;

import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.domain.channel.UnknownOutcomeRule;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/// What the tests of [DeliveryRules] share.
abstract class DeliveryRulesScene {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));
    private static final RetryPolicy PATIENT =
            new RetryPolicy(Duration.ofSeconds(10), Duration.ofMinutes(5));
    static final ProviderReply REPLY = new ProviderReply(451, "4.3.0");

    static DeliveryRules rules(Category category, UnknownOutcomeRule unknown) {
        return new DeliveryRules(category, PATIENT, unknown);
    }

    static MessageState after(AttemptOutcome outcome) {
        return rules(Category.TRANSACTIONAL, UnknownOutcomeRule.BY_CATEGORY)
                .after(outcome, new Tries(1, 0), TOMORROW, NOON, new SplittableRandom(1));
    }
}
