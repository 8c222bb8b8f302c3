package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A decision, with what it rests on.
///
/// @param time when it was made
public record Decided(Facts facts, Decision decision, Instant time) {
    /// What is kept of it.
    public DecisionRecord record() {
        return new DecisionRecord(facts, reason(), time);
    }

    /// What is kept of it when the message could not be rendered then.
    ///
    /// @param why with the variable that is to blame, and no value
    public DecisionRecord recordOfUnrendered(String why) {
        return new DecisionRecord(facts, reason(), time, why);
    }

    /// What is kept of the decision by which a message is handed over first. Nothing when it rests
    /// on no record: the explanation of a message that was handed over without one says exactly
    /// that.
    public @Nullable DecisionRecord recordOfFirst() {
        return facts.areNothing() ? null : record();
    }

    private @Nullable Reason reason() {
        return switch (decision) {
            case Decision.Deliver() -> null;
            case Decision.Exclude(var reason, _, _) -> reason;
            case Decision.Defer(_, var reason, _) -> reason;
        };
    }
}
