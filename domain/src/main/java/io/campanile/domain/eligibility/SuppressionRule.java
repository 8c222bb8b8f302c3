package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;
import io.campanile.domain.suppression.Suppression;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Nothing goes to suppressed addresses, then to suppressed domains, whatever the message is for.
final class SuppressionRule implements EligibilityRule {
    @Override
    public Decision decide(Facts facts, Instant now) {
        Decision byAddress = decide(facts.address(), Reason.ADDRESS_SUPPRESSED, now);
        return byAddress instanceof Decision.Deliver
                ? decide(facts.domain(), Reason.DOMAIN_SUPPRESSED, now)
                : byAddress;
    }

    private static Decision decide(@Nullable Suppression found, Reason reason, Instant now) {
        return found == null || !found.isInForce(now)
                ? new Decision.Deliver()
                : new Decision.Exclude(
                        reason,
                        new Evidence(found.name(), found.reason().name(), found.createTime()));
    }
}
