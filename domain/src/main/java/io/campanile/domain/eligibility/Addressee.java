package io.campanile.domain.eligibility;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Who a message is for and where it would go.
///
/// @param person absent when nobody was looked up, or the identity points at nobody
/// @param address absent when neither the call nor the profile has one
/// @param malformed the field that decides, but holds something that is no address; empty when
///   there is none
/// @param overlaid whether what counts is a field as the call lays it over the profile
public record Addressee(
        @Nullable KnownPerson person,
        @Nullable EmailAddress address,
        String malformed,
        boolean overlaid) {
    public Addressee {
        if (!malformed.isEmpty() && address != null) {
            throw new IllegalArgumentException("malformed, and yet an address");
        }
        if (!malformed.isEmpty() && person == null && !overlaid) {
            throw new IllegalArgumentException("malformed in a field of nobody");
        }
    }

    /// Somebody none of whose fields holds what it should not.
    public Addressee(@Nullable KnownPerson person, @Nullable EmailAddress address) {
        this(person, address, "", false);
    }

    /// The person, if there is one, at the first of these addresses: the one in the call, the one
    /// that a field of theirs holds, the first of their own, and the identity where it is an
    /// address.
    ///
    /// @param overlay what the call lays over the attributes of the profile, for this message only
    public static Addressee of(
            @Nullable KnownPerson person,
            Identity identity,
            @Nullable EmailAddress ofCall,
            AddressFields fields,
            Attributes overlay) {
        if (ofCall != null) {
            return new Addressee(person, ofCall);
        }
        ProfileDetails details = person == null ? ProfileDetails.NONE : person.details();
        return fields.held(details.attributes(), overlay)
                .map(held -> underField(person, held))
                .orElseGet(() ->
                        new Addressee(
                                person,
                                details.emailAddress().or(identity::emailAddress).orElse(null)));
    }

    /// What is no address is not passed over: the message might go where it must not.
    private static Addressee underField(@Nullable KnownPerson person, AddressFields.Held held) {
        Optional<EmailAddress> address =
                held.value() instanceof String text ? EmailAddress.parse(text) : Optional.empty();
        return new Addressee(
                person,
                address.orElse(null),
                address.isPresent() ? "" : held.field(),
                held.ofCall());
    }

    /// The full name of whoever has a field that holds no address.
    String owner(WorkspaceId workspace) {
        if (person == null) {
            throw new IllegalStateException("a field of nobody");
        }
        return person.id().nameIn(workspace);
    }

    /// Whether the address of the call is all there is: whoever knows the message knows it.
    boolean isOfCallOnly() {
        return person == null && address != null && !overlaid;
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
