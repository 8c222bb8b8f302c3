package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
    /// A transaction that read the person before they were gone writes nothing after that.
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    public Erasure {
        identities = Collections.unmodifiableSet(new LinkedHashSet<>(identities));
        addresses = Collections.unmodifiableSet(new LinkedHashSet<>(addresses));
    }

    /// Forgets somebody under all their identities and addresses.
    ///
    /// @param addressFields which attributes hold addresses, by dotted path
    public static Erasure of(Profile person, Collection<String> addressFields, Instant now) {
        return new Erasure(
                person.id(),
                person.workspace(),
                new LinkedHashSet<>(person.identities()),
                new LinkedHashSet<>(addresses(person, addressFields)),
                now);
    }

    /// What was still being written about the person is earlier than this.
    public Instant end() {
        return time.plus(LONGEST_TRANSACTION);
    }

    private static List<EmailAddress> addresses(Profile person, Collection<String> fields) {
        return Stream.of(
                        person.details().emailAddresses().stream(),
                        person.identities().stream().flatMap(key -> key.emailAddress().stream()),
                        fields.stream().flatMap(field -> address(person, field).stream()))
                .flatMap(Function.identity())
                .map(EmailAddress::comparable)
                .sorted()
                .map(EmailAddress::new)
                .toList();
    }

    private static Optional<EmailAddress> address(Profile person, String field) {
        return person.details()
                .attributes()
                .at(field)
                .flatMap(value ->
                        value instanceof String text ? EmailAddress.parse(text) : Optional.empty());
    }

    @Override
    public String toString() {
        return "Erasure[" + profile + "]";
    }
}
