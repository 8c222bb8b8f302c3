package io.campanile.persistence.trigger;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.trigger.port.NewBroadcast;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.access.JdbiAuditEntries;
import io.campanile.persistence.broadcast.CanaryRows;
import io.campanile.persistence.message.Metadata;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    // One statement, so that every column travels once, and locks and commit need no exchange of
    // their own. A locking clause reads the newest committed version: whoever waited for a stop
    // sees it. unnest copies each value into a store of its own: what has one width and no holes is
    // read from the arrays by its position instead, and what a message has from its execution by
    // the position of that. Which request ids were free is known when the keys are in. IS TRUE
    // makes the planner look things up in a hash table, where a semi-join could not use one.
    private static final String INSERT =
            """
            WITH gate AS MATERIALIZED (
              SELECT pg_advisory_xact_lock_shared(uuid_hash_extended(g.campaign_id, 0))
              FROM (SELECT c.campaign_id FROM unnest(:gates) AS c (campaign_id) ORDER BY 1) AS g
            ), control AS MATERIALIZED (
              SELECT c.campaign_id, c.accepts_triggers
              FROM campaign_control c
              WHERE c.campaign_id = ANY (:gates) AND (SELECT count(*) FROM gate) >= 0
              ORDER BY c.campaign_id
              FOR SHARE OF c
            ), given AS MATERIALIZED (
              SELECT :executions AS executions, :campaigns AS campaigns, :configurations AS configurations,
                :revisions AS revisions, :createTimes AS create_times
            ), incoming AS MATERIALIZED (
              SELECT v.executions[e.position] AS execution_id, v.campaigns[e.position] AS campaign_id,
                v.revisions[e.position] AS revision, e.request_id, e.digest, to_timestamp(v.create_times[e.position]) AS create_time,
                to_timestamp(e.schedule_time) AS schedule_time, to_timestamp((:expireTimes)[e.position]) AS expire_time,
                e.metadata, e.message_ids, e.rejections, e.audience
              FROM given v
              CROSS JOIN unnest(:requestIds, :digests, :scheduleTimes, :metadata, :messageIds, :rejections, :audiences)
                WITH ORDINALITY AS e (request_id, digest, schedule_time, metadata, message_ids, rejections, audience, position)
              WHERE (v.campaigns[e.position] IN (SELECT campaign_id FROM control WHERE accepts_triggers)) IS TRUE
            ), fresh AS (
              INSERT INTO trigger_key (campaign_id, request_id, digest, execution_id, create_time)
              SELECT campaign_id, request_id, digest, execution_id, create_time
              FROM incoming
              ON CONFLICT DO NOTHING
              RETURNING execution_id
            ), stored_execution AS (
              INSERT INTO execution (execution_id, campaign_id, revision, request_id, create_time, schedule_time,
                expire_time, metadata, message_ids, rejections, audience)
              SELECT execution_id, campaign_id, revision, request_id, create_time, schedule_time, expire_time,
                metadata::jsonb, message_ids::uuid[], rejections::jsonb, audience
              FROM incoming
              WHERE (execution_id IN (SELECT execution_id FROM fresh)) IS TRUE
            ), new_message AS MATERIALIZED (
              SELECT (:messages)[m.position] AS message_id, v.executions[m.parent] AS execution_id,
                v.campaigns[m.parent] AS campaign_id, v.configurations[m.parent] AS channel_configuration_id,
                v.revisions[m.parent] AS revision, (:recipientIndexes)[m.position] AS recipient_index,
                m.identity_namespace, m.identity_value, m.address, m.payload, m.key_id, m.secret, m.lane,
                to_timestamp(v.create_times[m.parent]) AS create_time, to_timestamp((:dueTimes)[m.position]) AS due_time,
                to_timestamp((:messageExpireTimes)[m.position]) AS expire_time, (:scheduled)[m.position] AS scheduled,
                (:kept)[m.position] AS kept
              FROM given v
              CROSS JOIN unnest(:parents, :identityNamespaces, :identityValues, :addresses, :payloads, :keyIds, :secrets,
                  :lanes)
                WITH ORDINALITY AS m (parent, identity_namespace, identity_value, address, payload, key_id, secret, lane, position)
              WHERE (v.executions[m.parent] IN (SELECT execution_id FROM fresh)) IS TRUE
            ), stored_message AS (
              INSERT INTO message (message_id, execution_id, campaign_id, revision, recipient_index, identity_namespace,
                identity_value, address, payload, expire_time)
              SELECT message_id, execution_id, campaign_id, revision, recipient_index, identity_namespace, identity_value,
                address, payload, expire_time
              FROM new_message
            ), state AS (
              INSERT INTO message_state (message_id, state, reason, attempts, reply_code, enhanced_code, state_time)
              SELECT message_id, CASE WHEN scheduled THEN 'DEFERRED' ELSE 'ACCEPTED' END,
                CASE WHEN scheduled THEN 'SCHEDULED' END, 0, 0, '', create_time
              FROM new_message
            ), secret AS (
              INSERT INTO message_secret (message_id, key_id, bytes)
              SELECT message_id, key_id, secret
              FROM new_message
              WHERE key_id IS NOT NULL
            ), queued AS (
              INSERT INTO message_queue (message_id, campaign_id, channel_configuration_id, lane, due_time, expire_time,
                owner, claim_epoch, claims_without_mark, payload_bytes)
              SELECT message_id, campaign_id, channel_configuration_id, lane, due_time, expire_time,
                CASE WHEN kept THEN :node END, CASE WHEN kept THEN :firstEpoch ELSE 0 END, CASE WHEN kept THEN 1 ELSE 0 END,
                octet_length(payload) + coalesce(octet_length(secret), 0)
              FROM new_message
            )
            SELECT execution_id, NULL::uuid AS campaign_id FROM fresh
            UNION ALL
            SELECT NULL, campaign_id FROM control WHERE accepts_triggers
            """;

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
    /// @param accepting the campaigns that accept triggers
    record Inserted(Set<UUID> stored, Set<UUID> accepting) {}

    /// Stores those whose request id is free and whose campaign accepts triggers. That is one
    /// statement, unless there is a broadcast among them.
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
                new Inserted(new HashSet<>(), new HashSet<>()),
                (inserted, row) -> {
                    UUID execution = row.getColumn("execution_id", UUID.class);
                    if (execution == null) {
                        inserted.accepting.add(row.getColumn("campaign_id", UUID.class));
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
