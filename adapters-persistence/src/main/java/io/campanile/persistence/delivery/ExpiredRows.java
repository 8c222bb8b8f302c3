package io.campanile.persistence.delivery;

import io.campanile.domain.message.MessageState;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Settles expired messages that nobody has a claim on any more. No index knows them: each piece of
/// the queue is looked through in transactions of its own.
final class ExpiredRows {
    private static final String LOCK =
            """
            SELECT q.message_id
            FROM message_queue q
            WHERE (q.owner IS NULL OR q.due_time <= :now) AND q.expire_time <= :now
            """
                    + QueueWalk.IN_PIECE
                    + """
                    ORDER BY q.message_id
                    LIMIT :limit
                    FOR UPDATE SKIP LOCKED
                    """;

    private final Store store;
    private final QueueWalk queue;

    /// @param lookedAtOnce how many messages one statement looks at
    ExpiredRows(Store store, int lookedAtOnce) {
        this.store = store;
        this.queue = new QueueWalk(lookedAtOnce);
    }

    /// All there are.
    ///
    /// @param limit how many in one transaction
    int settle(int limit, Instant now) {
        int settled = 0;
        UUID after = UuidTimes.LOWEST;
        while (!after.equals(UuidTimes.HIGHEST)) {
            UUID from = after;
            UUID last = store.inStatement(handle -> queue.last(handle, from));
            settled += settle(from, last, limit, now);
            after = last;
        }
        return settled;
    }

    private int settle(UUID from, UUID last, int limit, Instant now) {
        int settled = 0;
        UUID after = from;
        while (!after.equals(last)) {
            UUID next = after;
            Step step = store.inTransaction(handle -> step(handle, next, last, limit, now));
            settled += step.settled();
            after = step.last();
        }
        return settled;
    }

    /// What was settled up to a message.
    private record Step(UUID last, int settled) {}

    private static Step step(Handle handle, UUID after, UUID last, int limit, Instant now) {
        List<UUID> locked =
                handle.createQuery(LOCK)
                        .bind("after", after)
                        .bind("last", last)
                        .bind("now", now)
                        .bind("limit", limit)
                        .mapTo(UUID.class)
                        .list();
        if (locked.isEmpty()) {
            return new Step(last, 0);
        }
        int settled = Settlement.settle(handle, locked, locked, new MessageState.Expired(now));
        return new Step(locked.size() < limit ? last : locked.getLast(), settled);
    }
}
