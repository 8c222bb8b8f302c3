package io.campanile.persistence.erasure;

import io.campanile.application.content.PayloadOpener;
import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Erasure;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.QueueWalk;
import io.campanile.persistence.delivery.Settlement;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Erasures on PostgreSQL. No index leads from people to their messages, because every trigger
/// would pay for it: erasures read all messages that are kept, all of them at once, in steps that
/// are remembered.
public final class JdbiMessageErasures implements MessageErasures {
    /// By then all that was still being written is committed.
    private static final Duration COMMITTED = Duration.ofMinutes(1);

    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_lock(hashtextextended('campanile erasures', 0))";

    private static final String UNLOCK =
            "SELECT pg_advisory_unlock(hashtextextended('campanile erasures', 0))";

    // Only messages that are open are read; a join would read all that are kept.
    private static final String OPEN =
            """
            FROM message_queue q
            CROSS JOIN LATERAL (
              SELECT k.message_id, k.campaign_id, k.identity_namespace, k.identity_value, k.address, k.payload
              FROM message k
              WHERE k.message_id = q.message_id
              OFFSET 0
            ) AS m
            """;

    private static final String OPEN_OF_SOMEBODY =
            "SELECT q.message_id "
                    + OPEN
                    + "WHERE "
                    + ErasureRows.MAY_NAME_SOMEBODY
                    + QueueWalk.IN_PIECE;

    private static final String LOCK =
            """
            AND %s
            ORDER BY q.message_id
            FOR UPDATE OF q
            """
                    .formatted(ErasureRows.NAMES_PERSON);

    private static final String OPEN_OF_PERSON =
            "SELECT q.message_id "
                    + OPEN
                    + "WHERE "
                    + ErasureRows.NAMES_PERSON
                    + QueueWalk.IN_PIECE;

    private static final String LOCK_AMONG =
            "SELECT q.message_id, q.owner IS NULL AS ownerless "
                    + OPEN
                    + "WHERE q.message_id = ANY (:among) "
                    + LOCK;

    private static final String LOCK_AMONG_FORMER =
            "SELECT q.message_id, q.owner IS NULL AS ownerless "
                    + OPEN
                    + "WHERE q.message_id = ANY (:among) AND q.message_id < :end "
                    + LOCK;

    private static final String DONE = "DELETE FROM erasure WHERE profile_id = :profile";

    private static final int MESSAGES_AT_ONCE = 20_000;

    private final Store store;
    private final int messagesAtOnce;
    private final QueueWalk queue;
    private final SealedOverlays sealed;

    /// @param payloads reads what calls laid over sensitive attributes
    public JdbiMessageErasures(Store store, PayloadOpener payloads) {
        this(store, payloads, MESSAGES_AT_ONCE);
    }

    /// @param messagesAtOnce how many messages one statement looks at
    public JdbiMessageErasures(Store store, PayloadOpener payloads, int messagesAtOnce) {
        this.store = store;
        this.messagesAtOnce = messagesAtOnce;
        queue = new QueueWalk(messagesAtOnce);
        sealed = new SealedOverlays(queue, payloads);
    }

    @Override
    public int begin(Erasure erasure) {
        return store.inTransaction(handle -> {
            ErasureRows.insert(handle, erasure);
            // Whatever its number says: what can be seen was accepted before. None is locked before
            // all are found: who hands one over would wait for the whole walk.
            List<UUID> open =
                    queue.all(
                            handle,
                            () ->
                                    ErasureRows.bind(
                                            handle.createQuery(OPEN_OF_PERSON), erasure.names()));
            // What cannot be read here is found by whoever goes on.
            List<UUID> hidden = sealed.of(handle, List.of(erasure)).of(erasure);
            return open.isEmpty() && hidden.isEmpty()
                    ? 0
                    : cancel(handle, lockAmong(handle, erasure, open, hidden), erasure.time());
        });
    }

    private static List<Settlement.Locked> lockAmong(
            Handle handle, Erasure erasure, List<UUID> open, List<UUID> sealed) {
        return locked(
                ErasureRows.bind(handle.createQuery(LOCK_AMONG), erasure.names(), sealed)
                        .bind("among", SqlArrays.uuids(both(open, sealed))));
    }

    private static List<UUID> both(List<UUID> open, List<UUID> sealed) {
        return sealed.isEmpty() ? open : Stream.concat(open.stream(), sealed.stream()).toList();
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

    /// All of them in one look at the queue and one at the kept messages. One that fails does not
    /// keep the others waiting.
    private int goOn(
            Handle handle, List<ErasureRows.Pending> all, Instant now, Consumer<Erasure> lastly) {
        var failures = new Failures();
        List<UUID> open = queue.all(handle, () -> handle.createQuery(OPEN_OF_SOMEBODY));
        SealedOverlays.Found hidden =
                sealed.of(handle, all.stream().map(ErasureRows.Pending::erasure).toList());
        List<ErasureRows.Pending> ready =
                failures.without(all, pending -> isReady(handle, pending, open, hidden, now));
        List<ErasureRows.Pending> takenOut =
                new TakingOut(handle, failures, messagesAtOnce).all(ready);
        List<ErasureRows.Pending> done =
                failures.without(
                        takenOut,
                        pending -> {
                            lastly.accept(pending.erasure());
                            return handle.createUpdate(DONE)
                                            .bind(
                                                    "profile",
                                                    pending.erasure().names().profile().value())
                                            .execute()
                                    == 1;
                        });
        failures.rethrow();
        return all.size() - done.size();
    }

    /// Whether nothing of the person is open any more, or still being written.
    private static boolean isReady(
            Handle handle,
            ErasureRows.Pending pending,
            List<UUID> open,
            SealedOverlays.Found hidden,
            Instant now) {
        return leftOpen(handle, pending, open, hidden.of(pending.erasure()), now) == 0
                && !hidden.mayLack(pending.erasure())
                && !now.isBefore(pending.erasure().time().plus(COMMITTED));
    }

    private static int leftOpen(
            Handle handle,
            ErasureRows.Pending pending,
            List<UUID> open,
            List<UUID> sealed,
            Instant now) {
        List<UUID> among = both(open, sealed);
        if (among.isEmpty()) {
            return 0;
        }
        return handle.inTransaction(transaction -> {
            List<Settlement.Locked> own =
                    locked(
                            ErasureRows.bind(
                                            transaction.createQuery(LOCK_AMONG_FORMER),
                                            pending.erasure().names(),
                                            sealed)
                                    .bind("among", SqlArrays.uuids(among))
                                    .bind("end", pending.end()));
            return own.size() - cancel(transaction, own, now);
        });
    }

    private static List<Settlement.Locked> locked(Query query) {
        return query.map((row, _) -> Settlement.Locked.of(row)).list();
    }

    /// @return how many were cancelled; the others are in hand-over
    private static int cancel(Handle handle, List<Settlement.Locked> open, Instant now) {
        return Settlement.settleLocked(
                handle, open, new MessageState.Cancelled(Reason.PROFILE_ERASED, now));
    }
}
