package io.campanile.persistence.erasure;

import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Erasure;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;
import io.campanile.persistence.delivery.Settlement;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// Erasures on PostgreSQL. No index leads from people to their messages, because every trigger
/// would pay for it: an erasure reads all messages that are kept, once, in steps that are
/// remembered.
public final class JdbiMessageErasures implements MessageErasures {
    /// By then all that was still being written is committed.
    private static final Duration COMMITTED = Duration.ofMinutes(1);

    private static final UUID BEHIND_ALL = new UUID(-1, -1);

    private static final int MESSAGES_AT_ONCE = 20_000;

    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_lock(hashtextextended('campanile erasures', 0))";

    private static final String UNLOCK =
            "SELECT pg_advisory_unlock(hashtextextended('campanile erasures', 0))";

    // Only messages that are open are read; a join would read all that are kept.
    private static final String LOCK_OPEN =
            """
            SELECT q.message_id, q.owner IS NULL AS ownerless
            FROM message_queue q
            CROSS JOIN LATERAL (
              SELECT k.message_id, k.campaign_id, k.identity_namespace, k.identity_value, k.address, k.payload
              FROM message k
              WHERE k.message_id = q.message_id
              OFFSET 0
            ) AS m
            WHERE q.message_id < :end AND %s
            ORDER BY q.message_id
            FOR UPDATE OF q
            """
                    .formatted(ErasureRows.NAMES_PERSON);

    private static final String STEP =
            """
            SELECT m.message_id
            FROM message m
            WHERE m.message_id >= :place AND m.message_id < :end
            ORDER BY m.message_id
            OFFSET :messages
            LIMIT 1
            """;

    private static final String TAKE_OUT =
            """
            WITH nameless AS (
              UPDATE message m
              SET identity_namespace = :erasedNamespace, identity_value = :erasedKey, address = NULL,
                payload = CASE WHEN m.payload IS NOT NULL THEN convert_to('{}', 'UTF8') END
              WHERE m.message_id >= :place AND m.message_id < :end AND %s
                AND NOT EXISTS (SELECT FROM message_queue q WHERE q.message_id = m.message_id)
              RETURNING m.message_id, m.execution_id
            ), unlabelled AS (
              UPDATE execution e
              SET metadata = NULL
              WHERE e.execution_id = ANY (ARRAY(SELECT execution_id FROM nameless)) AND e.metadata IS NOT NULL
                AND e.audience IS NULL AND NOT EXISTS (
                  SELECT
                  FROM unnest(e.message_ids) AS o (message_id)
                  CROSS JOIN LATERAL (
                    SELECT k.identity_namespace FROM message k WHERE k.message_id = o.message_id OFFSET 0
                  ) AS m
                  WHERE m.identity_namespace <> :erasedNamespace
                    AND o.message_id <> ALL (ARRAY(SELECT message_id FROM nameless)))
            ), undecided AS (
              DELETE FROM message_decision
              WHERE message_id = ANY (ARRAY(SELECT message_id FROM nameless)) AND message_id >= :place AND message_id < :end
            ), forgotten AS (
              DELETE FROM message_secret
              WHERE message_id = ANY (ARRAY(SELECT message_id FROM nameless)) AND message_id >= :place AND message_id < :end
            )
            UPDATE erasure
            SET place = :end
            WHERE profile_id = :profile
            """
                    .formatted(ErasureRows.NAMES_PERSON);

    private static final String DONE = "DELETE FROM erasure WHERE profile_id = :profile";

    private final Store store;

    public JdbiMessageErasures(Store store) {
        this.store = store;
    }

    @Override
    public int begin(Erasure erasure) {
        return store.inTransaction(handle -> {
            ErasureRows.insert(handle, erasure);
            // Whatever its number says: what can be seen was accepted before.
            return cancel(handle, erasure, BEHIND_ALL, erasure.time()).cancelled();
        });
    }

    /// One node at a time: the others would only read the same.
    @Override
    public int goOn(Instant now, Consumer<Erasure> lastly) {
        return store.inStatement(handle -> {
            List<ErasureRows.Pending> all = ErasureRows.all(handle);
            if (all.isEmpty() || !handle.createQuery(TRY_LOCK).mapTo(Boolean.class).one()) {
                return all.size();
            }
            try {
                return goOn(handle, all, now, lastly);
            } finally {
                handle.createQuery(UNLOCK).mapTo(Boolean.class).one();
            }
        });
    }

    /// One that fails does not keep the others waiting.
    private static int goOn(
            Handle handle, List<ErasureRows.Pending> all, Instant now, Consumer<Erasure> lastly) {
        int left = 0;
        RuntimeException failure = null;
        for (ErasureRows.Pending pending : all) {
            try {
                left += goOn(handle, pending, now, lastly) ? 0 : 1;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return left;
    }

    private static boolean goOn(
            Handle handle, ErasureRows.Pending pending, Instant now, Consumer<Erasure> lastly) {
        Erasure erasure = pending.erasure();
        Open open =
                handle.inTransaction(
                        transaction -> cancel(transaction, erasure, pending.end(), now));
        if (open.left() > 0 || now.isBefore(erasure.time().plus(COMMITTED))) {
            return false;
        }
        takeOut(handle, pending);
        lastly.accept(erasure);
        handle.createUpdate(DONE).bind("profile", erasure.profile().value()).execute();
        return true;
    }

    private record Open(int cancelled, int left) {}

    private record Locked(UUID message, boolean ownerless) {
        static Locked of(ResultSet row) throws SQLException {
            return new Locked(row.getObject("message_id", UUID.class), row.getBoolean("ownerless"));
        }
    }

    private static Open cancel(Handle handle, Erasure erasure, UUID end, Instant now) {
        List<Locked> open =
                ErasureRows.bind(handle.createQuery(LOCK_OPEN), erasure)
                        .bind("end", end)
                        .map((row, _) -> Locked.of(row))
                        .list();
        if (open.isEmpty()) {
            return new Open(0, 0);
        }
        int cancelled =
                Settlement.settle(
                        handle,
                        open.stream().map(Locked::message).toList(),
                        open.stream().filter(Locked::ownerless).map(Locked::message).toList(),
                        new MessageState.Cancelled(Reason.PROFILE_ERASED, now));
        return new Open(cancelled, open.size() - cancelled);
    }

    private static void takeOut(Handle handle, ErasureRows.Pending pending) {
        UUID end = pending.end();
        UUID place = pending.place();
        while (place == null || !place.equals(end)) {
            UUID from = place == null ? UuidTimes.lowest(Instant.EPOCH) : place;
            UUID next = step(handle, from, end);
            UUID until = next == null ? end : next;
            ErasureRows.bind(handle.createUpdate(TAKE_OUT), pending.erasure())
                    .bind("place", from)
                    .bind("end", until)
                    .execute();
            place = until;
        }
    }

    private static @Nullable UUID step(Handle handle, UUID place, UUID end) {
        return handle.createQuery(STEP)
                .bind("place", place)
                .bind("end", end)
                .bind("messages", MESSAGES_AT_ONCE)
                .mapTo(UUID.class)
                .findOne()
                .orElse(null);
    }
}
