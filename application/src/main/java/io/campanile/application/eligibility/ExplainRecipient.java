package io.campanile.application.eligibility;

import io.campanile.application.campaign.CampaignLookup;
import io.campanile.application.campaign.CampaignSnapshot;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.trigger.Admission;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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
        return switch (campaigns.find(name)) {
            case CampaignLookup.Unknown _ -> new ExplainResult.CampaignUnknown(name);
            case CampaignLookup.NeverActivated _ -> new ExplainResult.CampaignNeverActivated(name);
            case CampaignLookup.Found(var campaign) -> explain(campaign, recipient, at);
        };
    }

    private ExplainResult explain(
            CampaignSnapshot campaign, Recipient recipient, @Nullable Instant at) {
        Optional<FieldViolation> wrong =
                Admission.recipientViolation(recipient, campaign.definition());
        if (wrong.isPresent()) {
            return new ExplainResult.Invalid(wrong.get());
        }
        Instant time = at == null ? clock.instant() : at;
        Instant expireTime = Admission.expireTime(null, null, campaign.retryWindow(), time);
        List<Verdict> verdicts = eligibility.explain(subject(campaign, recipient), time);
        return new ExplainResult.Explained(
                verdicts.stream().map(verdict -> verdict.before(expireTime)).toList());
    }

    private static Subject subject(CampaignSnapshot campaign, Recipient recipient) {
        return new Subject(
                campaign.occasion(),
                campaign.definition().ruleSets(),
                recipient.identity(),
                Admission.address(recipient).orElse(null),
                campaign.addressField(),
                Attributes.of(recipient.profile()),
                campaign.contract().readsProfile(),
                null);
    }
}
