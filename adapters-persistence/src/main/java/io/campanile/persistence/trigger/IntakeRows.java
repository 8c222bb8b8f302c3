package io.campanile.persistence.trigger;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.trigger.port.NewBroadcast;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.access.JdbiAuditEntries;
import io.campanile.persistence.broadcast.CanaryRows;
import io.campanile.persistence.message.Metadata;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// The rows of accepted executions, with their keys, written by one statement.
final class IntakeRows {
    private static final String INSERT_BROADCAST =
            """
            INSERT INTO broadcast (execution_id, campaign_id, channel_configuration_id, revision, audience_id,
              identity_namespace, payload, state, paused, planned, written, create_time, start_time, expire_time,
              messages_per_second)
            VALUES (:execution, :campaign, :configuration, :revision, :audience,
              :namespace, :payload, 'WAITING', false, 0, 0, :createTime, :startTime, :expireTime, :perSecond)
            """;

    private static final String INSERT = Sql.of(IntakeRows.class, "insert-executions.sql");

    private static @Nullable String addressOf(NewMessage message) {
        EmailAddress address = message.address();
        return address == null ? null : address.value();
    }

    /// A message.
    ///
    /// @param parent the place of its execution in the batch, from 1
    private record Row(int parent, NewMessage message) {}

    private IntakeRows() {}

    /// What came of a batch.
    ///
    /// @param stored the ids of the executions whose request ids were free
    /// @param accepting the campaigns that accept triggers, each with its live revision
    record Inserted(Set<UUID> stored, Map<UUID, Integer> accepting) {
        /// Whether the execution's campaign accepts triggers by its revision.
        boolean accepts(NewExecution execution) {
            return Objects.equals(
                    accepting.get(execution.campaign().value()), execution.revision());
        }
    }

    /// Stores those whose request id is free and whose campaign accepts triggers by their revision.
    /// That is one statement, unless there is a broadcast among them.
    ///
    /// @param executions sorted by their keys
    static Inserted insert(Handle handle, NodeId node, List<NewExecution> executions) {
        var rows = new ArrayList<Row>(executions.size());
        for (int place = 0; place < executions.size(); place++) {
            for (NewMessage message : executions.get(place).messages()) {
                rows.add(new Row(place + 1, message));
            }
        }
        Query insert = handle.createQuery(INSERT);
        bindExecutions(insert, executions);
        bindMessages(insert, node, rows);
        Inserted inserted = inserted(insert);
        executions.stream()
                .filter(execution -> inserted.stored.contains(execution.id().value()))
                .forEach(execution -> insertBroadcast(handle, execution));
        return inserted;
    }

    private static Inserted inserted(Query insert) {
        return insert.reduceRows(
                new Inserted(new HashSet<>(), new HashMap<>()),
                (inserted, row) -> {
                    UUID execution = row.getColumn("execution_id", UUID.class);
                    if (execution == null) {
                        inserted.accepting.put(
                                row.getColumn("campaign_id", UUID.class),
                                row.getColumn("live_revision", Integer.class));
                    } else {
                        inserted.stored.add(execution);
                    }
                    return inserted;
                });
    }

    private static void bindExecutions(Query insert, List<NewExecution> executions) {
        List<UUID> campaigns =
                executions.stream().map(e -> e.campaign().value()).distinct().toList();
        insert.bind("gates", SqlArrays.uuids(campaigns, id -> id))
                .bind("executions", SqlArrays.uuids(executions, e -> e.id().value()))
                .bind("campaigns", SqlArrays.uuids(executions, e -> e.campaign().value()))
                .bind("configurations", SqlArrays.uuids(executions, e -> e.configuration().value()))
                .bind("revisions", SqlArrays.integers(executions, NewExecution::revision))
                .bind("requestIds", SqlArrays.texts(executions, NewExecution::requestId))
                .bind("digests", SqlArrays.bytes(executions, NewExecution::digest))
                .bind("createTimes", SqlArrays.times(executions, NewExecution::createTime))
                .bind(
                        "scheduleTimes",
                        SqlArrays.optionalTimes(executions, NewExecution::scheduleTime))
                .bind("expireTimes", SqlArrays.times(executions, NewExecution::expireTime))
                .bind("metadata", SqlArrays.texts(executions, e -> Metadata.json(e.metadata())))
                .bind(
                        "messageIds",
                        SqlArrays.texts(executions, e -> StoredAnswer.messageIds(e.results())))
                .bind(
                        "rejections",
                        SqlArrays.texts(executions, e -> StoredAnswer.rejections(e.results())))
                .bind("audiences", SqlArrays.texts(executions, IntakeRows::audience));
    }

    private static void insertBroadcast(Handle handle, NewExecution execution) {
        NewBroadcast broadcast = execution.broadcast();
        if (broadcast == null) {
            return;
        }
        handle.createUpdate(INSERT_BROADCAST)
                .bind("execution", execution.id().value())
                .bind("campaign", execution.campaign().value())
                .bind("configuration", execution.configuration().value())
                .bind("revision", execution.revision())
                .bind("audience", broadcast.audience().value())
                .bind("namespace", broadcast.identityNamespace())
                .bind("payload", broadcast.payload())
                .bind("createTime", execution.createTime())
                .bind("startTime", broadcast.startTime())
                .bind("expireTime", execution.expireTime())
                .bind("perSecond", broadcast.rate().perSecond())
                .execute();
        JdbiAuditEntries.add(handle, broadcast.started());
        if (broadcast.canary() != null) {
            CanaryRows.insert(handle, execution.id(), broadcast.canary());
        }
    }

    private static @Nullable String audience(NewExecution execution) {
        NewBroadcast broadcast = execution.broadcast();
        return broadcast == null ? null : broadcast.audienceName();
    }

    private static void bindMessages(Query insert, NodeId node, List<Row> rows) {
        insert.bind("node", node.value())
                .bind("firstEpoch", ClaimEpoch.FIRST.value())
                .bind("messages", SqlArrays.uuids(rows, r -> r.message.id().value()))
                .bind("parents", SqlArrays.integers(rows, Row::parent))
                .bind("recipientIndexes", SqlArrays.integers(rows, r -> r.message.recipientIndex()))
                .bind(
                        "identityNamespaces",
                        SqlArrays.texts(rows, r -> r.message.identity().namespace()))
                .bind("identityValues", SqlArrays.texts(rows, r -> r.message.identity().value()))
                .bind("addresses", SqlArrays.texts(rows, r -> addressOf(r.message)))
                .bind("payloads", SqlArrays.bytes(rows, r -> r.message.payload()))
                .bind(
                        "keyIds",
                        SqlArrays.texts(
                                rows,
                                r ->
                                        r.message.sensitive() == null
                                                ? null
                                                : r.message.sensitive().keyId()))
                .bind(
                        "secrets",
                        SqlArrays.bytes(
                                rows,
                                r ->
                                        r.message.sensitive() == null
                                                ? null
                                                : r.message.sensitive().bytes()))
                .bind("lanes", SqlArrays.texts(rows, r -> r.message.lane().name()))
                .bind("dueTimes", SqlArrays.times(rows, r -> r.message.dueTime()))
                .bind("messageExpireTimes", SqlArrays.times(rows, r -> r.message.expireTime()))
                .bind("scheduled", SqlArrays.booleans(rows, r -> r.message.scheduled()))
                .bind("kept", SqlArrays.booleans(rows, r -> r.message.kept()));
    }
}
