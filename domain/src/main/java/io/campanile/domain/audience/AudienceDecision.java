package io.campanile.domain.audience;

import io.campanile.domain.use.Uses;

import java.util.List;

/// What a call on an audience comes to.
public sealed interface AudienceDecision {
    /// The audience as it is from now on.
    record Changed(Audience audience) implements AudienceDecision {}

    /// The audience is to be removed.
    record Deleted() implements AudienceDecision {}

    /// The audience cannot do what was asked.
    ///
    /// @param text what is in the way, one sentence
    /// @param whatToDo how to get there, one sentence
    /// @param uses the campaigns that are in the way
    /// @param askers the audiences whose rules are in the way
    record Refused(
            Reason reason, String text, String whatToDo, Uses uses, List<AudienceName> askers)
            implements AudienceDecision {
        public Refused {
            askers = List.copyOf(askers);
        }

        Refused(Reason reason, String text, String whatToDo) {
            this(reason, text, whatToDo, Uses.NONE, List.of());
        }
    }

    /// The reason's name, the same in the API.
    enum Reason {
        /// It has listed members.
        AUDIENCE_HAS_MEMBERS,
        /// A rule says who is in it.
        AUDIENCE_HAS_RULE,
        /// Campaigns or rules name it.
        AUDIENCE_IN_USE
    }
}
