package io.campanile.application.consent;

import io.campanile.application.access.Changes;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.profile.port.Profiles;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What people refused who were erased since. It keeps counting for their addresses and identities,
/// until somebody agrees to the same again for one of these. Thread-safe.
public final class FormerDenials {
    private final Consents consents;
    private final Profiles profiles;
    private final FormerNames names;
    private final Changes changes;

    public FormerDenials(Consents consents, Profiles profiles, FormerNames names, Changes changes) {
        this.consents = consents;
        this.profiles = profiles;
        this.names = names;
        this.changes = changes;
    }

    /// Who a refusal is of that comes by the link in an old mail, when the identity in it points at
    /// nobody any more.
    ///
    /// @param identity in the form keys are compared in
    ConsentSubject subject(WorkspaceId workspace, Identity identity) {
        return new ConsentSubject.OfAddress(names.of(workspace, identity));
    }

    /// Lifts what a consent is the opposite of; does nothing for any other record. Within the
    /// transaction that adds the record.
    void liftedBy(ConsentRecord record) {
        if (record.state() == ConsentState.GRANTED) {
            names(record).forEach(name -> lift(name, record));
        }
    }

    /// As above, for many: those who lift nothing, as most, cost one look-up together.
    void liftedBy(Collection<ConsentRecord> records) {
        List<ConsentRecord> granted =
                records.stream().filter(record -> record.state() == ConsentState.GRANTED).toList();
        if (granted.isEmpty()) {
            return;
        }
        WorkspaceId workspace = granted.getFirst().workspace();
        Map<ConsentSubject, List<Identity>> identities = identities(workspace, granted);
        Map<ConsentRecord, Set<EmailAddress>> liftable = new HashMap<>();
        for (ConsentRecord record : granted) {
            liftable.put(record, liftable(record, identities));
        }
        Set<EmailAddress> denying =
                consents.denying(
                        workspace,
                        liftable.values().stream()
                                .flatMap(Set::stream)
                                .collect(Collectors.toSet()));
        granted.stream()
                .filter(record -> !Collections.disjoint(liftable.get(record), denying))
                .forEach(this::liftedBy);
    }

    private Map<ConsentSubject, List<Identity>> identities(
            WorkspaceId workspace, List<ConsentRecord> records) {
        Set<ProfileId> ids = new HashSet<>();
        for (ConsentRecord record : records) {
            if (record.subject() instanceof ConsentSubject.OfProfile(var id)) {
                ids.add(id);
            }
        }
        return profiles.find(workspace, ids, List.of()).stream()
                .collect(
                        Collectors.toMap(
                                person -> new ConsentSubject.OfProfile(person.id()),
                                Profile::identities));
    }

    private Set<EmailAddress> liftable(
            ConsentRecord record, Map<ConsentSubject, List<Identity>> identities) {
        WorkspaceId workspace = record.workspace();
        return switch (record.subject()) {
            case ConsentSubject.OfAddress(var address) ->
                    Set.of(names.of(workspace, address), names.of(workspace, Identity.of(address)));
            case ConsentSubject.OfProfile person ->
                    identities.getOrDefault(person, List.of()).stream()
                            .map(identity -> names.of(workspace, identity.comparable()))
                            .collect(Collectors.toSet());
        };
    }

    /// Nobody knows any more whether what stands under the name of an address was said about the
    /// address, so that the word of a person does not lift it, even where they are known by that
    /// very address: before the erasure it would not have lifted it either.
    private List<EmailAddress> names(ConsentRecord record) {
        return switch (record.subject()) {
            case ConsentSubject.OfAddress(var address) ->
                    List.of(
                            names.of(record.workspace(), address),
                            names.of(record.workspace(), Identity.of(address)));
            case ConsentSubject.OfProfile(var id) ->
                    profiles.find(record.workspace(), id).stream().flatMap(this::names).toList();
        };
    }

    private Stream<EmailAddress> names(Profile person) {
        return person.identities().stream()
                .map(Identity::comparable)
                .map(identity -> names.of(person.workspace(), identity));
    }

    private void lift(EmailAddress name, ConsentRecord granted) {
        var subject = new ConsentSubject.OfAddress(name);
        Optional<ConsentRecord> denied =
                ConsentRecord.ofLevel(granted.level(), consents.lock(granted.workspace(), subject))
                        .filter(counting -> counting.state() == ConsentState.DENIED);
        denied.flatMap(_ -> consents.newest(granted.workspace(), subject, granted.level()))
                .ifPresent(newest -> lift(name, granted, newest));
    }

    /// A yes of before, which was brought over since, lifts nothing.
    private void lift(EmailAddress name, ConsentRecord granted, ConsentRecord newest) {
        ConsentRecord lifting =
                granted.about(name, new ConsentRecordId(changes.newId())).saidAfter(newest);
        if (lifting.time().isAfter(newest.time())) {
            consents.add(lifting, true);
        }
    }
}
