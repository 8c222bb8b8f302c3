package io.campanile.persistence.campaign;

import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.ControlGate;

/// The control rows on PostgreSQL.
public final class JdbiCampaignControls implements CampaignControls {
    private final Store store;

    public JdbiCampaignControls(Store store) {
        this.store = store;
    }

    private static final String SET =
            """
            INSERT INTO campaign_control AS k (campaign_id, accepts_triggers, delivery)
            VALUES (:id, :acceptsTriggers, :delivery)
            ON CONFLICT (campaign_id) DO UPDATE
            SET accepts_triggers = excluded.accepts_triggers, delivery = excluded.delivery
            """;

    @Override
    public void set(CampaignId id, CampaignControl control) {
        store.inTransaction(handle -> {
            ControlGate.enter(handle, id.value());
            return handle.createUpdate(SET)
                    .bind("id", id.value())
                    .bind("acceptsTriggers", control.acceptsTriggers())
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
        return store.inStatement(handle ->
                handle.createQuery(COUNT_OPEN)
                        .bind("id", id.value())
                        .map((row, _) ->
                                new StopCounts(
                                        row.getLong("to_cancel"), row.getLong("in_hand_over")))
                        .one());
    }
}
