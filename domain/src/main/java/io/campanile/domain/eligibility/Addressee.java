package io.campanile.domain.eligibility;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.ProfileDetails;

import org.jspecify.annotations.Nullable;

/// Who a message is for and where it would go.
///
/// @param person absent when nobody was looked up, or the identity points at nobody
/// @param address absent when neither the call nor the profile has one
public record Addressee(@Nullable KnownPerson person, @Nullable EmailAddress address) {
    /// Whoever is there under the address of the call; without one, under their own.
    public static Addressee of(@Nullable KnownPerson person, @Nullable EmailAddress ofCall) {
        if (ofCall != null || person == null) {
            return new Addressee(person, ofCall);
        }
        return new Addressee(person, person.details().emailAddress().orElse(null));
    }

    /// Whether nothing but the call says where the message would go.
    boolean isOfCallOnly() {
        return person == null && address != null;
    }

    /// Where a message goes that was not excluded.
    public EmailAddress requiredAddress() {
        if (address == null) {
            throw new IllegalStateException("sent although no address is known");
        }
        return address;
    }

    /// What is known of the person; nothing of a stranger.
    public ProfileDetails details() {
        return person == null ? ProfileDetails.NONE : person.details();
    }
}
