package io.campanile.application.consent;

import io.campanile.application.access.Changes;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.profile.StrangerDenials;
import io.campanile.application.profile.port.Profiles;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Refusals of people whom nobody knows, because they were erased or never had a profile. A refusal
/// counts for their addresses and identities, and for the person whom such an identity later points
/// at, until the same is granted again for one of these. Thread-safe.
public final class FormerDenials implements StrangerDenials {
    private final Consents consents;
    private final Profiles profiles;
    private final Pseudonyms names;
    private final Changes changes;

    public FormerDenials(Consents consents, Profiles profiles, Pseudonyms names, Changes changes) {
        this.consents = consents;
        this.profiles = profiles;
        this.names = names;
        this.changes = changes;
    }

    /// Whose a refusal is that comes by the link in a mail, after the identity in the link seemed
    /// to point at nobody. Until the end of the transaction nobody can make the identity point at
    /// anybody.
    ///
    /// @param identity in the form keys are compared in
    ConsentSubject lockSubject(WorkspaceId workspace, Identity identity) {
        return profiles.lock(workspace, List.of(identity)).stream()
                .findFirst()
                .<ConsentSubject>map(person -> new ConsentSubject.OfProfile(person.id()))
                .orElseGet(() -> new ConsentSubject.OfAddress(names.of(workspace, identity)));
    }

    /// Under which names refusals may be kept that count for somebody as well, besides what they
    /// said.
    List<ConsentSubject> subjects(WorkspaceId workspace, Person person) {
        List<EmailAddress> former =
                switch (person) {
                    case Person.ByIdentity(var identity) -> List.of(names.of(workspace, identity));
                    case Person.ByLink(var identity) -> List.of(names.of(workspace, identity));
                    case Person.ByAddress(var address) ->
                            List.of(
                                    names.of(workspace, address),
                                    names.of(workspace, Identity.of(address)));
                    case Person.ByProfile(var id) ->
                            profiles.find(workspace, id).stream()
                                    .map(Profile::identities)
                                    .flatMap(Collection::stream)
                                    .map(identity -> names.of(workspace, identity.comparable()))
                                    .toList();
                };
        return former.stream().<ConsentSubject>map(ConsentSubject.OfAddress::new).toList();
    }

    /// What is to be locked together before a refusal by a link is recorded: all that
    /// [#keepForAddressOf] looks at.
    ///
    /// @param subject whose refusal it is
    Set<ConsentSubject> lockedTogether(
            WorkspaceId workspace, Person person, ConsentSubject subject) {
        if (!(person instanceof Person.ByLink(var identity)
                && subject instanceof ConsentSubject.OfAddress)) {
            return Set.of(subject);
        }
        return names(workspace, identity)
                .<ConsentSubject>map(ConsentSubject.OfAddress::new)
                .collect(Collectors.toSet());
    }

    /// Keeps a refusal of marketing also for the address that an `email` identity is, to which the
    /// mail with the link went: the person may become known by another key, with that address among
    /// their details. A refusal of other messages is kept for the identity only, because somebody
    /// else with the same address may need these messages.
    ///
    /// @param identity in the form keys are compared in
    /// @param refused its subject is that of the identity
    void keepForAddressOf(Identity identity, ConsentRecord refused) {
        WorkspaceId workspace = refused.workspace();
        ConsentLevel level = refused.level();
        EmailAddress ofIdentity = names.of(workspace, identity);
        // One that was brought over may have been lifted since.
        boolean counts = denied(workspace, ofIdentity, level).isPresent();
        if (counts && level.purpose() == Purpose.MARKETING) {
            identity.emailAddress()
                    .map(address -> names.of(workspace, address))
                    .ifPresent(name -> renew(name, refused, ofIdentity));
        }
    }

    /// What was refused for the address itself stays that, though it is refused once more.
    private void renew(EmailAddress name, ConsentRecord refused, EmailAddress followed) {
        var id = new ConsentRecordId(changes.newId());
        ConsentRecord again = refused.about(name, id).from(refused.source(), "");
        add(
                denied(refused.workspace(), name, refused.level())
                        .map(before -> again.from(again.source(), before.proof()))
                        .orElseGet(() -> again.following(followed)));
    }

    @Override
    public void follow(WorkspaceId workspace, Map<Identity, ProfileId> known) {
        if (known.isEmpty()) {
            return;
        }
        Map<EmailAddress, ProfileId> persons = new HashMap<>();
        known.forEach((identity, person) -> persons.put(names.of(workspace, identity), person));
        persons.keySet().retainAll(consents.denying(workspace, persons.keySet()));
        consents.lock(workspace, subjects(persons.values()));
        lockNames(workspace, persons.keySet());
        persons.forEach(
                (name, person) -> follow(workspace, name, new ConsentSubject.OfProfile(person)));
    }

    private static Set<ConsentSubject> subjects(Collection<ProfileId> persons) {
        return persons.stream()
                .<ConsentSubject>map(ConsentSubject.OfProfile::new)
                .collect(Collectors.toSet());
    }

    /// In the one order that the port has for many, behind the persons' locks.
    private void lockNames(WorkspaceId workspace, Collection<EmailAddress> names) {
        consents.lock(
                workspace,
                names.stream()
                        .<ConsentSubject>map(ConsentSubject.OfAddress::new)
                        .collect(Collectors.toSet()));
    }

