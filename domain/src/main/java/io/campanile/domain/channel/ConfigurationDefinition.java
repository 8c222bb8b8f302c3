package io.campanile.domain.channel;

import java.time.Duration;

/// What operators say about a channel configuration: how it sends, and what follows from attempts.
///
/// @param retryWindow how long after acceptance a message may still be tried: its default expiry
/// @param addressField which attribute of people holds the address that it writes to, by dotted
///   path; empty for none
/// @param bypassesComplaints whether service messages go to whom a complaint alone suppresses
public record ConfigurationDefinition(
        String displayName,
        EmailSender sender,
        SmtpServer smtp,
        DeliveryLimits limits,
        RetryPolicy retry,
        Duration retryWindow,
        UnknownOutcomeRule unknownOutcome,
        String addressField,
        boolean bypassesComplaints) {

    /// How long mail is tried for when nothing is said (RFC 5321, section 4.5.4.1, asks for days).
    public static final Duration USUAL_RETRY_WINDOW = Duration.ofHours(84);
}
