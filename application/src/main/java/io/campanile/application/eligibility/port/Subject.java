package io.campanile.application.eligibility.port;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileLookup;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Somebody to be decided about.
///
/// @param occasion what the message is
/// @param ruleSets the ids of the rule sets that its campaign names
/// @param identity in the form keys are compared in; may point at nobody
/// @param address where the call sends it; absent when it leaves that to the profile
/// @param addressField which attribute the channel configuration takes the address from otherwise,
///   by dotted path; empty for none
/// @param overlay what the call lays over the attributes of the profile, and so over that one, for
///   this message only
/// @param readsProfile whether the content names anything of the profile
/// @param message what it is; absent for one that does not exist
public record Subject(
        Occasion occasion,
        List<String> ruleSets,
        Identity identity,
        @Nullable EmailAddress address,
        String addressField,
        Attributes overlay,
        boolean readsProfile,
        @Nullable MessageId message) {
    /// Somebody to be written to by a channel configuration that takes addresses from no attribute,
    /// and by a call that says nothing else of them.
    public Subject(
            Occasion occasion,
            List<String> ruleSets,
            Identity identity,
            @Nullable EmailAddress address,
            boolean readsProfile,
            @Nullable MessageId message) {
        this(occasion, ruleSets, identity, address, "", Attributes.NONE, readsProfile, message);
    }

    public Subject {
        ruleSets = List.copyOf(ruleSets);
        identity = identity.comparable();
    }

    /// Whether somebody may be known by the identity.
    public boolean mayBeKnown() {
        return occasion.profileLookup() != ProfileLookup.NONE;
    }

    /// Whether more of the person is needed than what they said.
    public boolean needsPerson() {
        return switch (occasion.profileLookup()) {
            case NONE -> false;
            case IF_KNOWN -> readsProfile || address == null;
            case REQUIRED, CREATE -> true;
        };
    }
}
