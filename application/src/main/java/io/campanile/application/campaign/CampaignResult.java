package io.campanile.application.campaign;

import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignCommand.Action;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.CampaignRefusal;

/// What a changing call on a campaign came to.
public sealed interface CampaignResult {
    /// Done, now or by an earlier call with the same request id; with `validate_only`, what would
    /// be. One that was deleted is answered as it was.
    record Done(Campaign campaign) implements CampaignResult {}

    /// Why it was not done. Nothing changed.
    sealed interface NotDone extends CampaignResult {}

    record NotFound(CampaignName name) implements NotDone {}

    record RevisionNotFound(CampaignName name, int revision) implements NotDone {}

    /// The id is taken.
    record Exists(CampaignName name) implements NotDone {}

    /// Somebody else was faster.
    record EtagMismatch(Campaign current) implements NotDone {}

    /// The campaign does not allow it; nothing changed.
    record Refused(Campaign campaign, Action action, CampaignRefusal refusal) implements NotDone {}

    /// The request id belongs to another request, which made or changed the resource of that name.
    record RequestIdReused(String requestId, String resource) implements NotDone {}
}
