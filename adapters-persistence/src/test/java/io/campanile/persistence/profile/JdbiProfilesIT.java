package io.campanile.persistence.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.profile.port.Profiles;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.profile.ProfilesContract;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

class JdbiProfilesIT extends ProfilesContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Profiles profiles() {
        return new JdbiProfiles(STORE.database().store());
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }

    @Test
    void makesOnePersonOfThoseWhoLockTheSameIdentitiesInAnyOrder() {
        givenWorkspace(WorkspaceId.DEFAULT);
        List<Identity> identities =
                IntStream.range(0, 8)
                        .mapToObj(number -> new Identity("crmId", "race-" + number))
                        .toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<Void>> callers =
                    IntStream.range(0, 16)
                            .mapToObj(_ ->
                                    CompletableFuture.runAsync(() -> addOnce(identities), threads))
                            .toList();
            callers.forEach(CompletableFuture::join);
        }

        assertThat(profiles().lock(WorkspaceId.DEFAULT, identities)).hasSize(1);
    }

    @Test
    void losesNoIdentityThatTwoCallersAddToOnePersonAtOnce() {
        givenWorkspace(WorkspaceId.DEFAULT);
        List<Identity> known =
                IntStream.range(0, 8)
                        .mapToObj(number -> new Identity("crmId", "known-" + number))
                        .toList();
        profiles()
                .insert(
                        Profile.created(
                                new ProfileId(UUID.randomUUID()),
                                WorkspaceId.DEFAULT,
                                known,
                                ProfileDetails.NONE,
                                Instant.parse("2026-03-01T12:00:00Z")));
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<Void>> callers =
                    known.stream()
                            .map(identity ->
                                    CompletableFuture.runAsync(() -> extend(identity), threads))
                            .toList();
            callers.forEach(CompletableFuture::join);
        }

        assertThat(
                        profiles()
                                .find(WorkspaceId.DEFAULT, known.getFirst())
                                .orElseThrow()
                                .identities())
                .hasSize(16);
    }

    /// Whoever merges them away had not heard of the identity when the locks were taken.
    @Test
    void leavesNobodyWithoutAnIdentityWhoseOwnerIsMergedAwayMeanwhile() {
        givenWorkspace(WorkspaceId.DEFAULT);
        var known = new Identity("crmId", "merged-" + UUID.randomUUID());
        var added = new Identity("loyalty", known.value());
        var staying = new Identity("crmId", "staying-" + UUID.randomUUID());
        profiles().insert(List.of(person(known, added), person(staying)));

        CompletableFuture<Void> upsert =
                transactions()
                        .inTransaction(() -> {
                            List<Profile> both =
                                    profiles().lock(WorkspaceId.DEFAULT, List.of(known, staying));
                            var waiting = CompletableFuture.runAsync(() -> addOnce(List.of(added)));
                            LockWaits.await(STORE.database());
                            merge(named(both, known), named(both, staying));
                            return waiting;
                        });

        assertThatThrownBy(upsert::join).hasCauseInstanceOf(StoreUnavailable.class);
        assertThat(profiles().find(WorkspaceId.DEFAULT, added))
                .map(Profile::identities)
                .hasValueSatisfying(all -> assertThat(all).contains(staying, known, added));
    }

    /// Somebody is merged into a person whom one waits to lock whole, while another waits to lock
    /// both. Which of the two comes first differs from time to time. A deadlock would be resolved
    /// by trying again, so the tries are counted.
    @RepeatedTest(6)
    void locksWholeInTheOrderOfAllOthers() throws InterruptedException, ExecutionException {
        givenWorkspace(WorkspaceId.DEFAULT);
        var known = new Identity("crmId", "whole-" + UUID.randomUUID());
        var more = new Identity("crmId", "whole-" + UUID.randomUUID());
        profiles().insert(List.of(person(known), person(more)));
        Supplier<List<Profile>> whole =
                () -> profiles().lockWhole(WorkspaceId.DEFAULT, List.of(known));
        Supplier<List<Profile>> both =
                () -> profiles().lock(WorkspaceId.DEFAULT, List.of(known, more));
        var tries = new AtomicInteger();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Profile>>> waiting =
                    transactions()
                            .inTransaction(() -> {
                                List<Profile> locked = both.get();
                                var first = threads.submit(() -> locking(tries, whole));
                                LockWaits.await(STORE.database());
                                var second = threads.submit(() -> locking(tries, both));
                                LockWaits.await(STORE.database(), 2);
                                merge(named(locked, more), named(locked, known));
                                return List.of(first, second);
                            });

            assertThat(waiting.getFirst().get())
                    .singleElement()
                    .satisfies(person -> assertThat(person.identities()).contains(known, more));
            assertThat(waiting.getLast().get()).hasSize(1);
        }
        assertThat(tries).hasValue(2);
    }

    private List<Profile> locking(AtomicInteger tries, Supplier<List<Profile>> lock) {
        return transactions()
                .inTransaction(() -> {
                    tries.incrementAndGet();
                    return lock.get();
                });
    }

    private void merge(Profile gone, Profile staying) {
        profiles().delete(gone);
        profiles().update(staying.mergedWith(gone, gone.updateTime()));
    }

    private static Profile named(List<Profile> profiles, Identity identity) {
        return profiles.stream()
                .filter(profile -> profile.identities().contains(identity))
                .findFirst()
                .orElseThrow();
    }

    private static Profile person(Identity... identities) {
        return Profile.created(
                new ProfileId(UUID.randomUUID()),
                WorkspaceId.DEFAULT,
                List.of(identities),
                ProfileDetails.NONE,
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    /// One more identity for whoever this one points at.
    private void extend(Identity identity) {
        transactions()
                .inTransaction(() -> {
                    Profile person =
                            profiles().lock(WorkspaceId.DEFAULT, List.of(identity)).getFirst();
                    var more = new Identity("loyalty", identity.value());
                    profiles()
                            .update(
                                    person.knownAs(
                                            person.with(List.of(more)),
                                            person.details(),
                                            person.updateTime()));
                    return person;
                });
    }

    private void addOnce(List<Identity> identities) {
        List<Identity> shuffled = new ArrayList<>(identities);
        Collections.shuffle(shuffled);
        transactions()
                .inTransaction(() -> {
                    List<Profile> known = profiles().lock(WorkspaceId.DEFAULT, shuffled);
                    if (known.isEmpty()) {
                        profiles()
                                .insert(
                                        Profile.created(
                                                new ProfileId(UUID.randomUUID()),
                                                WorkspaceId.DEFAULT,
                                                shuffled,
                                                ProfileDetails.NONE,
                                                Instant.parse("2026-03-01T12:00:00Z")));
                    }
                    return known.size();
                });
    }
}
