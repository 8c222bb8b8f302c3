package io.campanile.persistence.campaign;

import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.ControlGate;

import org.jdbi.v3.core.Handle;

import java.time.Duration;

/// The control rows on PostgreSQL.
public final class JdbiCampaignControls implements CampaignControls {
    /// How long intake and marks may wait for numbers.
    private static final Duration MOST_COUNTING = Duration.ofSeconds(2);

    private final Store store;
    private final Duration mostCounting;

    public JdbiCampaignControls(Store store) {
        this(store, MOST_COUNTING);
    }

    /// @param mostCounting how long a stop counts what it cancels
    JdbiCampaignControls(Store store, Duration mostCounting) {
        this.store = store;
        this.mostCounting = mostCounting;
    }

    private static final String SET =
            """
            INSERT INTO campaign_control AS k (campaign_id, accepts_triggers, live_revision, delivery)
            VALUES (:id, :acceptsTriggers, :liveRevision, :delivery)
            ON CONFLICT (campaign_id) DO UPDATE
            SET accepts_triggers = excluded.accepts_triggers, live_revision = excluded.live_revision,
              delivery = excluded.delivery
            """;

    @Override
    public void set(CampaignId id, CampaignControl control) {
        store.inTransaction(handle -> {
            ControlGate.enter(handle, id.value());
            return handle.createUpdate(SET)
                    .bind("id", id.value())
                    .bind("acceptsTriggers", control.acceptsTriggers())
                    .bind("liveRevision", control.liveRevision())
                    .bind("delivery", control.delivery().name())
                    .execute();
        });
    }

    // All lanes, so that the index of the queue serves. A stop counts while intake and marks wait:
    // states are looked up only of what may be in hand-over, which was claimed and neither released
    // nor put off since. Members of an audience whose message is not written yet are cancelled as
    // well.
    private static final String COUNT_OPEN =
            """
            SELECT n.open - n.in_hand_over + (
                SELECT coalesce(sum(b.planned - b.written), 0)
                FROM broadcast b
                WHERE b.campaign_id = :id AND b.state IN ('WAITING', 'WRITING')) AS to_cancel,
              n.in_hand_over
            FROM (
              SELECT count(*) AS open,
                count(*) FILTER (WHERE CASE WHEN q.claims_without_mark > 0 THEN (
                  SELECT s.state FROM message_state s WHERE s.message_id = q.message_id) END = 'SENDING') AS in_hand_over
              FROM message_queue q
              WHERE q.campaign_id = :id AND q.lane IN ('TRANSACTIONAL', 'HIGH_THROUGHPUT', 'MARKETING')
            ) AS n
            """;

    @Override
    public StopCounts countOpen(CampaignId id) {
        return store.inTransaction(handle ->
                Store.readInTime(handle, mostCounting, counting -> countAll(counting, id))
                        .orElseGet(() -> StopCounts.uncounted(countInHandOver(handle, id))));
    }

    private static StopCounts countAll(Handle handle, CampaignId id) {
        return handle.createQuery(COUNT_OPEN)
                .bind("id", id.value())
                .map((row, _) ->
                        new StopCounts(row.getLong("to_cancel"), row.getLong("in_hand_over")))
                .one();
    }

    // However many wait: of what nodes have in memory, and of what dead ones left.
    private static final String COUNT_IN_HAND_OVER =
            """
            SELECT count(*)
            FROM (
              SELECT f.message_id
              FROM (
                SELECT h.message_id, h.campaign_id FROM message_queue h WHERE -h.owner IS NOT NULL OFFSET 0
              ) AS f
              WHERE f.campaign_id = :id
              UNION ALL
              SELECT q.message_id
              FROM message_queue q
              WHERE q.campaign_id = :id AND q.owner IS NULL AND q.claims_without_mark > 0
            ) AS claimed
            CROSS JOIN LATERAL (
              SELECT FROM message_state s
              WHERE s.message_id = claimed.message_id AND s.state = 'SENDING'
              OFFSET 0
            ) AS sending
            """;

    private static long countInHandOver(Handle handle, CampaignId id) {
        return handle.createQuery(COUNT_IN_HAND_OVER)
                .bind("id", id.value())
                .mapTo(Long.class)
                .one();
    }
}
