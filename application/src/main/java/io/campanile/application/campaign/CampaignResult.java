package io.campanile.application.campaign;

import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignCommand.Action;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.Refusal;

/// What a changing call on a campaign came to.
public sealed interface CampaignResult {
    /// Done, now or by an earlier call with the same request id; with `validate_only`, what would
    /// be.
    record Done(Campaign campaign) implements CampaignResult {}

    /// Paused; with `validate_only`, what would be.
    ///
    /// @param held messages that wait until somebody resumes or stops it
    /// @param inHandOver messages in `SENDING`, which may still go out
    record Paused(Campaign campaign, long held, long inHandOver) implements CampaignResult {}

    /// The campaign is gone.
    record Deleted() implements CampaignResult {}

    record NotFound(CampaignName name) implements CampaignResult {}

    record RevisionNotFound(CampaignName name, int revision) implements CampaignResult {}

    /// The id is taken.
    record Exists(CampaignName name) implements CampaignResult {}

    /// Somebody else was faster.
    record EtagMismatch(Campaign current) implements CampaignResult {}

    /// The campaign does not allow it; nothing changed.
    record Refused(Campaign campaign, Action action, Refusal refusal) implements CampaignResult {}

    /// The request id belongs to another request.
    record RequestIdReused(String requestId) implements CampaignResult {}
}
