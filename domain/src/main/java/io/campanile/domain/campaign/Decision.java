package io.campanile.domain.campaign;

/// What a command comes to.
public sealed interface Decision {
    /// The campaign as it is from now on.
    record Changed(Campaign campaign) implements Decision {}

    /// It is as asked already.
    record Unchanged(Campaign campaign) implements Decision {}

    /// The campaign is to be removed.
    record Deleted() implements Decision {}

    /// A new campaign; the original stays as it is.
    record Duplicated(Campaign.Draft copy) implements Decision {}

    record Refused(Refusal refusal) implements Decision {}
}
