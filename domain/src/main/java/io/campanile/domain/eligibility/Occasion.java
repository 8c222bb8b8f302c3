package io.campanile.domain.eligibility;

import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.suppression.SuppressionFact;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

/// What a message is, as far as the rules ask for it.
///
/// @param topic of the campaign; empty for none
/// @param profileLookup what becomes of a recipient's identity
/// @param bypassesComplaints whether it goes to whom a complaint alone suppresses; only a service
///   message does
public record Occasion(
        WorkspaceId workspace,
        Channel channel,
        Purpose purpose,
        String topic,
        ProfileLookup profileLookup,
        boolean bypassesComplaints) {
    public Occasion {
        bypassesComplaints = bypassesComplaints && purpose == Purpose.SERVICE;
    }

    /// A message that uses what is known of the person, and that every suppression holds back.
    public Occasion(WorkspaceId workspace, Channel channel, Purpose purpose, String topic) {
        this(workspace, channel, purpose, topic, ProfileLookup.IF_KNOWN, false);
    }

    /// What the messages of an email campaign are.
    ///
    /// @param bypassesComplaints whether its channel configuration does
    public static Occasion ofEmail(
            WorkspaceId workspace,
            Category category,
            CampaignDefinition definition,
            boolean bypassesComplaints) {
        return new Occasion(
                workspace,
                Channel.EMAIL,
                Purpose.of(category),
                definition.topic(),
                definition.profileLookup(),
                bypassesComplaints);
    }

    /// Whether rules apply to it that service messages know nothing of.
    public boolean isMarketing() {
        return purpose == Purpose.MARKETING;
    }

    /// Whether whoever gets it is told how to get no more.
    public boolean hasUnsubscribeLink() {
        return isMarketing();
    }

    /// Whether such a suppression does not hold it back.
    boolean bypasses(SuppressionFact entry) {
        return bypassesComplaints && couldBypass(entry);
    }

    /// Whether it would not, if its channel configuration said so.
    boolean couldBypass(SuppressionFact entry) {
        return purpose == Purpose.SERVICE && entry.reason() == SuppressionReason.COMPLAINT;
    }

    /// The one of two suppressions of an address, known by two names, that decides: what is not
    /// bypassed, then what has an effect for longer.
    public SuppressionFact deciding(SuppressionFact entry, @Nullable SuppressionFact other) {
        if (other == null || bypasses(other) != bypasses(entry)) {
            return other == null || bypasses(other) ? entry : other;
        }
        return entry.orLonger(other);
    }

    boolean isCoveredBy(Consent consent) {
        return consent.level().covers(channel, purpose, topic);
    }
}
