package io.campanile.application.eligibility;

import io.campanile.application.campaign.ReviewCampaign;
import io.campanile.application.campaign.ReviewCampaign.Reviewed;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.CampaignReview;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.content.Finding;
import io.campanile.domain.eligibility.Occasion;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reviews a campaign for those who ask. Besides what activation reviews, it asks what activation
/// has no time for, if nothing keeps the campaign from going live: whether the rule of the audience
/// matches anybody, and whether anybody of the audience would be written to. Changes nothing.
/// Thread-safe.
public final class ReviewReach {
    private final ReviewCampaign reviews;
    private final AudienceForecast forecast;
    private final LongCalls reads;

    public ReviewReach(ReviewCampaign reviews, AudienceForecast forecast, LongCalls reads) {
        this.reviews = reviews;
        this.forecast = forecast;
        this.reads = reads;
    }

    /// The findings; nothing when there is no such campaign. Blocks.
    ///
    /// @throws io.campanile.application.share.LongCallsFull when too many count at once
    /// @throws io.campanile.application.audience.AudienceTooSlow when the rule of its audience
    ///   takes too long
    public Optional<List<Finding>> review(CampaignName name) {
        return reads.inTurn(name.workspace(), () -> reviewed(name));
    }

    private Optional<List<Finding>> reviewed(CampaignName name) {
        return reviews.review(name)
                .map(reviewed ->
                        Stream.concat(reviewed.findings().stream(), members(reviewed).stream())
                                .toList());
    }

    private Optional<Finding> members(Reviewed reviewed) {
        if (reviewed.audience() == null
                || reviewed.findings().stream().anyMatch(Finding::isError)) {
            return Optional.empty();
        }
        Audience audience = reviewed.audience().audience();
        return audience.isByRule() && forecast.isEmpty(audience)
                ? Optional.of(CampaignReview.matchesNobody(audience.name()))
                : unreached(reviewed, audience);
    }

    private Optional<Finding> unreached(Reviewed reviewed, Audience audience) {
        ChannelConfiguration configuration = reviewed.configuration();
        if (configuration == null) {
            return Optional.empty();
        }
        Occasion occasion =
                Occasion.ofEmail(
                        reviewed.campaign().name().workspace(),
                        reviewed.campaign().header().category(),
                        reviewed.definition(),
                        configuration.definition().bypassesComplaints());
        return forecast.of(
                        audience,
                        reviewed.definition().identityNamespace(),
                        Mailing.of(reviewed.definition(), occasion, configuration),
                        configuration.definition().retryWindow())
                .finding(audience.name().audience());
    }
}
