package io.campanile.domain.campaign;

/// What a command comes to.
public sealed interface CampaignDecision {
    /// The campaign as it is from now on.
    record Changed(Campaign campaign) implements CampaignDecision {}

    /// It is as asked already.
    record Unchanged(Campaign campaign) implements CampaignDecision {}

    /// The campaign is to be removed.
    record Deleted() implements CampaignDecision {}

    /// A new campaign; the original stays as it is.
    record Duplicated(Campaign.Draft copy) implements CampaignDecision {}

    record Refused(CampaignRefusal refusal) implements CampaignDecision {}
}
