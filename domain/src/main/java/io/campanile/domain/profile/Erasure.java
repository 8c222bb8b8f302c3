package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A person to be forgotten, and what they are recognised by until that is done.
///
/// @param identities as they are stored
/// @param addresses in the form addresses are compared in, and in its order: whoever locks them
///   does so in the order of all others
/// @param time what was accepted later is about somebody new
public record Erasure(
        ProfileId profile,
        WorkspaceId workspace,
        Set<Identity> identities,
        Set<EmailAddress> addresses,
        Instant time) {
    public Erasure {
        identities = Collections.unmodifiableSet(new LinkedHashSet<>(identities));
        addresses = Collections.unmodifiableSet(new LinkedHashSet<>(addresses));
    }

    /// Forgets somebody under all their identities and addresses.
    public static Erasure of(Profile person, Instant now) {
        return new Erasure(
                person.id(),
                person.workspace(),
                new LinkedHashSet<>(person.identities()),
                new LinkedHashSet<>(addresses(person)),
                now);
    }

    private static List<EmailAddress> addresses(Profile person) {
        return Stream.concat(
                        person.details().emailAddresses().stream(),
                        person.identities().stream()
                                .filter(identity -> identity.namespace().equals(Identity.EMAIL))
                                .flatMap(identity -> EmailAddress.parse(identity.value()).stream()))
                .map(EmailAddress::comparable)
                .sorted()
                .map(EmailAddress::new)
                .toList();
    }

    @Override
    public String toString() {
        return "Erasure[" + profile + "]";
    }
}
