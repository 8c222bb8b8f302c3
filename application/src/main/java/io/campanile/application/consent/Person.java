package io.campanile.application.consent;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;

/// How a caller names the one whose consent it is about.
public sealed interface Person {
    /// A profile by its id.
    record ByProfile(ProfileId id) implements Person {}

    /// Whoever the identity points at.
    record ByIdentity(Identity identity) implements Person {}

    /// Whoever the identity in an unsubscribe link points at.
    record ByLink(Identity identity) implements Person {}

    /// An address, whoever it belongs to.
    record ByAddress(EmailAddress address) implements Person {}
}
