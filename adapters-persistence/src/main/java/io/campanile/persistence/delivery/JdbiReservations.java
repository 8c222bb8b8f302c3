package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.persistence.OldRows;
import io.campanile.persistence.PersonLocks;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Reservations on PostgreSQL.
public final class JdbiReservations implements Reservations {
    private static final String COUNTED =
            """
            SELECT DISTINCT f.person
            FROM unnest(:persons) AS p (person)
            CROSS JOIN LATERAL (
              SELECT k.person FROM frequency_reservation k WHERE k.person = p.person LIMIT 1
            ) AS f
            """;

    private static final String RESERVE =
            """
            INSERT INTO frequency_reservation AS f (message_id, rule_set_id, rule_set_version, person, channel,
              claim_epoch, reserve_time)
            SELECT n.message_id, n.rule_set_id, n.version, n.person, n.channel, n.claim_epoch, to_timestamp(n.time)
            FROM unnest(:messages, :ruleSets, :versions, :persons, :channels, :epochs, :times)
              AS n (message_id, rule_set_id, version, person, channel, claim_epoch, time)
            ON CONFLICT (message_id, rule_set_id) DO UPDATE
            SET rule_set_version = excluded.rule_set_version, person = excluded.person,
              reserve_time = excluded.reserve_time,
              claim_epoch = CASE WHEN f.claim_epoch = excluded.claim_epoch THEN f.claim_epoch END
            """;

    private static final String GIVE_BACK =
            """
            DELETE FROM frequency_reservation f
            USING unnest(:messages, :epochs) AS c (message_id, claim_epoch)
            WHERE f.message_id = c.message_id AND f.claim_epoch = c.claim_epoch
            """;

    private static final String KEEP =
            """
            UPDATE frequency_reservation
            SET claim_epoch = NULL
            WHERE message_id = ANY (:messages)
            """;

    private static final String FORGET_PERSONS =
            "DELETE FROM frequency_reservation WHERE person = ANY (:persons) AND reserve_time <"
                    + " :before";

    private final Store store;

    public JdbiReservations(Store store) {
        this.store = store;
    }

    @Override
    public void lock(Collection<PersonKey> persons) {
        if (!persons.isEmpty()) {
            store.inTransaction(handle -> {
                PersonLocks.take(handle, persons);
                return persons.size();
            });
        }
    }

    @Override
    public void follow(Map<PersonKey, PersonKey> known) {
        if (known.isEmpty()) {
            return;
        }
        var _ =
                store.inTransaction(handle -> {
                    Set<PersonKey> counted = counted(handle, known.keySet());
                    List<Map.Entry<PersonKey, PersonKey>> moves =
                            known.entrySet().stream()
                                    .filter(move -> counted.contains(move.getKey()))
                                    .toList();
                    lock(moves.stream().map(Map.Entry::getValue).distinct().toList());
                    moves.forEach(move -> move(move.getKey(), move.getValue()));
                    return moves.size();
                });
    }

    private static Set<PersonKey> counted(Handle handle, Collection<PersonKey> strangers) {
        return handle.createQuery(COUNTED)
                .bind("persons", SqlArrays.uuids(strangers, PersonKey::value))
                .mapTo(UUID.class)
                .map(PersonKey::new)
                .set();
    }

    @Override
    public void reserve(Collection<NewReservation> reservations) {
        if (reservations.isEmpty()) {
            return;
        }
        List<NewReservation> sorted =
                reservations.stream()
                        .sorted(
                                Comparator.comparing(
                                                (NewReservation next) -> next.claim().message())
                                        .thenComparing(next -> next.ruleSet().value()))
                        .toList();
        store.inStatement(handle ->
                claims(
                                handle.createUpdate(RESERVE),
                                sorted.stream().map(NewReservation::claim).toList())
                        .bind("ruleSets", SqlArrays.uuids(sorted, next -> next.ruleSet().value()))
                        .bind(
                                "versions",
                                SqlArrays.longs(
                                        sorted.stream().map(NewReservation::version).toList()))
                        .bind("persons", SqlArrays.uuids(sorted, next -> next.person().value()))
                        .bind(
                                "channels",
                                SqlArrays.texts(
                                        sorted, next -> next.reservation().channel().name()))
                        .bind("times", SqlArrays.times(sorted, next -> next.reservation().time()))
                        .execute());
    }

    @Override
    public void giveBack(Collection<Claim> claims) {
        if (!claims.isEmpty()) {
            store.inStatement(handle -> claims(handle.createUpdate(GIVE_BACK), claims).execute());
        }
    }

    @Override
    public void keep(Collection<Claim> claims) {
        if (!claims.isEmpty()) {
            store.inStatement(handle ->
                    handle.createUpdate(KEEP)
                            .bind("messages", SqlArrays.uuids(claims, c -> c.message().value()))
                            .execute());
        }
    }

    @Override
    public void move(PersonKey from, PersonKey to) {
        store.inStatement(handle ->
                handle.createUpdate(MOVE)
                        .bind("from", from.value())
                        .bind("to", to.value())
                        .execute());
    }

    // Of no version: two people together may have got more than a cap allows one.
    private static final String MOVE =
            "UPDATE frequency_reservation SET person = :to, rule_set_version = 0 WHERE person ="
                    + " :from";

    @Override
    public void forget(Collection<PersonKey> persons, Instant before) {
        store.inStatement(handle ->
                handle.createUpdate(FORGET_PERSONS)
                        .bind("persons", SqlArrays.uuids(persons, PersonKey::value))
                        .bind("before", before)
                        .execute());
    }

    @Override
    public int forget(Instant before, int limit) {
        return OldRows.forget(store, "frequency_reservation", "reserve_time", before, limit);
    }

    private static <S extends SqlStatement<S>> S claims(S statement, Collection<Claim> claims) {
        return statement
                .bind("messages", SqlArrays.uuids(claims, c -> c.message().value()))
                .bind("epochs", SqlArrays.integers(claims, c -> c.epoch().value()));
    }
}
