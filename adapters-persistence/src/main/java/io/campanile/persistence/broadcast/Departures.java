package io.campanile.persistence.broadcast;

import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.ProfileId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.audience.NamedMembers;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Members who were erased or merged.
///
/// Chunks are written under the lock of departures, shared, so that nobody is written to by what
/// was true before a departure. Whoever copies members sees them as they were when the copy began,
/// and nobody else sees the copied rows until it ends. So departures meanwhile are noted here, and
/// applied to the copy at its end.
final class Departures {
    private static final String LOCK_SHARED =
            "SELECT pg_advisory_xact_lock_shared(hashtextextended('campanile departures', 0))";

    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('campanile departures', 0))";

    private static final String NOTE =
            """
            INSERT INTO member_departure (profile_id, successor_id, depart_time)
            VALUES (:gone, :successor::uuid, clock_timestamp())
            """;

    // Numbers are given and committed under the lock, one after the other.
    private static final String LATEST =
            "SELECT coalesce(max(d.number), 0) FROM member_departure d";

    private static final String MISSED =
            """
            SELECT d.profile_id, d.successor_id
            FROM member_departure d
            WHERE d.number > :latest
              AND EXISTS (
                SELECT FROM member_departure g
                JOIN broadcast_member m ON m.profile_id = g.profile_id AND m.execution_id = :execution
                WHERE g.number > :latest)
            ORDER BY d.number
            """;

    private static final String FORGET =
            """
            DELETE FROM member_departure
            WHERE number = ANY (ARRAY(
              SELECT d.number
              FROM member_departure d
              WHERE d.depart_time < transaction_timestamp() - interval '1 day'
              ORDER BY d.number
              LIMIT :limit))
            """;

    // One person, who has a message as whom they were: none as whom they are.
    private static final String CLOSE =
            """
            UPDATE broadcast_member m
            SET duplicate_of = g.profile_id
            FROM broadcast_member g
            JOIN broadcast b ON b.execution_id = g.execution_id
            WHERE g.profile_id = :gone AND g.duplicate_of IS NULL AND g.number <= b.written
              AND m.execution_id = g.execution_id AND m.profile_id = :successor AND m.number > b.written
              AND (:execution::uuid IS NULL OR m.execution_id = :execution::uuid)
            """;

    private static final String MOVE =
            """
            UPDATE broadcast_member m
            SET profile_id = :successor
            WHERE m.profile_id = :gone
              AND NOT EXISTS (
                SELECT FROM broadcast_member o WHERE o.execution_id = m.execution_id AND o.profile_id = :successor)
              AND (:execution::uuid IS NULL OR m.execution_id = :execution::uuid)
            """;

    // Where the place was taken over.
    private static final String FOLLOW =
            """
            UPDATE broadcast_member m
            SET duplicate_of = :successor
            WHERE m.duplicate_of = :gone AND m.profile_id <> :successor
              AND NOT EXISTS (
                SELECT FROM broadcast_member o WHERE o.execution_id = m.execution_id AND o.profile_id = :gone)
              AND (:execution::uuid IS NULL OR m.execution_id = :execution::uuid)
            """;

    // Of those at an address whose own message will not be written, one who still exists.
    // PostgreSQL before 18 has no smallest UUID.
    private static final String PASS_TO_AN_HEIR =
            """
            WITH heir AS (
              SELECT d.execution_id, (min(d.profile_id::text))::uuid AS profile_id
              FROM broadcast_member g
              JOIN broadcast b ON b.execution_id = g.execution_id
              JOIN broadcast_member d ON d.execution_id = g.execution_id AND d.duplicate_of = g.profile_id
              WHERE g.profile_id = %1$s AND d.number > b.written AND %2$s
                AND EXISTS (SELECT FROM profile_identity i WHERE i.profile_id = d.profile_id)
                AND (:execution::uuid IS NULL OR g.execution_id = :execution::uuid)
              GROUP BY d.execution_id
            )
            UPDATE broadcast_member m
            SET duplicate_of = nullif(h.profile_id, m.profile_id)
            FROM heir h
            WHERE m.execution_id = h.execution_id AND m.duplicate_of = %1$s AND %3$s
            """;

    private static final String INHERIT =
            PASS_TO_AN_HEIR.formatted(":gone", "g.number > b.written", "true");

    // Not where the message that is waiting goes to their address now.
    private static final String INHERIT_FROM_THE_CLOSED =
            PASS_TO_AN_HEIR.formatted(
                    ":successor",
                    "g.number > b.written AND g.duplicate_of = :gone AND g.execution_id <> ALL"
                            + " (:waiting)",
                    "true");

    private static final String HEIR_IS_ELSEWHERE =
            """
            (SELECT count(DISTINCT coalesce(normalize(lower(%s)), '')) = 2
            FROM broadcast b
            JOIN campaign o ON o.campaign_id = b.campaign_id
            JOIN workspace w ON w.workspace_id = o.workspace_id
            LEFT JOIN channel_configuration x ON x.channel_configuration_id = b.channel_configuration_id
            CROSS JOIN (VALUES (h.profile_id), (:successor)) AS c (profile_id)
            WHERE b.execution_id = h.execution_id)
            """
                    .formatted(
                            NamedMembers.destination(
                                    "b.identity_namespace",
                                    "x.definition ->> 'addressField'",
                                    "w.address_field"));

    // The mail goes to the address of whoever stays: one that is waiting, or that of a member whose
    // place is to be taken over.
    private static final String INHERIT_WHAT_IS_LEFT =
            PASS_TO_AN_HEIR.formatted(
                    ":gone",
                    """
                    d.profile_id <> :successor
                    AND (g.execution_id = ANY (:waiting) OR g.number > b.written AND NOT EXISTS (
                      SELECT FROM broadcast_member o WHERE o.execution_id = g.execution_id AND o.profile_id = :successor))
                    """,
                    "m.profile_id <> :successor AND " + HEIR_IS_ELSEWHERE);

    private Departures() {}

    /// @param waiting the broadcasts in which a message of the one who goes was waiting
    private record Departure(UUID gone, @Nullable UUID successor, Collection<ExecutionId> waiting) {
        /// @param execution the only broadcast to depart from; absent for all of them
        void apply(Handle handle, @Nullable ExecutionId execution) {
            if (successor != null) {
                update(handle, CLOSE, execution).bind("successor", successor).execute();
                update(handle, INHERIT_FROM_THE_CLOSED, execution)
                        .bind("successor", successor)
                        .bind("waiting", SqlArrays.uuids(waiting, ExecutionId::value))
                        .execute();
                update(handle, INHERIT_WHAT_IS_LEFT, execution)
                        .bind("successor", successor)
                        .bind("waiting", SqlArrays.uuids(waiting, ExecutionId::value))
                        .execute();
                update(handle, MOVE, execution).bind("successor", successor).execute();
                update(handle, FOLLOW, execution).bind("successor", successor).execute();
            }
            update(handle, INHERIT, execution).execute();
        }

        private Update update(Handle handle, String statement, @Nullable ExecutionId execution) {
            return handle.createUpdate(statement)
                    .bind("gone", gone)
                    .bind("execution", execution == null ? null : execution.value());
        }
    }

    static int move(Handle handle, ProfileId from, ProfileId to, Set<ExecutionId> waiting) {
        return depart(handle, new Departure(from.value(), to.value(), waiting));
    }

    static int leave(Handle handle, ProfileId gone) {
        return depart(handle, new Departure(gone.value(), null, Set.of()));
    }

    private static int depart(Handle handle, Departure departure) {
        handle.execute(LOCK);
        departure.apply(handle, null);
        return handle.createUpdate(NOTE)
                .bind("gone", departure.gone())
                .bind("successor", departure.successor())
                .execute();
    }

    /// The number of the latest departure that is committed.
    static long latest(Handle handle) {
        return handle.createQuery(LATEST).mapTo(Long.class).one();
    }

    /// Keeps departures away until the end of the transaction.
    static void keepAway(Handle handle) {
        handle.execute(LOCK_SHARED);
    }

    /// Lets those members depart who were copied in this transaction and departed meanwhile.
    /// Whoever departs later waits for the end of the transaction, and sees the copied rows.
    ///
    /// @param latest the latest departure when the copy began
    static void catchUp(Handle handle, ExecutionId execution, long latest) {
        handle.execute(LOCK);
        List<Departure> missed =
                handle.createQuery(MISSED)
                        .bind("execution", execution.value())
                        .bind("latest", latest)
                        .map((row, _) ->
                                new Departure(
                                        row.getObject("profile_id", UUID.class),
                                        row.getObject("successor_id", UUID.class),
                                        Set.of()))
                        .list();
        missed.forEach(departure -> departure.apply(handle, execution));
    }

    /// Forgets what no transaction that still runs can have missed.
    static void forget(Handle handle, int limit) {
        handle.createUpdate(FORGET).bind("limit", limit).execute();
    }
}
