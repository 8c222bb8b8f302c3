package io.campanile.persistence.delivery;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.persistence.MessageIds;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Settles messages whose queue rows this transaction has locked. Those in `SENDING` belong to
/// whoever hands them over; where that owner died, nobody can say what the provider took.
public final class Settlement {
    // Which of those that are gone became unknown is asked of a hash table: a planner that takes
    // both lists for short joins them by reading all of one for each row of the other.
    private static final String COUNTED =
            """
            SELECT g.execution_id, CASE WHEN u.unknown THEN 'UNKNOWN' ELSE :state END,
              CASE WHEN NOT u.unknown THEN :reason END
            FROM gone g
            CROSS JOIN LATERAL (
              SELECT (g.message_id IN (SELECT s.message_id FROM settled s WHERE s.state = 'UNKNOWN')) IS TRUE
                AS unknown
              OFFSET 0
            ) AS u
            """;

    private static final String SETTLE =
            Sql.of(Settlement.class, "settle.sql", Map.of("counted", SettledCounts.add(COUNTED)));

    private Settlement() {}

    /// A message whose queue row is locked.
    ///
    /// @param ownerless whether it becomes unknown when it is in `SENDING`
    public record Locked(UUID message, boolean ownerless) {
        public static Locked of(ResultSet row) throws SQLException {
            return new Locked(row.getObject("message_id", UUID.class), row.getBoolean("ownerless"));
        }
    }

    /// Settles them and says how many that were.
    public static int settleLocked(Handle handle, List<Locked> locked, MessageState.Settled state) {
        return settle(
                handle,
                locked.stream().map(Locked::message).toList(),
                locked.stream().filter(Locked::ownerless).map(Locked::message).toList(),
                state);
    }

    /// Settles those that are not in `SENDING` and says how many that were.
    public static int settle(Handle handle, List<UUID> locked, MessageState.Settled state) {
        return settle(handle, locked, List.of(), state);
    }

    /// Settles them and says how many that were.
    ///
    /// @param ownerless those of them that become unknown when they are in `SENDING`
    public static int settle(
            Handle handle, List<UUID> locked, List<UUID> ownerless, MessageState.Settled state) {
        if (locked.isEmpty()) {
            return 0;
        }
        List<UUID> sorted = sorted(locked);
        return MessageIds.bind(handle.createQuery(SETTLE), sorted)
                .bind("ownerless", SqlArrays.uuids(ownerless))
                .bind("state", state.kind().name())
                .bind("reason", reason(state))
                .bind("time", state.at())
                .mapTo(Integer.class)
                .one();
    }

    /// The reason as it is stored: null where the state says all.
    public static @Nullable String reason(MessageState state) {
        Reason reason = state.reason();
        return reason == null ? null : reason.name();
    }

    static List<UUID> sorted(List<UUID> ids) {
        return ids.stream().map(MessageId::new).sorted().map(MessageId::value).toList();
    }
}
