package io.campanile.domain.channel;

import java.time.Duration;
import java.time.Instant;

/// Sender, provider and limits of one channel in a workspace (Adobe: surface).
///
/// @param category the only category of campaigns it serves
/// @param retryWindow how long after acceptance a message may still be tried: its default expiry
/// @param addressField which attribute of people holds the address that it writes to, by dotted
///   path; empty for none
/// @param bypassesComplaints whether service messages go to whom a complaint alone suppresses
/// @param version raised by every change; the etag
public record ChannelConfiguration(
        ChannelConfigurationId id,
        ChannelConfigurationName name,
        String displayName,
        Category category,
        EmailSender sender,
        SmtpServer smtp,
        DeliveryLimits limits,
        RetryPolicy retry,
        Duration retryWindow,
        UnknownOutcomeRule unknownOutcome,
        String addressField,
        boolean bypassesComplaints,
        State state,
        long version,
        Instant createTime,
        Instant updateTime) {

    /// How long mail is tried for when nothing is said (RFC 5321, section 4.5.4.1, asks for days).
    public static final Duration USUAL_RETRY_WINDOW = Duration.ofHours(84);

    /// Where a channel configuration stands.
    public enum State {
        /// Being edited; no campaign can use it.
        DRAFT,
        ACTIVE,
        /// Hands nothing over; messages wait.
        PAUSED,
        /// Retired; campaigns cannot be activated with it.
        INACTIVE
    }

    public Channel channel() {
        return Channel.EMAIL;
    }

    /// This as a new configuration, a draft nobody has changed yet.
    public ChannelConfiguration created(Instant now) {
        return new ChannelConfiguration(
                id,
                name,
                displayName,
                category,
                sender,
                smtp,
                limits,
                retry,
                retryWindow,
                unknownOutcome,
                addressField,
                bypassesComplaints,
                State.DRAFT,
                1,
                now,
                now);
    }

    /// This with what can be edited taken from another.
    public ChannelConfiguration edited(ChannelConfiguration edit) {
        return new ChannelConfiguration(
                id,
                name,
                edit.displayName,
                category,
                edit.sender,
                edit.smtp,
                edit.limits,
                edit.retry,
                edit.retryWindow,
                edit.unknownOutcome,
                edit.addressField,
                edit.bypassesComplaints,
                state,
                version,
                createTime,
                updateTime);
    }

    /// The same in another state, as its next version.
    ChannelConfiguration changed(State newState, Instant now) {
        return new ChannelConfiguration(
                id,
                name,
                displayName,
                category,
                sender,
                smtp,
                limits,
                retry,
                retryWindow,
                unknownOutcome,
                addressField,
                bypassesComplaints,
                newState,
                version + 1,
                createTime,
                now);
    }
}
