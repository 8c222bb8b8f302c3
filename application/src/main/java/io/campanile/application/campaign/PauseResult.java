package io.campanile.application.campaign;

import io.campanile.domain.campaign.Campaign;

import java.util.OptionalLong;

/// What pausing a campaign came to.
public sealed interface PauseResult {
    /// Paused; with `validate_only`, what would be.
    ///
    /// @param held messages that wait until somebody resumes or stops it; nothing where they were
    ///   too many to be counted in time
    /// @param inHandOver messages in `SENDING`, which may still go out
    record Paused(Campaign campaign, OptionalLong held, long inHandOver) implements PauseResult {}

    record NotPaused(CampaignResult.NotDone why) implements PauseResult {}
}
