package io.campanile.application.consent;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

/// What an unsubscribe link says: who got which kind of message.
///
/// @param topic of the campaign; empty for none
public record UnsubscribeClaim(
        WorkspaceId workspace, Channel channel, String topic, Identity identity) {
    static final String SOURCE = "unsubscribe link";

    /// What following the link means unless the person says more.
    public Said denial() {
        var level = new ConsentLevel(channel, Purpose.MARKETING, topic);
        return new Said(level, ConsentState.DENIED, SOURCE, "");
    }
}
