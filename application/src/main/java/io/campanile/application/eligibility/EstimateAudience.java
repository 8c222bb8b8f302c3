package io.campanile.application.eligibility;

import io.campanile.application.audience.AudienceTooSlow;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.eligibility.AudienceEstimate;

import org.jspecify.annotations.Nullable;

/// Says how many people an audience would reach, and why not the others: counted, and decided about
/// a sample as delivery would. Sends and stores nothing. Thread-safe.
public final class EstimateAudience {
    private final Audiences audiences;
    private final CampaignSnapshots campaigns;
    private final AudienceForecast forecast;
    private final LongCalls reads;

    public EstimateAudience(
            Audiences audiences,
            CampaignSnapshots campaigns,
            AudienceForecast forecast,
            LongCalls reads) {
        this.audiences = audiences;
        this.campaigns = campaigns;
        this.forecast = forecast;
        this.reads = reads;
    }

    /// What an estimate came to.
    public sealed interface Result {
        record Estimated(AudienceEstimate estimate) implements Result {}

        /// Why there is none.
        sealed interface NotEstimated extends Result {}

        record AudienceUnknown(AudienceName name) implements NotEstimated {}

        record CampaignUnknown(CampaignName name) implements NotEstimated {}

        /// It has never been activated, so that nobody can be written to.
        record CampaignNeverActivated(CampaignName name) implements NotEstimated {}

        /// The campaign is transactional, and those are not for audiences.
        record Transactional(CampaignName name) implements NotEstimated {}
    }

    /// Estimates what a campaign's live revision would come to now. Blocks.
    ///
    /// @param campaign need not name the audience; absent when only the members are to be counted
    /// @throws io.campanile.application.share.LongCallsFull when too many count at once
    /// @throws AudienceTooSlow when the rule of the audience takes too long
    public Result estimate(AudienceName name, @Nullable CampaignName campaign) {
        return reads.inTurn(name.workspace(), () -> estimated(name, campaign));
    }

    private Result estimated(AudienceName name, @Nullable CampaignName campaign) {
        return audiences
                .find(name)
                .map(audience ->
                        campaign == null
                                ? new Result.Estimated(counted(audience))
                                : estimate(audience, campaign))
                .orElseGet(() -> new Result.AudienceUnknown(name));
    }

    private AudienceEstimate counted(Audience audience) {
        return AudienceEstimate.ofNobody(
                AudienceTooSlow.reading(audience, () -> audiences.count(audience)));
    }

    private Result estimate(Audience audience, CampaignName campaign) {
        return switch (campaigns.find(campaign)) {
            case CampaignLookup.Unknown _ -> new Result.CampaignUnknown(campaign);
            case CampaignLookup.NeverActivated _ -> new Result.CampaignNeverActivated(campaign);
            case CampaignLookup.Found(var found) when !found.category().takesAudiences() ->
                    new Result.Transactional(campaign);
            case CampaignLookup.Found(var found) -> new Result.Estimated(estimate(audience, found));
        };
    }

    private AudienceEstimate estimate(Audience audience, CampaignSnapshot campaign) {
        return forecast.of(
                audience,
                campaign.definition().identityNamespace(),
                Mailing.of(campaign),
                campaign.retryWindow());
    }
}
