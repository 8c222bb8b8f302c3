package io.campanile.application.eligibility;

import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.Recipient;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/// Says what would become of a message to somebody, and why. Sends and stores nothing. Thread-safe.
public final class ExplainRecipient {
    private final CampaignSnapshots campaigns;
    private final DecideRecipients eligibility;
    private final InstantSource clock;

    public ExplainRecipient(
            CampaignSnapshots campaigns, DecideRecipients eligibility, InstantSource clock) {
        this.campaigns = campaigns;
        this.eligibility = eligibility;
        this.clock = clock;
    }

    /// Explains what the live revision of a campaign would mean for a recipient. Blocks.
    ///
    /// @param at when they would be written to; now when absent
    public ExplainResult explain(CampaignName name, Recipient recipient, @Nullable Instant at) {
        return explain(
                name,
                campaign ->
                        Admission.recipientViolation(recipient, campaign.definition())
                                .<ExplainResult>map(ExplainResult.Invalid::new)
                                .orElseGet(() ->
                                        explained(
                                                campaign,
                                                Mailing.of(campaign).recipient(recipient),
                                                at)));
    }

    /// Explains what a broadcast of the live revision would mean for the member whom the identity
    /// names. A broadcast carries no address for members, so an identity that is an address is
    /// taken last. Blocks.
    ///
    /// @param at when they would be written to; now when absent
    public ExplainResult explainMember(CampaignName name, Identity member, @Nullable Instant at) {
        return explain(
                name,
                campaign -> {
                    if (!campaign.category().takesAudiences()) {
                        return new ExplainResult.CampaignTransactional(name);
                    }
                    return Admission.identityViolation(member)
                            .<ExplainResult>map(ExplainResult.Invalid::new)
                            .orElseGet(() ->
                                    explained(campaign, Mailing.of(campaign).member(member), at));
                });
    }

    private ExplainResult explain(
            CampaignName name, Function<CampaignSnapshot, ExplainResult> explanation) {
        return switch (campaigns.find(name)) {
            case CampaignLookup.Unknown _ -> new ExplainResult.CampaignUnknown(name);
            case CampaignLookup.NeverActivated _ -> new ExplainResult.CampaignNeverActivated(name);
            case CampaignLookup.Found(var campaign) -> explanation.apply(campaign);
        };
    }

    private ExplainResult explained(
            CampaignSnapshot campaign, Subject subject, @Nullable Instant at) {
        Instant time = at == null ? clock.instant() : at;
        Instant expireTime = Admission.expireTime(null, null, campaign.retryWindow(), time);
        List<Verdict> verdicts = eligibility.explain(subject, time);
        return new ExplainResult.Explained(
                verdicts.stream().map(verdict -> verdict.before(expireTime)).toList());
    }
}
