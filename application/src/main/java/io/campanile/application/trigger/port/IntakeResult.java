package io.campanile.application.trigger.port;

/// What became of one execution of a batch.
public sealed interface IntakeResult {
    /// Committed.
    record Stored() implements IntakeResult {}

    /// The request id is taken, by an earlier call or one of another node; nothing was stored. The
    /// caller compares the digests.
    record RequestIdTaken(StoredExecution original) implements IntakeResult {}

    /// The campaign's control row does not accept triggers (any more), or not by this revision.
    record CampaignRefuses() implements IntakeResult {}
}
