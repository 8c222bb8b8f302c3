package io.campanile.domain.eligibility;

import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.workspace.WorkspaceId;

/// What a message is, as far as the rules ask for it.
///
/// @param topic of the campaign; empty for none
public record Occasion(WorkspaceId workspace, Channel channel, Purpose purpose, String topic) {
    /// What the messages of an email campaign are.
    public static Occasion ofEmail(WorkspaceId workspace, Category category, String topic) {
        return new Occasion(workspace, Channel.EMAIL, Purpose.of(category), topic);
    }

    /// Whether whoever gets it is told how to get no more.
    public boolean hasUnsubscribeLink() {
        return purpose == Purpose.MARKETING;
    }

    boolean isCoveredBy(Consent consent) {
        return consent.level().covers(channel, purpose, topic);
    }
}
