package io.campanile.application.eligibility.port;

import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;

import java.util.List;
import java.util.Map;

/// What rule sets say about recipients, as it is committed now. Thread-safe; joins the running
/// transaction, if any; throws [io.campanile.application.store.StoreUnavailable] when the database
/// is away.
public interface RuleSource {
    /// The rule sets in force for each subject, in order, and what was reserved under them for its
    /// person by other messages, each of them named. For a known person this includes what was
    /// reserved for the identity before it pointed at anybody. One round trip.
    ///
    /// @param subjects of marketing
    /// @param counted claims whose reservations are left out, because the caller counts these
    ///   messages itself. A reservation that an earlier claim of such a message left is not left
    ///   out, for the message may have been sent then
    List<RuleFacts> load(List<RuleSubject> subjects, Map<MessageId, ClaimEpoch> counted);

    /// The same for whoever counts nothing.
    default List<RuleFacts> load(List<RuleSubject> subjects) {
        return load(subjects, Map.of());
    }
}
