package io.campanile.domain.audience;

/// What a call on an audience comes to.
public sealed interface AudienceDecision {
    /// The audience as it is from now on.
    record Changed(Audience audience) implements AudienceDecision {}

    /// The audience cannot do what was asked.
    ///
    /// @param text what is in the way, one sentence
    /// @param whatToDo how to get there, one sentence
    record Refused(Reason reason, String text, String whatToDo) implements AudienceDecision {}

    /// The reason's name, the same in the API.
    enum Reason {
        /// It has listed members.
        AUDIENCE_HAS_MEMBERS,
        /// A rule says who is in it.
        AUDIENCE_HAS_RULE
    }
}
