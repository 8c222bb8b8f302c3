package io.campanile.persistence.delivery;

import io.campanile.persistence.Pieces;
import io.campanile.persistence.UuidTimes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// Looks through the queue a piece at a time: a statement about a backlog of millions would take
/// longer than statements may. Pieces are smaller where messages are heavy.
public final class QueueWalk {
    /// The part of a statement that is about one piece of the queue `q`.
    public static final String IN_PIECE = " AND q.message_id > :after AND q.message_id <= :last ";

    private static final String LAST_OF_PIECE =
            """
            SELECT q.message_id
            FROM message_queue q
            WHERE q.message_id > :after
            ORDER BY q.message_id
            OFFSET :messages - 1
            LIMIT 1
            """;

    private final int messagesAtOnce;

    /// @param messagesAtOnce how many there are in one piece at most
    public QueueWalk(int messagesAtOnce) {
        this.messagesAtOnce = messagesAtOnce;
    }

    /// All messages that are found, in their order.
    ///
    /// @param look a query for messages, with [#IN_PIECE]; made for each piece
    public List<UUID> all(Handle handle, Supplier<Query> look) {
        return all(handle, look, query -> query.mapTo(UUID.class).list());
    }

    /// All that is found, in the order of the messages.
    ///
    /// @param look a query with [#IN_PIECE]; made for each piece
    /// @param read what is found in a piece
    public <T> List<T> all(Handle handle, Supplier<Query> look, Function<Query, List<T>> read) {
        List<T> found = new ArrayList<>();
        var pieces = new Pieces(messagesAtOnce);
        UUID after = UuidTimes.LOWEST;
        while (!after.equals(UuidTimes.HIGHEST)) {
            UUID from = after;
            after =
                    pieces.next(
                            handle,
                            messages -> {
                                UUID last = last(handle, from, messages);
                                Query piece = look.get().bind("after", from).bind("last", last);
                                found.addAll(read.apply(piece));
                                return last;
                            });
        }
        return found;
    }

    /// Where the piece ends that begins after a message.
    UUID last(Handle handle, UUID after) {
        return last(handle, after, messagesAtOnce);
    }

    private static UUID last(Handle handle, UUID after, int messages) {
        return handle.createQuery(LAST_OF_PIECE)
                .bind("after", after)
                .bind("messages", messages)
                .mapTo(UUID.class)
                .findOne()
                .orElse(UuidTimes.HIGHEST);
    }
}
