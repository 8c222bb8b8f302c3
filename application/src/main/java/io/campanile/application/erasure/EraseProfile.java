package io.campanile.application.erasure;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.broadcast.port.BroadcastMembers;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.share.LongCalls;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Forgets people. What keeps others from writing to them stays, under pseudonyms of their
/// addresses: suppressions and denials. Thread-safe.
public final class EraseProfile {
    /// Where people and what is said about them and their addresses stand.
    public record Stores(
            Profiles profiles,
            AddressAttributes addressAttributes,
            Consents consents,
            Suppressions suppressions,
            BounceCounts bounces,
            AllowedEntries allowedEntries,
            Audiences audiences,
            BroadcastMembers broadcasts,
            Reservations reservations,
            MessageErasures messages) {}

    private final Stores stores;
    private final KeptUnderPseudonyms kept;
    private final Changes changes;
    private final LongCalls calls;
    private final InstantSource storeTime;

    /// @param storeTime by which nodes agree when all that was being written is committed
    public EraseProfile(
            Stores stores,
            Pseudonyms pseudonyms,
            Changes changes,
            LongCalls calls,
            InstantSource storeTime) {
        this.stores = stores;
        this.changes = changes;
        this.kept =
                new KeptUnderPseudonyms(
                        stores.consents(), stores.suppressions(), pseudonyms, changes::newId);
        this.calls = calls;
        this.storeTime = storeTime;
    }

    /// Erases somebody in one transaction; their settled messages follow soon, see [#goOn].
    ///
    /// @throws io.campanile.application.share.LongCallsFull when too many take long at once
    public ErasureResult erase(WorkspaceId workspace, ProfileId id, ChangeCall call) {
        return calls.inTurn(workspace, () -> eraseInTurn(workspace, id, call));
    }

    private ErasureResult eraseInTurn(WorkspaceId workspace, ProfileId id, ChangeCall call) {
        if (call.validateOnly()) {
            return changes.make(_ ->
                    Made.nothing(
                            lock(workspace, id).isPresent()
                                    ? new ErasureResult.Erased(0)
                                    : new ErasureResult.NotFound()));
        }
        boolean refused =
                hasRefused(stores.consents().current(workspace, new ConsentSubject.OfProfile(id)));
        try {
            return erase(workspace, id, shared(workspace, id, refused), call);
        } catch (RefusedMeanwhile _) {
            return erase(workspace, id, shared(workspace, id, true), call);
        }
    }

    private ErasureResult erase(
            WorkspaceId workspace, ProfileId id, Shared shared, ChangeCall call) {
        return changes.make(now -> {
            Optional<Profile> found = lock(workspace, id);
            return found.isEmpty()
                    ? Made.nothing(new ErasureResult.NotFound())
                    : Made.effective(erase(found.get(), shared, call, now));
        });
    }

    /// Addresses of theirs that somebody else has too. Asked only where it makes a difference: for
    /// addresses on the allowed list, and for all addresses of a person who refused something,
    /// which most people did not. Looked for before the transaction, because that may take long.
    ///
    /// @param all whether it was asked for all addresses
    private record Shared(boolean all, Set<EmailAddress> addresses) {}

    /// Ends the transaction, so that all addresses can be asked for before the next one.
    private static final class RefusedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static boolean hasRefused(List<ConsentRecord> said) {
        return said.stream().anyMatch(record -> record.state().outlivesErasure());
    }

    private Shared shared(WorkspaceId workspace, ProfileId id, boolean all) {
        Set<String> fields = stores.addressAttributes().of(workspace);
        Set<EmailAddress> doubtful =
                stores.profiles().find(workspace, id).stream()
                        .flatMap(person ->
                                PersonNames.of(person, fields)
                                        .addressesAnd(person.details().formerAddresses())
                                        .keySet()
                                        .stream())
                        .filter(address -> all || allowed(workspace, address).isPresent())
                        .collect(Collectors.toUnmodifiableSet());
        return new Shared(all, stores.profiles().ofOthers(workspace, id, doubtful, fields));
    }

    private Optional<AllowedEntry> allowed(WorkspaceId workspace, EmailAddress address) {
        return stores.allowedEntries().find(workspace, SuppressionTarget.of(address));
    }

    private Optional<Profile> lock(WorkspaceId workspace, ProfileId id) {
        return stores.profiles()
                .find(workspace, id)
                .flatMap(person ->
                        stores.profiles().lockWhole(workspace, person.identities()).stream()
                                .filter(profile -> profile.id().equals(id))
                                .findFirst());
    }

