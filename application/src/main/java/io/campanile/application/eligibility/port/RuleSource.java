package io.campanile.application.eligibility.port;

import io.campanile.domain.eligibility.RuleFacts;

import java.util.List;

/// What rule sets say about recipients, as it is committed now. Thread-safe; joins the running
/// transaction, if any; throws [io.campanile.application.store.StoreUnavailable] when the database
/// is away.
public interface RuleSource {
    /// The rule sets in force for each subject, in order, and what was reserved under them for its
    /// person by messages that are not asked about: whoever asks about several counts those. For a
    /// known person, also what was reserved for the identity before it pointed at anybody. One round
    /// trip.
    ///
    /// @param subjects of marketing
    List<RuleFacts> load(List<RuleSubject> subjects);
}
