package io.campanile.persistence.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.consent.FormerDenials;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.Person;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.Said;
import io.campanile.application.erasure.EraseProfile;
import io.campanile.application.erasure.ErasureResult;
import io.campanile.application.merge.MergeProfiles;
import io.campanile.application.merge.MergeResult;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.audience.JdbiAudiences;
import io.campanile.persistence.broadcast.JdbiBroadcastMembers;
import io.campanile.persistence.channel.JdbiChannelConfigurations;
import io.campanile.persistence.delivery.JdbiReservations;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.persistence.suppression.JdbiAllowedEntries;
import io.campanile.persistence.suppression.JdbiBounceCounts;
import io.campanile.persistence.suppression.JdbiSuppressions;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// What many people said is recorded while two of them are merged, or one is erased: each waits for
/// the other, and never both. A deadlock would be resolved by trying again, so the tries are
/// counted.
class ConsentLockOrderIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);
    private static final ConsentLevel ALL_MARKETING = new ConsentLevel(null, Purpose.MARKETING, "");

    private static final String HOLD_ROW =
            """
            UPDATE address_consent
            SET source = source
            WHERE workspace_id = :workspace AND address = :address
            """;

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final Store store = STORE.database().store();
    private final JdbiTransactions transactions = new JdbiTransactions(store);
    private final JdbiProfiles profiles = new JdbiProfiles(store);
    private final JdbiConsents consents = new JdbiConsents(store);
    private final AtomicInteger tries = new AtomicInteger();
    private final AddressAttributes addressAttributes =
            new AddressAttributes(new JdbiWorkspaces(store), new JdbiChannelConfigurations(store));
    private final Changes changes = STORE.changes(NOON);

    private final Pseudonyms names = InMemoryKeptKeys.pseudonyms();
    private final FormerDenials formerDenials =
            new FormerDenials(consents, profiles, names, changes);
    private final ManageConsents manage =
            new ManageConsents(
                    consents,
                    new ManageProfiles(
                            profiles,
                            new JdbiWorkspaces(store),
                            addressAttributes,
                            new JdbiReservations(store),
                            formerDenials,
                            LongCalls.ofReaders(),
                            changes),
                    formerDenials,
                    changes);

    @BeforeEach
    void createTheWorkspace() {
        STORE.givenWorkspace(workspace);
    }

    @Test
    void aMergeLocksBothTogether() throws InterruptedException, ExecutionException {
        Profile ada = known("ada");
        Profile countess = known("countess");

        bothEndAtOnce(
                List.of(of(ada), of(countess)),
                of(countess),
                () -> assertThat(merge(ada, countess)).isInstanceOf(MergeResult.Merged.class));
        bothEndAtOnce(
                List.of(of(ada), of(countess)),
                of(ada),
                () -> assertThat(merge(countess, ada)).isInstanceOf(MergeResult.Merged.class));
    }

    @Test
    void anErasureLocksThePersonAndTheAddressesTogether()
            throws InterruptedException, ExecutionException {
        List<EmailAddress> addresses =
                Stream.of("a", "b", "c").map(name -> address(name + workspace)).toList();
        Profile ada = known("ada", addresses);
        List<ConsentSubject> subjects = new ArrayList<>(List.of(of(ada)));
        addresses.forEach(address -> subjects.add(new ConsentSubject.OfAddress(address)));

        for (ConsentSubject held : subjects) {
            for (ConsentSubject other : subjects.subList(0, subjects.indexOf(held))) {
                bothEndAtOnce(
                        List.of(other, held),
                        held,
                        () -> assertThat(erase(ada)).isInstanceOf(ErasureResult.Erased.class));
            }
        }
    }

    /// The order differs from address to address. A third one holds the row that the person's yes
    /// writes first.
    @RepeatedTest(6)
    void aYesLocksAllTogetherThatItMayLift() throws InterruptedException, ExecutionException {
        EmailAddress address = address(UUID.randomUUID().toString());
        Profile ada = knownBy(Identity.of(address), List.of());
        EmailAddress ofIdentity = names.of(workspace, Identity.of(address));
        consents.add(denialOf(ofIdentity), true);
        consents.add(denialOf(names.of(workspace, address)).following(ofIdentity), true);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting =
                    transactions.inTransaction(() -> {
                        holdRow(ofIdentity);
                        Future<?> person =
                                threads.submit(() -> grant(new Person.ByProfile(ada.id())));
                        LockWaits.await(STORE.database(), 1);
                        Future<?> mailbox =
                                threads.submit(() -> grant(new Person.ByAddress(address)));
                        LockWaits.await(STORE.database(), 2);
                        return List.of(person, mailbox);
                    });
            for (Future<?> each : waiting) {
                each.get();
            }
        }
        assertThat(tries).hasValue(2);
    }

    private void holdRow(EmailAddress address) {
        store.inStatement(handle ->
                handle.createUpdate(HOLD_ROW)
                        .bind("workspace", workspace.value())
                        .bind("address", address.value())
                        .execute());
    }

    private Optional<ConsentRecord> grant(Person person) {
        return transactions.inTransaction(() -> {
            tries.incrementAndGet();
            return manage.record(
                    workspace, person, new Said(ALL_MARKETING, ConsentState.GRANTED, "", ""), CALL);
        });
    }

    private ConsentRecord denialOf(EmailAddress address) {
        return new ConsentRecord(
                new ConsentRecordId(UUID.randomUUID()),
                workspace,
                new ConsentSubject.OfAddress(address),
                ALL_MARKETING,
                ConsentState.DENIED,
                "",
                "",
                Actor.SYSTEM,
                NOON.minusSeconds(9),
                NOON.minusSeconds(9));
    }

    /// A third one holds a subject until both wait: whoever records the words of many, and behind
    /// them the change, which is undone at the end.
    private void bothEndAtOnce(List<ConsentSubject> said, ConsentSubject held, Runnable change)
            throws InterruptedException, ExecutionException {
        tries.set(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting =
                    transactions.inTransaction(() -> {
                        consents.lock(workspace, held);
                        Future<?> recording = threads.submit(() -> record(said));
                        LockWaits.await(STORE.database(), 1);
                        Future<?> changing = threads.submit(() -> undone(change));
                        LockWaits.await(STORE.database(), 2);
                        return List.of(recording, changing);
                    });
            for (Future<?> each : waiting) {
                each.get();
            }
        }
        assertThat(tries).hasValue(2);
    }

    private void record(List<ConsentSubject> said) {
        transactions.inTransaction(() -> {
            consents.lock(workspace, said);
            return tries.incrementAndGet();
        });
    }

    private void undone(Runnable change) {
        try {
            transactions.inTransaction(() -> {
                tries.incrementAndGet();
                change.run();
                throw new Undone();
            });
        } catch (Undone _) {
            assertThat(tries).hasPositiveValue();
        }
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static ConsentSubject of(Profile person) {
        return new ConsentSubject.OfProfile(person.id());
    }

    private static EmailAddress address(String name) {
        return new EmailAddress(name + "@example.com");
    }

    private Profile known(String key) {
        return known(key, List.of());
    }

    private Profile known(String key, List<EmailAddress> addresses) {
        return knownBy(new Identity("crmId", key), addresses);
    }

    private Profile knownBy(Identity identity, List<EmailAddress> addresses) {
        Profile person =
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        workspace,
                        List.of(identity),
                        new ProfileDetails(Attributes.NONE, addresses, "", ""),
                        NOON);
        profiles.insert(person);
        return person;
    }

    private MergeResult merge(Profile gone, Profile staying) {
        var stores =
                new MergeProfiles.Stores(
                        profiles,
                        addressAttributes,
                        consents,
                        new JdbiAudiences(store),
                        new JdbiBroadcastMembers(store),
                        new JdbiReservations(store));
        return new MergeProfiles(stores, changes, LongCalls.ofWriters())
                .merge(workspace, gone.id(), staying.id(), CALL);
    }

    private ErasureResult erase(Profile person) {
        var stores =
                new EraseProfile.Stores(
                        profiles,
                        addressAttributes,
                        consents,
                        new JdbiSuppressions(store),
                        new JdbiBounceCounts(store),
                        new JdbiAllowedEntries(store),
                        new JdbiAudiences(store),
                        new JdbiBroadcastMembers(store),
                        new JdbiReservations(store),
                        STORE.store().erasures());
        return new EraseProfile(
                        stores,
                        InMemoryKeptKeys.pseudonyms(),
                        changes,
                        LongCalls.ofWriters(),
                        InstantSource.fixed(NOON))
                .erase(workspace, person.id(), CALL);
    }
}
