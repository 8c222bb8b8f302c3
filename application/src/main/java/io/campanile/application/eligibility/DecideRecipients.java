package io.campanile.application.eligibility;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Eligibility;

import java.time.Instant;
import java.util.List;

/// Decides about recipients by what is known of them now; delivery and dry runs alike. Thread-safe.
public final class DecideRecipients {
    private final FactSource facts;

    public DecideRecipients(FactSource facts) {
        this.facts = facts;
    }

    /// One decision for each subject, in order.
    ///
    /// @throws io.campanile.application.store.StoreUnavailable when the facts cannot be had
    public List<Decision> decide(List<Subject> subjects, Instant now) {
        return facts.load(subjects).stream().map(known -> Eligibility.decide(known, now)).toList();
    }
}
