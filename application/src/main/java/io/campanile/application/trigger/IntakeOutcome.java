package io.campanile.application.trigger;

import io.campanile.application.trigger.port.StoredExecution;

/// What became of one trigger in the intake.
sealed interface IntakeOutcome {
    /// Durable.
    record Stored() implements IntakeOutcome {}

    /// The request id was taken before; the digests decide what that means.
    record RequestIdTaken(StoredExecution original) implements IntakeOutcome {}

    record CampaignRefuses() implements IntakeOutcome {}

    /// The database refuses this request's data.
    record Poisoned() implements IntakeOutcome {}

    /// Not known to be stored.
    record Unavailable() implements IntakeOutcome {}

    /// Its deadline passed before it was begun.
    record TooLate() implements IntakeOutcome {}
}
