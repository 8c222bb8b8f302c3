package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a person is recognised by, wherever something is stored of them.
///
/// @param identities as they are stored
/// @param addresses in the form addresses are compared in, and in its order: whoever locks them
///   does so in the order of all others
/// @param addressFields which attributes hold addresses in the workspace, by dotted path
public record PersonNames(
        ProfileId profile,
        WorkspaceId workspace,
        Set<Identity> identities,
        Set<EmailAddress> addresses,
        Set<String> addressFields) {
    public PersonNames {
        identities = Collections.unmodifiableSet(new LinkedHashSet<>(identities));
        addresses = Collections.unmodifiableSet(new LinkedHashSet<>(addresses));
        addressFields = Set.copyOf(addressFields);
    }

    /// All identities and addresses of somebody.
    ///
    /// @param addressFields which attributes hold addresses, by dotted path
    public static PersonNames of(Profile person, Collection<String> addressFields) {
        return new PersonNames(
                person.id(),
                person.workspace(),
                new LinkedHashSet<>(person.identities()),
                new LinkedHashSet<>(addressesOf(person, addressFields)),
                Set.copyOf(addressFields));
    }

    /// Present and former addresses in order, each with the time from which on what is stored under
    /// it may be somebody else's: for a present one, never.
    public SortedMap<EmailAddress, Instant> addressesAnd(Collection<FormerAddress> former) {
        var until = new TreeMap<EmailAddress, Instant>(Comparator.comparing(EmailAddress::value));
        former.forEach(each -> until.put(each.address(), each.until()));
        addresses.forEach(address -> until.put(address, Instant.MAX));
        return until;
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
        return "PersonNames[" + profile + "]";
    }
}
