package io.campanile.persistence.erasure;

import org.jdbi.v3.core.Handle;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Looks through the queue a piece at a time: a statement about a backlog of millions would take
/// longer than statements may.
final class QueueWalk {
    /// The part of a statement that is about one piece of the queue `q`.
    static final String IN_PIECE = " AND q.message_id > :after AND q.message_id <= :last ";

    private static final String LAST_OF_PIECE =
            """
            SELECT q.message_id
            FROM message_queue q
            WHERE q.message_id > :after
            ORDER BY q.message_id
            OFFSET :messages - 1
            LIMIT 1
            """;

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final UUID LAST_OF_ALL = new UUID(-1, -1);

    private final int messagesAtOnce;

    QueueWalk(int messagesAtOnce) {
        this.messagesAtOnce = messagesAtOnce;
    }

    /// What is to be found between two messages, the second included.
    interface Look<T> {
        List<T> between(UUID after, UUID last);
    }

    /// All that is found, in the order of the messages.
    <T> List<T> all(Handle handle, Look<T> look) {
        List<T> found = new ArrayList<>();
        UUID after = BEFORE_ALL;
        while (!after.equals(LAST_OF_ALL)) {
            UUID last = last(handle, after);
            found.addAll(look.between(after, last));
            after = last;
        }
        return found;
    }

    private UUID last(Handle handle, UUID after) {
        return handle.createQuery(LAST_OF_PIECE)
                .bind("after", after)
                .bind("messages", messagesAtOnce)
                .mapTo(UUID.class)
                .findOne()
                .orElse(LAST_OF_ALL);
    }
}
