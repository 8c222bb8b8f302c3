package io.campanile.application.campaign;

import io.campanile.domain.campaign.Campaign;

/// What pausing a campaign came to.
public sealed interface PauseResult {
    /// Paused; with `validate_only`, what would be.
    ///
    /// @param held messages that wait until somebody resumes or stops it
    /// @param inHandOver messages in `SENDING`, which may still go out
    record Paused(Campaign campaign, long held, long inHandOver) implements PauseResult {}

    record NotPaused(CampaignResult.NotDone why) implements PauseResult {}
}
