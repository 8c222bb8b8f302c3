package io.campanile.application.eligibility;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Eligibility;
import io.campanile.domain.eligibility.Verdict;

import java.time.Instant;
import java.util.List;

/// Decides about recipients by what is known of them now: delivery, dry runs and explanations
/// alike. Thread-safe.
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

    /// What every rule says about somebody, in their order.
    ///
    /// @param at when they would be written to: what is known now is taken to hold then, but for
    ///   what will have expired
    /// @throws io.campanile.application.store.StoreUnavailable when the facts cannot be had
    public List<Verdict> explain(Subject subject, Instant at) {
        return Eligibility.explain(facts.load(List.of(subject)).getFirst(), at);
    }
}
