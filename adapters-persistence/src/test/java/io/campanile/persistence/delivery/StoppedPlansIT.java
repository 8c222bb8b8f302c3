package io.campanile.persistence.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.Database;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Campaigns that were stopped long ago cost nothing: every node asks each second.
class StoppedPlansIT extends StoreScene {
    private static final long LITTLE = 40;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String STOPPED =
            """
            INSERT INTO campaign (campaign_id, workspace_id, chosen_id, category, display_name, description, tags, state,
              draft, version, create_time, update_time)
            SELECT md5('stopped ' || n)::uuid, 'default', 'stopped-' || n, 'MARKETING', 'Stopped', '', '{}', 'DRAFT',
              '{}', 1, now(), now()
            FROM generate_series(1, 5000) AS n
            """;

    private static final String STOPPED_CONTROLS =
            """
            INSERT INTO campaign_control (campaign_id, accepts_triggers, live_revision, delivery)
            SELECT campaign_id, false, 1, 'CANCEL' FROM campaign WHERE chosen_id LIKE 'stopped-%'
            """;

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void areNotLookedAt() {
        STORE.database()
                .store()
                .inTransaction(
                        handle -> handle.execute(STOPPED) + handle.execute(STOPPED_CONTROLS));
        try (var database = new Database(STORE.settings("plans", 1, 1))) {
            var queue = new JdbiMessageQueue(database.hot());

            assertThat(readToCancel(0, database, queue)).isLessThan(LITTLE);

            var message = ids(stored(trigger())).getFirst();
            CampaignId running = addCampaign();
            var other = ids(stored(trigger(running, now))).getFirst();
            control(false, Delivery.CANCEL);
            assertThat(readToCancel(1, database, queue)).isLessThan(LITTLE);
            assertThat(stateOf(message)).isEqualTo(MessageState.Kind.CANCELLED);
            assertThat(stateOf(other)).isEqualTo(MessageState.Kind.ACCEPTED);
        }
    }

    private long readToCancel(int messages, Database database, JdbiMessageQueue queue) {
        return RowsRead.andLooksBy(
                database.hot(),
                "message_queue|campaign_control",
                () -> assertThat(queue.cancelStopped(100, now)).isEqualTo(messages));
    }
}
