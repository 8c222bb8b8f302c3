package io.campanile.persistence.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.delivery.JdbiReservations;
import io.campanile.persistence.profile.JdbiProfiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Strangers become known while somebody decides about them.
class StrangersIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private final JdbiReservations marks = new JdbiReservations(STORE.database().hot());
    private final JdbiProfiles profiles = new JdbiProfiles(STORE.database().store());
    private final JdbiReservations people = new JdbiReservations(STORE.database().store());

    @Test
    void whatAMarkReservesForAStrangerCountsForWhoTheyTurnOutToBeMeanwhile() {
        Identity ada = new Identity("crmId", "ada");
        PersonKey person = PersonKey.of(new ProfileId(UUID.randomUUID()));

        CompletableFuture<Void> upsert =
                STORE.database()
                        .hot()
                        .inTransaction(_ -> {
                            marks.lock(List.of(stranger(ada)));
                            var known = CompletableFuture.runAsync(() -> makeKnown(ada, person));
                            LockWaits.await(STORE.database());
                            marks.reserve(List.of(reservation(stranger(ada))));
                            return known;
                        });
        upsert.join();

        assertThat(counted(person)).isEqualTo(1);
        assertThat(counted(stranger(ada))).isZero();
    }

    @Test
    void aMarkWaitsForWhoeverMakesItsStrangerKnown() {
        Identity bob = new Identity("crmId", "bob");
        PersonKey person = PersonKey.of(new ProfileId(UUID.randomUUID()));

        CompletableFuture<Void> mark =
                STORE.database()
                        .store()
                        .inTransaction(_ -> {
                            makeKnown(bob, person);
                            var waiting =
                                    CompletableFuture.runAsync(
                                            () -> marks.lock(List.of(stranger(bob))));
                            LockWaits.await(STORE.database());
                            return waiting;
                        });

        mark.join();
    }

    /// As whoever makes the identity point at the person.
    private void makeKnown(Identity identity, PersonKey person) {
        var _ =
                STORE.database()
                        .store()
                        .inTransaction(_ -> {
                            profiles.lock(WorkspaceId.DEFAULT, List.of(identity));
                            people.follow(Map.of(stranger(identity), person));
                            return person;
                        });
    }

    private static PersonKey stranger(Identity identity) {
        return PersonKey.of(WorkspaceId.DEFAULT, identity);
    }

    private static NewReservation reservation(PersonKey person) {
        return new NewReservation(
                new Claim(new MessageId(UUID.randomUUID()), new ClaimEpoch(1)),
                new RuleSetId(UUID.randomUUID()),
                1,
                person,
                new Reservation(Channel.EMAIL, NOON));
    }

    private static long counted(PersonKey person) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(
                                        "SELECT count(*) FROM frequency_reservation WHERE person ="
                                                + " :person")
                                .bind("person", person.value())
                                .mapTo(Long.class)
                                .one());
    }
}
