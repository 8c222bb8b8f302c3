package io.campanile.persistence.message;

import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.message.port.MessageSlice;
import io.campanile.application.message.port.MessageView;
import io.campanile.domain.message.MessageId;
import io.campanile.persistence.KeyedPlans;
import io.campanile.persistence.Pieces;
import io.campanile.persistence.SqlTimes;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Looks at messages from the newest on, some with each statement, so that none takes long. No
/// index leads from people or states to messages, because every trigger would pay for it.
final class MessageWalk {
    /// A page that is found at once looks no further.
    private static final int AT_FIRST = 1_000;

    private static final int MOST_STEPS = 5;

    private static final String IN_RANGE = "AND m.message_id >= :from AND m.message_id < :before ";

    private static final String DAYS = "k.message_id >= :from AND k.message_id < :before";

    private static final String SELECT = MessageRows.select(DAYS, "true");

    private static final String STEP = "SELECT m.message_id FROM message m WHERE true ";

    private static final String LAST_OF_STEP =
            "ORDER BY m.message_id DESC OFFSET :looked - 1 LIMIT 1";

    private static final String FIRST_OF_THEM = "ORDER BY m.message_id DESC LIMIT :limit";

    private final Store store;
    private final int atOnce;

    MessageWalk(Store store, int atOnce) {
        this.store = store;
        this.atOnce = atOnce;
    }

    /// Which messages are looked at.
    ///
    /// @param from inclusive
    /// @param before exclusive
    record Range(UUID from, UUID before) {
        static Range of(MessageQuery query) {
            UUID end = bound(query.to(), UuidTimes.HIGHEST);
            UUID after = after(query.after()).before;
            return new Range(
                    bound(query.from(), UuidTimes.LOWEST),
                    Long.compareUnsigned(
                                            after.getMostSignificantBits(),
                                            end.getMostSignificantBits())
                                    < 0
                            ? after
                            : end);
        }

        static Range after(@Nullable MessageId after) {
            return new Range(UuidTimes.LOWEST, after == null ? UuidTimes.HIGHEST : after.value());
        }

        /// The first id whose time, in milliseconds, is not before the given one.
        private static UUID bound(@Nullable Instant time, UUID otherwise) {
            return time == null
                    ? otherwise
                    : UuidTimes.lowest(SqlTimes.comparable(time).plusNanos(999_999));
        }

        Range before(UUID place) {
            return new Range(from, place);
        }

        Range from(@Nullable UUID place) {
            return place == null ? this : new Range(place, before);
        }
    }

    /// A part of all messages that an index leads to, in their order.
    record Part(String condition, Map<String, Object> values) {
        static final Part ALL = new Part("", Map.of());
    }

    /// What is wanted of the part.
    record Wanted(String condition, UnaryOperator<Query> values) {}

    MessageSlice from(Range range, Part part, Wanted wanted, int limit) {
        List<MessageView> found = new ArrayList<>();
        var pieces = new Pieces(Math.min(AT_FIRST, atOnce), atOnce);
        Range left = range;
        for (int step = 0; step < MOST_STEPS; step++) {
            Step next = step(pieces, left, part, wanted, limit - found.size());
            found.addAll(next.found());
            if (found.size() == limit) {
                return new MessageSlice(found, found.getLast().id());
            }
            UUID last = next.last();
            if (last == null) {
                return new MessageSlice(found, null);
            }
            left = left.before(last);
        }
        return new MessageSlice(found, place(left, part));
    }

    /// What was found up to a message; the message is absent when all that were left were looked
    /// at.
    private record Step(List<MessageView> found, @Nullable UUID last) {}

    private Step step(Pieces pieces, Range left, Part part, Wanted wanted, int limit) {
        return store.inStatement(handle ->
                pieces.next(
                        handle,
                        looked -> {
                            UUID last = last(handle, left, part, looked).orElse(null);
                            return new Step(
                                    wanted(handle, left.from(last), part, wanted, limit), last);
                        }));
    }

    /// Where to go on: just behind what was looked at. Callers see it, and the message that was
    /// looked at last may be another workspace's: so it is a place between that and the next.
    private @Nullable MessageId place(Range left, Part part) {
        UUID next = store.inStatement(handle -> last(handle, left, part, 1)).orElse(null);
        return next == null ? null : new MessageId(shortestAbove(next, left.before()));
    }

    /// The id with the most zeros at its end that is above one and not above the other.
    private static UUID shortestAbove(UUID below, UUID most) {
        long high = most.getMostSignificantBits();
        long low = most.getLeastSignificantBits();
        long differentHigh = high ^ below.getMostSignificantBits();
        return differentHigh == 0
                ? new UUID(high, upTo(low, low ^ below.getLeastSignificantBits()))
                : new UUID(upTo(high, differentHigh), 0);
    }

    private static long upTo(long bits, long different) {
        return bits & -Long.highestOneBit(different);
    }

    /// The last message that a step looks at; nothing when it looks at all that are left.
    private static Optional<UUID> last(Handle handle, Range range, Part part, int looked) {
        return among(handle, STEP + part.condition() + IN_RANGE + LAST_OF_STEP, range, part)
                .bind("looked", looked)
                .mapTo(UUID.class)
                .findOne();
    }

    private static List<MessageView> wanted(
            Handle handle, Range range, Part part, Wanted wanted, int limit) {
        String text = SELECT + part.condition() + IN_RANGE + wanted.condition() + FIRST_OF_THEM;
        return wanted.values()
                .apply(among(handle, text, range, part))
                .bind("limit", limit)
                .map((row, _) -> MessageRows.view(row))
                .list();
    }

    private static Query among(Handle handle, String text, Range range, Part part) {
        return KeyedPlans.anew(handle.createQuery(text))
                .bind("from", range.from())
                .bind("before", range.before())
                .bindMap(part.values());
    }
}
