package io.campanile.domain.eligibility;

import java.time.Instant;

/// One reason to write or not to write to somebody.
interface EligibilityRule {
    Rule rule();

    Decision decide(Facts facts, Instant now);
}
