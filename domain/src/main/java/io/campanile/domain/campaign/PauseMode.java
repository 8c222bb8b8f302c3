package io.campanile.domain.campaign;

/// What a paused campaign does with triggers.
public enum PauseMode {
    /// Accepts them; their messages wait until the campaign resumes or they expire.
    HOLD,
    /// Refuses them.
    REFUSE
}