    /// As where two are merged, a denial counts whenever it was said.
    private void follow(WorkspaceId workspace, EmailAddress name, ConsentSubject.OfProfile person) {
        List<ConsentRecord> counting = consents.lock(workspace, person);
        for (ConsentRecord said : consents.lock(workspace, new ConsentSubject.OfAddress(name))) {
            if (said.state() == ConsentState.DENIED
                    && !isDenied(ConsentRecord.ofLevel(said.level(), counting))) {
                ConsentRecord copy = said.copiedTo(person, new ConsentRecordId(changes.newId()));
                consents.add(
                        consents.newest(workspace, person, said.level())
                                .map(copy::saidAfter)
                                .orElse(copy),
                        true);
            }
        }
    }

    private static boolean isDenied(Optional<ConsentRecord> counting) {
        return counting.filter(record -> record.state() == ConsentState.DENIED).isPresent();
    }

    private void liftAll(ConsentRecord record) {
        switch (record.subject()) {
            case ConsentSubject.OfAddress(var address) -> {
                lift(names.of(record.workspace(), Identity.of(address)), record);
                lift(names.of(record.workspace(), address), record);
            }
            case ConsentSubject.OfProfile(var id) ->
                    profiles.find(record.workspace(), id).stream()
                            .map(Profile::identities)
                            .flatMap(Collection::stream)
                            .map(Identity::comparable)
                            .forEach(identity -> lift(identity, record));
        }
    }

    /// Lifts what consents are the opposite of; does nothing for any other record. Within the
    /// transaction that adds the records. Most lift nothing: these cost one look-up together.
    void liftFor(Collection<ConsentRecord> records) {
        List<ConsentRecord> granted =
                records.stream().filter(record -> record.state() == ConsentState.GRANTED).toList();
        if (granted.isEmpty()) {
            return;
        }
        WorkspaceId workspace = granted.getFirst().workspace();
        Map<ConsentSubject, List<Identity>> identities = identities(workspace, granted);
        Map<ConsentRecord, Set<EmailAddress>> liftable = new LinkedHashMap<>();
        for (ConsentRecord record : granted) {
            liftable.put(record, liftable(record, identities));
        }
        Set<EmailAddress> denying = consents.denying(workspace, all(liftable));
        liftable.values().removeIf(names -> Collections.disjoint(names, denying));
        // One by one they would be locked in another order.
        lockNames(workspace, all(liftable));
        liftable.keySet().forEach(this::liftAll);
    }

    private static Set<EmailAddress> all(Map<ConsentRecord, Set<EmailAddress>> liftable) {
        return liftable.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
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
                            .flatMap(identity -> names(workspace, identity.comparable()))
                            .collect(Collectors.toSet());
        };
    }

    /// The pseudonyms under which refusals of this identity are kept: its own and, where it is an
    /// address, the address's.
    private Stream<EmailAddress> names(WorkspaceId workspace, Identity identity) {
        return Stream.concat(
                Stream.of(names.of(workspace, identity)),
                identity.emailAddress().map(address -> names.of(workspace, address)).stream());
    }

    /// Lifts what stands under a name. Under the name of an address, nobody knows any more whether
    /// a refusal was said for the address itself. So a person's yes does not lift it, even when
    /// they are known by that very address: before the erasure it would not have lifted it either.
    /// Refusals that were kept beside the one that is lifted ([ConsentRecord#following]) are lifted
    /// with it.
    private void lift(Identity identity, ConsentRecord granted) {
        WorkspaceId workspace = granted.workspace();
        EmailAddress ofIdentity = names.of(workspace, identity);
        if (lift(ofIdentity, granted).isPresent()) {
            identity.emailAddress()
                    .map(address -> names.of(workspace, address))
                    .filter(name ->
                            denied(workspace, name, granted.level())
                                    .filter(denied -> denied.isFollowing(ofIdentity))
                                    .isPresent())
                    .ifPresent(name -> lift(name, granted));
        }
    }

    /// @return what was lifted
    private Optional<ConsentRecord> lift(EmailAddress name, ConsentRecord granted) {
        Optional<ConsentRecord> denied = denied(granted.workspace(), name, granted.level());
        return denied.filter(_ -> add(granted.about(name, new ConsentRecordId(changes.newId()))));
    }

    private Optional<ConsentRecord> denied(
            WorkspaceId workspace, EmailAddress name, ConsentLevel level) {
        var subject = new ConsentSubject.OfAddress(name);
        return ConsentRecord.ofLevel(level, consents.lock(workspace, subject))
                .filter(counting -> counting.state() == ConsentState.DENIED);
    }

    /// Counts from now on, behind whatever was said about the level before; but what was brought
    /// over stays at its time, and does nothing where more was said since.
    ///
    /// @return whether it was added
    private boolean add(ConsentRecord record) {
        Optional<ConsentRecord> newest =
                consents.newest(record.workspace(), record.subject(), record.level());
        ConsentRecord placed = newest.map(record::saidAfter).orElse(record);
        boolean isNewer = newest.map(before -> placed.time().isAfter(before.time())).orElse(true);
        if (isNewer) {
            consents.add(placed, true);
        }
        return isNewer;
    }
}
