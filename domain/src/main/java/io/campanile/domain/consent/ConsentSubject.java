package io.campanile.domain.consent;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.ProfileId;

/// Whose consent it is.
public sealed interface ConsentSubject {
    /// A person's, whatever address they are written to.
    record OfProfile(ProfileId profile) implements ConsentSubject {}

    /// An address's, whoever is written to there, in the form addresses are compared in.
    record OfAddress(EmailAddress address) implements ConsentSubject {
        public OfAddress {
            address = new EmailAddress(address.comparable());
        }
    }
}
