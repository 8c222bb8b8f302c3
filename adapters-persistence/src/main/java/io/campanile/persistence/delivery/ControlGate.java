package io.campanile.persistence.delivery;

import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;

import org.jdbi.v3.core.Handle;

import java.util.UUID;

/// The locks on control rows. The row lock is what binds; but whoever holds a row shared lets other
/// sharers overtake a waiting writer, so that a steady stream of marks would keep a stop waiting
/// for ever. Everybody therefore queues at an advisory lock first, which is handed out in order.
/// Intake and marks do so within their own statements, with the same hash. Whoever waits there
/// holds the tables of messages, so that a migration locks one of these in a transaction, and no
/// more.
public final class ControlGate {
    // Whatever the plan, the advisory lock is taken first: the row is locked as the last step of a
    // query.
    private static final String SHARE =
            """
            WITH gate AS MATERIALIZED (
              SELECT pg_advisory_xact_lock_shared(uuid_hash_extended(:campaign, 0))
            )
            SELECT c.accepts_triggers, c.live_revision, c.delivery
            FROM campaign_control c
            WHERE c.campaign_id = :campaign AND (SELECT count(*) FROM gate) >= 0
            FOR SHARE OF c
            """;

    private static final String ENTER = "SELECT pg_advisory_xact_lock(uuid_hash_extended(:id, 0))";

    private ControlGate() {}

    /// Locks the control row of a campaign shared until the end of the transaction. A campaign that
    /// was purged cancels what it left.
    public static CampaignControl share(Handle handle, CampaignId campaign) {
        return handle.createQuery(SHARE)
                .bind("campaign", campaign.value())
                .map((row, _) ->
                        new CampaignControl(
                                row.getBoolean("accepts_triggers"),
                                row.getInt("live_revision"),
                                CampaignControl.Delivery.valueOf(row.getString("delivery"))))
                .findOne()
                .orElse(new CampaignControl(false, 0, CampaignControl.Delivery.CANCEL));
    }

    /// Queues for changing the control row of a campaign, or the row of a channel configuration:
    /// from now on nobody new gets a shared lock on it before this transaction ends.
    public static void enter(Handle handle, UUID id) {
        handle.createQuery(ENTER).bind("id", id).mapTo(String.class).list();
    }
}
