package io.campanile.application.trigger;

import io.campanile.application.trigger.port.IntakeResult;

/// What became of one trigger in the intake.
sealed interface IntakeOutcome {
    /// What the store said.
    record Answered(IntakeResult result) implements IntakeOutcome {}

    /// It was not taken: nothing was stored, as far as is known.
    ///
    /// @param why for the caller
    record Failed(TriggerResult.NotTaken why) implements IntakeOutcome {}
}
