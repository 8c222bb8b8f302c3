package io.campanile.persistence.erasure;

import io.campanile.persistence.Pieces;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.UuidTimes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Takes people out of all messages that are kept, in one pass for all of them.
final class TakingOut {
    /// As PostgreSQL compares uuids.
    private static final Comparator<UUID> ORDER = Comparator.comparing(UUID::toString);

    private static final String STEP =
            """
            SELECT m.message_id
            FROM message m
            WHERE m.message_id >= :from AND m.message_id < :end
            ORDER BY m.message_id
            OFFSET :messages
            LIMIT 1
            """;

    private static final String OF_SOMEBODY =
            """
            SELECT m.message_id, m.identity_namespace, m.identity_value, lower(m.identity_value) AS key,
              lower(m.address) AS address
            FROM message m
            WHERE m.message_id >= :from AND m.message_id < :until AND %s
            """
                    .formatted(ErasureRows.MAY_NAME_SOMEBODY);

    // A statement of its own, in the order of the messages: the next one sees what those reported
    // that this one waited for.
    private static final String LOCK =
            """
            SELECT m.message_id
            FROM message m
            WHERE m.message_id = ANY (:among) AND m.message_id >= :from AND m.message_id < :until
              AND m.message_id < :end AND %s
            ORDER BY m.message_id
            FOR NO KEY UPDATE OF m
            """
                    .formatted(ErasureRows.NAMES_PERSON);

    private static final String TAKE_OUT =
            Sql.of(
                    TakingOut.class,
                    "take-out.sql",
                    Map.of("namesPerson", ErasureRows.NAMES_PERSON));

    private static final String REMEMBER =
            """
            UPDATE erasure
            SET from_id = greatest(from_id, least(:until, end_id))
            WHERE profile_id = ANY (:profiles)
            """;

    private final Handle handle;
    private final Failures failures;
    private final Pieces pieces;

    /// @param messagesAtOnce how many messages one statement looks at, where they are not heavy
    TakingOut(Handle handle, Failures failures, int messagesAtOnce) {
        this.handle = handle;
        this.failures = failures;
        this.pieces = new Pieces(messagesAtOnce);
    }

    /// What was taken out up to a message.
    private record Step(List<ErasureRows.Pending> going, UUID until) {}

    /// All that is kept of them, a piece at a time.
    ///
    /// @return those that are done
    List<ErasureRows.Pending> all(List<ErasureRows.Pending> ready) {
        if (ready.isEmpty()) {
            return ready;
        }
        UUID end = ready.stream().map(ErasureRows.Pending::end).max(ORDER).orElseThrow();
        UUID from = ready.stream().map(TakingOut::from).min(ORDER).orElseThrow();
        List<ErasureRows.Pending> going = ready;
        while (!going.isEmpty() && ORDER.compare(from, end) < 0) {
            List<ErasureRows.Pending> those = going;
            UUID begin = from;
            Step step = pieces.next(handle, messages -> takeOut(those, begin, end, messages));
            going = step.going();
            from = step.until();
        }
        return going;
    }

    private static UUID from(ErasureRows.Pending pending) {
        UUID from = pending.from();
        return from == null ? UuidTimes.lowest(Instant.EPOCH) : from;
    }

    private Step takeOut(List<ErasureRows.Pending> going, UUID from, UUID end, int messages) {
        UUID next = next(from, end, messages);
        UUID until = next == null ? end : next;
        return new Step(takeOut(going, from, until), until);
    }

    private @Nullable UUID next(UUID from, UUID end, int messages) {
        return handle.createQuery(STEP)
                .bind("from", from)
                .bind("end", end)
                .bind("messages", messages)
                .mapTo(UUID.class)
                .findOne()
                .orElse(null);
    }

    private List<ErasureRows.Pending> takeOut(
            List<ErasureRows.Pending> going, UUID from, UUID until) {
        List<NamedMessage> found =
                handle.createQuery(OF_SOMEBODY)
                        .bind("from", from)
                        .bind("until", until)
                        .map((row, _) -> NamedMessage.of(row))
                        .list();
        List<ErasureRows.Pending> succeeded =
                failures.without(
                        going,
                        pending -> takeOut(pending, found, from, until),
                        pieces::isWorthFewer);
        handle.createUpdate(REMEMBER)
                .bind("until", until)
                .bind(
                        "profiles",
                        SqlArrays.uuids(
                                succeeded, pending -> pending.erasure().names().profile().value()))
                .execute();
        return succeeded;
    }

    private boolean takeOut(
            ErasureRows.Pending pending, List<NamedMessage> found, UUID from, UUID until) {
        List<UUID> among =
                found.stream()
                        .filter(message -> message.mayName(pending))
                        .map(NamedMessage::id)
                        .toList();
        return among.isEmpty() || takeOutAmong(pending, among, from, until);
    }

    private boolean takeOutAmong(
            ErasureRows.Pending pending, List<UUID> among, UUID from, UUID until) {
        return handle.inTransaction(transaction -> {
            // What somebody keeps locked is no matter of how much messages carry.
            transaction.execute("SET LOCAL lock_timeout = '2s'");
            List<UUID> locked =
                    bind(transaction.createQuery(LOCK), pending, among, from, until)
                            .mapTo(UUID.class)
                            .list();
            if (!locked.isEmpty()) {
                bind(transaction.createUpdate(TAKE_OUT), pending, locked, from, until).execute();
            }
            return true;
        });
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, ErasureRows.Pending pending, List<UUID> among, UUID from, UUID until) {
        return ErasureRows.bind(statement, pending.erasure().names())
                .bind("among", SqlArrays.uuids(among))
                .bind("from", from)
                .bind("until", until)
                .bind("end", pending.end());
    }
}
