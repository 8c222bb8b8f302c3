package io.campanile.application.eligibility.port;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Somebody to be decided about.
///
/// @param occasion what the message is
/// @param ruleSets the ids of the rule sets that its campaign names
/// @param identity in the form keys are compared in; may point at nobody
/// @param message what it is; absent for one that does not exist
public record Subject(
        Occasion occasion,
        List<String> ruleSets,
        Identity identity,
        EmailAddress address,
        @Nullable MessageId message) {
    public Subject {
        ruleSets = List.copyOf(ruleSets);
        identity = identity.comparable();
    }
}
