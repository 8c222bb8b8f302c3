package io.campanile.application.campaign;

/// What is known of a campaign by name.
public sealed interface CampaignLookup {
    /// Activated at some time; its state says what it is now.
    record Found(CampaignSnapshot snapshot) implements CampaignLookup {}

    /// A draft: there is nothing to trigger yet.
    record NeverActivated() implements CampaignLookup {}

    /// There is no such campaign.
    record Unknown() implements CampaignLookup {}
}
