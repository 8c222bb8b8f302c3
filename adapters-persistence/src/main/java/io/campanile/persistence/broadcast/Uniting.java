package io.campanile.persistence.broadcast;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.campanile.domain.broadcast.MessageToOne;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.persistence.IdentityArrays;
import io.campanile.persistence.KeyedPlans;
import io.campanile.persistence.MessageIds;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.UuidTimes;
import io.campanile.persistence.delivery.Settlement;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// The messages that two people have of the same broadcasts, when they become one person. No index
/// leads from people to messages: what is open of broadcasts is looked through, and, only where
/// there is something of them, all that was written of that broadcast, a piece at a time.
final class Uniting {
    private static final int MESSAGES_AT_ONCE = 20_000;

    private static final String OPEN_BROADCASTS =
            """
            SELECT b.execution_id
            FROM broadcast b
            JOIN campaign c ON c.campaign_id = b.campaign_id
            WHERE c.workspace_id = :workspace
              AND EXISTS (SELECT FROM message_queue q WHERE q.execution_id = b.execution_id OFFSET 0)
            ORDER BY b.execution_id
            """;

    private static final String NAMES_THEM =
            "(m.identity_namespace, m.identity_value) IN (SELECT * FROM unnest(:namespaces,"
                    + " :keys))";

    private static final String HAVE_OPEN =
            """
            SELECT EXISTS (
              SELECT
              FROM message_queue q
              CROSS JOIN LATERAL (
                SELECT k.identity_namespace, k.identity_value
                FROM message k
                WHERE k.message_id = q.message_id
                OFFSET 0
              ) AS m
              WHERE q.execution_id = :execution AND %s)
            """
                    .formatted(NAMES_THEM);

    private static final String PIECE =
            """
            WITH piece AS MATERIALIZED (
              SELECT k.message_id, k.identity_namespace, k.identity_value
              FROM message k
              WHERE k.execution_id = :execution AND k.payload IS NULL AND k.message_id > :after
              ORDER BY k.message_id
              LIMIT :messages
            )
            SELECT (SELECT p.message_id FROM piece p ORDER BY p.message_id DESC LIMIT 1) AS last,
              ARRAY(SELECT m.message_id FROM piece m WHERE %s) AS found
            """
                    .formatted(NAMES_THEM);

    private static final String LOCK =
            """
            SELECT q.message_id
            FROM message_queue q
            WHERE q.message_id = ANY (:messages)
            ORDER BY q.message_id
            FOR UPDATE
            """;

    private static final String STATES =
            """
            SELECT t.message_id, s.state, (m.identity_namespace, m.identity_value) IN (
              SELECT * FROM unnest(:namespaces, :keys)) AS staying
            FROM unnest(:messages) AS t (message_id)
            CROSS JOIN LATERAL (
              SELECT k.identity_namespace, k.identity_value FROM message k WHERE k.message_id = t.message_id OFFSET 0
            ) AS m
            CROSS JOIN LATERAL (
              SELECT k.state FROM message_state k WHERE k.message_id = t.message_id OFFSET 0
            ) AS s
            """;

    // The address stays where an attempt was made: what is reported of it counts for the address.
    private static final String TELL =
            """
            INSERT INTO message_decision AS d (message_id, reason, facts, decide_time)
            SELECT t.message_id, :reason, json_build_object('writtenInstead', CAST(:instead AS uuid))::text, :now
            FROM unnest(:messages) AS t (message_id)
            ON CONFLICT (message_id) DO UPDATE
            SET reason = excluded.reason, decide_time = excluded.decide_time,
              facts = json_strip_nulls(json_build_object(
                'writtenInstead', CAST(:instead AS uuid), 'to', d.facts::json ->> 'to'))::text
            """;

    private final Handle handle;
    private final Profile gone;
    private final Profile staying;
    private final Instant now;

    Uniting(Handle handle, Profile gone, Profile staying, Instant now) {
        this.handle = handle;
        this.gone = gone;
        this.staying = staying;
        this.now = now;
    }

    /// Excludes what is too many; only messages of these two are locked.
    ///
    /// @return the broadcasts in which a message of the one who goes was waiting
    Set<ExecutionId> all() {
        KeyedPlans.use(handle);
        Map<UUID, List<UUID>> written =
                openBroadcasts().stream()
                        .filter(this::haveOpen)
                        .collect(toMap(execution -> execution, this::written));
        lock(written.values().stream().flatMap(List::stream).toList());
        var waiting = new HashSet<ExecutionId>();
        written.forEach((execution, ids) -> {
            List<MessageToOne> messages = states(ids);
            exclude(MessageToOne.surplus(messages));
            if (messages.stream().anyMatch(each -> !each.staying() && each.isWaiting())) {
                waiting.add(new ExecutionId(execution));
            }
        });
        return waiting;
    }

    private List<UUID> openBroadcasts() {
        return handle.createQuery(OPEN_BROADCASTS)
                .bind("workspace", staying.workspace().value())
                .mapTo(UUID.class)
                .list();
    }

    private boolean haveOpen(UUID execution) {
        return IdentityArrays.bind(handle.createQuery(HAVE_OPEN), both())
                .bind("execution", execution)
                .mapTo(Boolean.class)
                .one();
    }

    private record Piece(@Nullable UUID last, List<UUID> found) {}

    private List<UUID> written(UUID execution) {
        var all = new ArrayList<UUID>();
        UUID after = UuidTimes.LOWEST;
        while (after != null) {
            Piece piece = piece(execution, after);
            all.addAll(piece.found());
            after = piece.last();
        }
        return all;
    }

    private Piece piece(UUID execution, UUID after) {
        return IdentityArrays.bind(handle.createQuery(PIECE), both())
                .bind("execution", execution)
                .bind("after", after)
                .bind("messages", MESSAGES_AT_ONCE)
                .map((row, _) ->
                        new Piece(
                                row.getObject("last", UUID.class),
                                List.of((UUID[]) row.getArray("found").getArray())))
                .one();
    }

    /// All at once, in the order in which deliveries lock them.
    private void lock(List<UUID> messages) {
        var _ =
                handle.createQuery(LOCK)
                        .bind("messages", SqlArrays.uuids(messages))
                        .mapTo(UUID.class)
                        .list();
    }

    private List<MessageToOne> states(List<UUID> messages) {
        return IdentityArrays.bind(handle.createQuery(STATES), staying.identities())
                .bind("messages", SqlArrays.uuids(messages))
                .map((row, _) ->
                        new MessageToOne(
                                MessageIds.id(row),
                                MessageState.Kind.valueOf(row.getString("state")),
                                row.getBoolean("staying")))
                .list();
    }

    private void exclude(List<MessageToOne> surplus) {
        if (surplus.isEmpty()) {
            return;
        }
        List<UUID> ids = surplus.stream().map(each -> each.id().value()).toList();
        Settlement.settle(handle, ids, MessageToOne.excluded(now));
        handle.createUpdate(TELL)
                .bind("messages", SqlArrays.uuids(ids))
                .bind("reason", Reason.DUPLICATE_RECIPIENT.name())
                .bind("instead", staying.id().value())
                .bind("now", now)
                .execute();
    }

    private Set<Identity> both() {
        return Stream.concat(gone.identities().stream(), staying.identities().stream())
                .collect(toSet());
    }
}
