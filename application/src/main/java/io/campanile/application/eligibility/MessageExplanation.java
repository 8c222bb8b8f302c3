package io.campanile.application.eligibility;

import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Why a message went where it went.
public sealed interface MessageExplanation {
    /// By what was known when it was last decided.
    ///
    /// @param reason which rule said no, as it was recorded; absent when none did
    /// @param verdicts what every rule said, in their order
    /// @param time of the decision; absent when it rested on no record at all
    /// @param unrendered why the message could not be rendered then; empty when it could
    record Decided(
            @Nullable Reason reason,
            List<Verdict> verdicts,
            @Nullable Instant time,
            String unrendered)
            implements MessageExplanation {
        public Decided {
            verdicts = List.copyOf(verdicts);
        }
    }

    /// It is open and was not decided yet.
    record Pending() implements MessageExplanation {}

    /// It settled before anything was decided: cancelled, expired or given up.
    record NeverDecided() implements MessageExplanation {}

    /// It was excluded as its broadcast was written, without a decision: another member is written
    /// to at the same address, or as the same person.
    ///
    /// @param writtenInstead full name of the profile that is; empty when it exists no longer
    record Duplicate(String writtenInstead) implements MessageExplanation {}

    /// The person was erased, and with them what was decided and why.
    ///
    /// @param reason why they were excluded; absent when they were not
    record Erased(@Nullable Reason reason) implements MessageExplanation {}
}
