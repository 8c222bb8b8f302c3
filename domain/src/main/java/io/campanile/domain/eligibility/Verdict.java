package io.campanile.domain.eligibility;

import java.time.Instant;

/// What one rule says about one recipient, whatever the others say.
public record Verdict(Rule rule, Decision decision) {

    /// The same about a message that expires.
    public Verdict before(Instant expireTime) {
        return new Verdict(rule, decision.before(expireTime));
    }
}
