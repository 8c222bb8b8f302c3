package io.campanile.application.eligibility.port;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;

/// Somebody to be decided about.
///
/// @param occasion what the message is
/// @param identity in the form keys are compared in; may point at nobody
public record Subject(Occasion occasion, Identity identity, EmailAddress address) {
    public Subject {
        identity = identity.comparable();
    }
}
