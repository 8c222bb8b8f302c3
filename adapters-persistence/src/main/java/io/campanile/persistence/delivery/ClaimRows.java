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
import io.campanile.domain.message.Tries;
import io.campanile.domain.profile.Identity;
import io.campanile.persistence.MessageIds;
import io.campanile.persistence.Sql;
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

    private static final String CLAIM = Sql.of(ClaimRows.class, "claim.sql");

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
        return MessageIds.bind(handle.createQuery(CLAIM), sorted)
                .bind("node", node.value())
                .bind("leaseEndTime", leaseEndTime)
                .bind("doubtEndTime", now.plus(MessageQueue.DOUBT_LEASE))
                .map((row, _) -> claimed(row))
                .list();
    }

    private static ClaimedMessage claimed(ResultSet row) throws SQLException {
        String keyId = row.getString("key_id");
        return new ClaimedMessage(
                new Claim(MessageIds.id(row), new ClaimEpoch(row.getInt("claim_epoch"))),
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
