package io.campanile.application.trigger;

import io.campanile.application.trigger.port.StoredExecution;

/// What became of one trigger in the intake.
sealed interface IntakeOutcome {
    /// Durable.
    record Stored() implements IntakeOutcome {}

    /// Nothing was stored under it, as far as is known.
    sealed interface NotStored extends IntakeOutcome {}

    /// The request id was taken before; the digests decide what that means.
    record RequestIdTaken(StoredExecution original) implements NotStored {}

    record CampaignRefuses() implements NotStored {}

    /// The database refuses this request's data.
    record Poisoned() implements NotStored {}

    /// Not known to be stored.
    record Unavailable() implements NotStored {}

    /// Its deadline passed before it was begun.
    record TooLate() implements NotStored {}
}
