package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Tries;
import io.campanile.domain.profile.Identity;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The two statements of a claim: lock what is due, then, with a new snapshot, take what there is
/// room for.
final class ClaimRows {
    private static final String LOCK_DUE =
            """
            SELECT c.campaign_id, d.message_id, d.payload_bytes
            FROM unnest(:campaigns) AS c (campaign_id)
            CROSS JOIN LATERAL (
              SELECT q.message_id, q.payload_bytes
              FROM message_queue q
              WHERE q.lane = :lane
                AND q.campaign_id = c.campaign_id
                AND q.channel_configuration_id = :configuration
                AND q.due_time <= :now
              ORDER BY q.due_time
              LIMIT :places
              FOR NO KEY UPDATE SKIP LOCKED
            ) AS d
            """;

    // What was never claimed before was never marked, and only what has a payload of its own can
    // have sensitive data: most messages, those of broadcasts, need neither looked up. Doubts are
    // looked up for what was marked before, and nothing else.
    private static final String CLAIM =
            """
            WITH claimed AS (
              UPDATE message_queue q
              SET (claim_epoch, owner, due_time, claims_without_mark) = (
                SELECT q.claim_epoch + 1, :node,
                  CASE WHEN d.in_doubt THEN least(:doubtEndTime::timestamptz, :leaseEndTime::timestamptz)
                    ELSE :leaseEndTime::timestamptz END,
                  CASE WHEN d.in_doubt THEN 1 ELSE q.claims_without_mark + 1 END
                FROM (
                  SELECT q.claim_epoch > 0 AND 'SENDING' = (
                    SELECT s.state
                    FROM message_state s
                    WHERE s.message_id = q.message_id AND s.message_id BETWEEN :first AND :last) AS in_doubt
                  OFFSET 0
                ) AS d)
              WHERE q.message_id = ANY (:messages)
              RETURNING q.message_id, q.claim_epoch, q.campaign_id, q.lane, q.expire_time, q.claims_without_mark,
                q.lone_tries
            )
            SELECT c.message_id, c.claim_epoch, m.execution_id, c.campaign_id, m.revision, c.lane, m.identity_namespace,
              m.identity_value, m.address, m.payload,
              x.key_id, x.bytes, c.expire_time, coalesce(s.attempts, 0) AS attempts, e.doubts,
              c.claims_without_mark, c.lone_tries,
              coalesce(s.state = 'SENDING', false) AS in_doubt
            FROM claimed c
            LEFT JOIN LATERAL (
              SELECT k.state, k.attempts
              FROM message_state k
              WHERE c.claim_epoch > 1 AND k.message_id = c.message_id AND k.message_id BETWEEN :first AND :last
              OFFSET 0
            ) AS s ON true
            CROSS JOIN LATERAL (
              SELECT count(*) AS doubts
              FROM message_event k
              WHERE s.attempts > 0 AND k.message_id = c.message_id AND k.message_id BETWEEN :first AND :last
                AND k.reason = 'OUTCOME_UNKNOWN'
              OFFSET 0
            ) AS e
            CROSS JOIN LATERAL (
              SELECT k.execution_id, k.revision, k.identity_namespace, k.identity_value, k.address, k.payload
              FROM message k
              WHERE k.message_id = c.message_id AND k.message_id BETWEEN :first AND :last
              OFFSET 0
            ) AS m
            LEFT JOIN LATERAL (
              SELECT k.key_id, k.bytes
              FROM message_secret k
              WHERE m.payload IS NOT NULL AND k.message_id = c.message_id AND k.message_id BETWEEN :first AND :last
              OFFSET 0
            ) AS x ON true
            """;

    private ClaimRows() {}

    private record Due(UUID campaign, UUID message, int places) {
        static Due of(ResultSet row) throws SQLException {
            return new Due(
                    row.getObject("campaign_id", UUID.class),
                    row.getObject("message_id", UUID.class),
                    MessageQueue.placesFor(row.getLong("payload_bytes")));
        }
    }

    static List<UUID> lockDue(
            Handle handle,
            Lane lane,
            ChannelConfigurationId configuration,
            Collection<CampaignId> campaigns,
            int places,
            Instant now) {
        List<Due> due =
                handle.createQuery(LOCK_DUE)
                        .bind("campaigns", SqlArrays.uuids(campaigns, CampaignId::value))
                        .bind("lane", lane.name())
                        .bind("configuration", configuration.value())
                        .bind("now", now)
                        .bind("places", places)
                        .map((row, _) -> Due.of(row))
                        .list();
        return fitting(due, places);
    }

    /// Of each campaign the first ones, as they come.
    private static List<UUID> fitting(List<Due> due, int places) {
        List<UUID> fitting = new ArrayList<>(due.size());
        Map<UUID, Integer> taken = new HashMap<>();
        for (Due next : due) {
            int before = taken.getOrDefault(next.campaign(), 0);
            if (before == 0 || before + next.places() <= places) {
                fitting.add(next.message());
            }
            taken.put(next.campaign(), before + next.places());
        }
        return fitting;
    }

    static List<ClaimedMessage> claim(
            Handle handle, NodeId node, List<UUID> due, Instant leaseEndTime, Instant now) {
        List<UUID> sorted = Settlement.sorted(due);
        return handle.createQuery(CLAIM)
                .bind("messages", SqlArrays.uuids(sorted))
                .bind("first", sorted.getFirst())
                .bind("last", sorted.getLast())
                .bind("node", node.value())
                .bind("leaseEndTime", leaseEndTime)
                .bind("doubtEndTime", now.plus(MessageQueue.DOUBT_LEASE))
                .map((row, _) -> claimed(row))
                .list();
    }

    private static ClaimedMessage claimed(ResultSet row) throws SQLException {
        String keyId = row.getString("key_id");
        return new ClaimedMessage(
                new Claim(
                        new MessageId(row.getObject("message_id", UUID.class)),
                        new ClaimEpoch(row.getInt("claim_epoch"))),
                new ExecutionId(row.getObject("execution_id", UUID.class)),
                new CampaignId(row.getObject("campaign_id", UUID.class)),
                row.getInt("revision"),
                Lane.valueOf(row.getString("lane")),
                new Identity(row.getString("identity_namespace"), row.getString("identity_value")),
                row.getString("address"),
                row.getBytes("payload"),
                keyId == null ? null : new SealedSecret(keyId, row.getBytes("bytes")),
                row.getObject("expire_time", OffsetDateTime.class).toInstant(),
                new Tries(row.getInt("attempts"), row.getInt("doubts")),
                new ClaimHistory(row.getInt("claims_without_mark"), row.getInt("lone_tries")),
                row.getBoolean("in_doubt"));
    }
}