    private ErasureResult erase(Profile person, Shared shared, ChangeCall call, Instant now) {
        PersonNames names =
                PersonNames.of(person, stores.addressAttributes().of(person.workspace()));
        SortedMap<EmailAddress, Instant> addresses =
                names.addressesAnd(person.details().formerAddresses());
        var erasure = new Erasure(names, now);
        int cancelled = stores.messages().begin(erasure);
        forgetReservations(erasure);
        var subject = new ConsentSubject.OfProfile(person.id());
        lockConsents(names.workspace(), subject, addresses.keySet());
        List<ConsentRecord> said = stores.consents().lock(names.workspace(), subject);
        if (hasRefused(said) && !shared.all()) {
            throw new RefusedMeanwhile();
        }
        forgetBounces(names.workspace(), addresses.keySet());
        addresses.forEach((address, until) -> {
            kept.wordsFor(names.workspace(), address, until);
            kept.suppression(names.workspace(), address, until, now);
            if (!shared.addresses().contains(address)) {
                disallow(names.workspace(), address, until);
            }
        });
        keepDenials(said, names, shared.addresses());
        stores.consents().forget(names.workspace(), subject);
        stores.profiles().lockToDelete(person.id());
        stores.audiences().forget(person.id());
        stores.broadcasts().leave(person.id());
        stores.profiles().delete(person);
        changes.record(
                person.workspace(),
                call.by(),
                AuditAction.PROFILE_ERASED,
                person.name(),
                "cancelled " + cancelled,
                now);
        return new ErasureResult.Erased(cancelled);
    }

    /// All at once, in the order of those who record what many people said.
    private void lockConsents(
            WorkspaceId workspace, ConsentSubject person, Collection<EmailAddress> addresses) {
        List<ConsentSubject> subjects = new ArrayList<>(List.of(person));
        addresses.forEach(address -> subjects.add(new ConsentSubject.OfAddress(address)));
        stores.consents().lock(workspace, subjects);
    }

    /// Keeps them under every address and identity, because nobody will know which of them the
    /// person would be written to by. An address that somebody else has too is left out: they may
    /// have agreed, or need what this person refused. So is one that the person had before: their
    /// word did not count there while they were known, and somebody else may get it.
    private void keepDenials(
            List<ConsentRecord> said, PersonNames names, Set<EmailAddress> ofOthers) {
        for (EmailAddress address : names.addresses()) {
            if (!ofOthers.contains(address)) {
                kept.denials(said, names.workspace(), address);
            }
        }
        for (Identity identity : names.identities()) {
            kept.denials(said, names.workspace(), identity);
        }
    }

    /// Forgets what counted for caps before the person had a profile. It is stored under hashes of
    /// their identities, and whoever guesses an address can make its hash too. Done after the
    /// messages, because deliveries lock the queue first. It keeps nobody waiting: a decision about
    /// such an identity that runs right now goes by what counted before.
    private void forgetReservations(Erasure erasure) {
        PersonNames names = erasure.names();
        List<PersonKey> strangers =
                Stream.concat(
                                names.identities().stream().map(Identity::comparable),
                                names.addresses().stream()
                                        .map(Identity::of)
                                        .filter(identity -> !isSomebodyElse(names, identity)))
                        .map(identity -> PersonKey.of(names.workspace(), identity))
                        .distinct()
                        .sorted()
                        .toList();
        stores.reservations().forget(strangers, erasure.end());
    }

    private boolean isSomebodyElse(PersonNames names, Identity identity) {
        return stores.profiles()
                .find(names.workspace(), identity)
                .filter(found -> !found.id().equals(names.profile()))
                .isPresent();
    }

    private void forgetBounces(WorkspaceId workspace, Collection<EmailAddress> addresses) {
        stores.bounces()
                .reset(
                        addresses.stream()
                                .map(address -> BouncedAddress.of(workspace, address))
                                .toList());
    }

    private void disallow(WorkspaceId workspace, EmailAddress address, Instant until) {
        allowed(workspace, address)
                .filter(entry -> entry.createTime().isBefore(until))
                .ifPresent(entry -> stores.allowedEntries().delete(workspace, entry.id()));
    }

    /// Takes those who were erased out of their messages, as far as that can be done now.
    public void goOn() {
        var _ = stores.messages().goOn(storeTime.instant(), this::forgetLate);
    }

    /// What was in hand-over when the person was erased may have bounced since.
    private void forgetLate(Erasure erasure) {
        PersonNames names = erasure.names();
        changes.make(now -> {
            forgetReservations(erasure);
            forgetBounces(names.workspace(), names.addresses());
            for (EmailAddress address : names.addresses()) {
                kept.suppression(names.workspace(), address, Instant.MAX, now);
            }
            return Made.effective(erasure);
        });
    }
}
