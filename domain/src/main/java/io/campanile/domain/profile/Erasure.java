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
/// @param addressFields which attributes hold addresses in the workspace, by dotted path
/// @param time when the person was gone, by the clock of the node that erased them
public record Erasure(
        ProfileId profile,
        WorkspaceId workspace,
        Set<Identity> identities,
        Set<EmailAddress> addresses,
        Set<String> addressFields,
        Instant time) {
    /// A transaction that read the person before they were gone writes nothing after that.
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    /// A node whose clock is further from the database's does not start.
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    public Erasure {
        identities = Collections.unmodifiableSet(new LinkedHashSet<>(identities));
        addresses = Collections.unmodifiableSet(new LinkedHashSet<>(addresses));
        addressFields = Set.copyOf(addressFields);
    }

    /// Somebody in whose workspace no attribute holds addresses.
    public Erasure(
            ProfileId profile,
            WorkspaceId workspace,
            Set<Identity> identities,
            Set<EmailAddress> addresses,
            Instant time) {
        this(profile, workspace, identities, addresses, Set.of(), time);
    }

    /// Forgets somebody under all their identities and addresses.
    ///
    /// @param addressFields which attributes hold addresses, by dotted path
    public static Erasure of(Profile person, Collection<String> addressFields, Instant now) {
        return new Erasure(
                person.id(),
                person.workspace(),
                new LinkedHashSet<>(person.identities()),
                new LinkedHashSet<>(addressesOf(person, addressFields)),
                Set.copyOf(addressFields),
                now);
    }

    /// Whether an address of theirs is what a call lays over an attribute that holds addresses.
    ///
    /// @param overlay what the call lays over the attributes of a profile
    public boolean isAddressedBy(Attributes overlay) {
        return addressFields.stream()
                .flatMap(field -> address(overlay, field).stream())
                .map(address -> new EmailAddress(address.comparable()))
                .anyMatch(addresses::contains);
    }

    /// What was counted of the person, by whatever node's clock, was counted before this.
    public Instant end() {
        return time.plus(MOST_SKEW.multipliedBy(2)).plus(LONGEST_TRANSACTION);
    }

    /// The end of the messages that may be about the person, by the times in their ids. Each node
    /// makes these by its own clock, so the database's clock alone is not enough.
    ///
    /// @param now by the database's clock, when the person has gone
    /// @param newest the time in the id of the newest message there is
    public static Instant endOfMessages(Instant now, Instant newest) {
        Instant most = now.plus(MOST_SKEW);
        Instant latest = newest.isAfter(most) ? most : newest;
        return (latest.isAfter(now) ? latest : now).plus(LONGEST_TRANSACTION);
    }

    /// All addresses of somebody, in the form addresses are compared in, and in its order.
    ///
    /// @param fields which attributes hold addresses, by dotted path
    public static List<EmailAddress> addressesOf(Profile person, Collection<String> fields) {
        return Stream.of(
                        person.details().emailAddresses().stream(),
                        person.identities().stream().flatMap(key -> key.emailAddress().stream()),
                        fields.stream()
                                .flatMap(field ->
                                        address(person.details().attributes(), field).stream()))
                .flatMap(Function.identity())
                .map(EmailAddress::comparable)
                .sorted()
                .map(EmailAddress::new)
                .toList();
    }

    private static Optional<EmailAddress> address(Attributes attributes, String field) {
        return attributes
                .at(field)
                .flatMap(value ->
                        value instanceof String text ? EmailAddress.parse(text) : Optional.empty());
    }

    @Override
    public String toString() {
        return "Erasure[" + profile + "]";
    }
}
