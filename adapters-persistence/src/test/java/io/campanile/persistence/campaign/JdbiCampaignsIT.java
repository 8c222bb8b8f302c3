package io.campanile.persistence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.audience.port.AudienceUses;
import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.operation.JdbiPartitions;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.campaign.CampaignsContract;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class JdbiCampaignsIT extends CampaignsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final Instant KEPT = Instant.parse("2019-05-02T12:00:00Z");

    /// A day that stays when the others are dropped.
    private static final Instant OPEN = Instant.parse("2019-07-02T12:00:00Z");

    private static final String CONTROL =
            """
            SELECT k.accepts_triggers, k.live_revision, k.delivery
            FROM campaign_control k
            WHERE k.campaign_id = :campaign
            """;

    private static final String MESSAGE =
            """
            INSERT INTO message (message_id, execution_id, campaign_id, revision, recipient_index, identity_namespace,
              identity_value, expire_time)
            VALUES (:id, :id, :campaign, :revision, 0, 'crmId', 'ada', now())
            """;

    private static final String CONFIGURATION =
            """
            INSERT INTO channel_configuration (channel_configuration_id, workspace_id, chosen_id, display_name, channel,
              category, state, definition, version, create_time, update_time)
            SELECT gen_random_uuid(), c.workspace_id, 'mine', '', 'EMAIL', 'MARKETING', 'ACTIVE', '{}', 1, now(), now()
            FROM campaign c
            WHERE c.campaign_id = :campaign
            ON CONFLICT (workspace_id, chosen_id) DO NOTHING
            """;

    private static final String OPEN_MESSAGE =
            """
            WITH queued AS (
              INSERT INTO message_queue (message_id, campaign_id, channel_configuration_id, lane, due_time, expire_time,
                claim_epoch, claims_without_mark)
              SELECT :id, c.campaign_id, f.channel_configuration_id, 'MARKETING', now(), now(), 0, 0
              FROM campaign c
              JOIN channel_configuration f ON f.workspace_id = c.workspace_id AND f.chosen_id = 'mine'
              WHERE c.campaign_id = :campaign)
            INSERT INTO message (message_id, execution_id, campaign_id, revision, recipient_index, identity_namespace,
              identity_value, expire_time)
            VALUES (:id, :id, :campaign, :revision, 0, 'crmId', 'ada', now())
            """;

    private static final String BROADCAST =
            """
            INSERT INTO broadcast (execution_id, campaign_id, channel_configuration_id, revision, audience_id,
              identity_namespace, payload, state, paused, planned, written, create_time, start_time, expire_time,
              messages_per_second)
            VALUES (:id, :campaign, :id, :revision, :audience, '', '', 'WAITING', false, 0, 0, now(), now(), now(), 0)
            """;

    private static final String EXECUTION =
            """
            INSERT INTO execution (execution_id, campaign_id, revision, request_id, create_time, expire_time, message_ids)
            VALUES (:id, :campaign, :revision, 'r', now(), now(), ARRAY[:id])
            """;

    @Override
    protected Campaigns campaigns() {
        return new JdbiCampaigns(STORE.database().store());
    }

    @Override
    protected CampaignControls controls() {
        return new JdbiCampaignControls(STORE.database().store());
    }

    @Override
    protected ConfigurationUses uses() {
        return new JdbiConfigurationUses(STORE.database().store());
    }

    @Override
    protected RuleSetUses ruleSetUses() {
        return new JdbiRuleSetUses(STORE.database().store());
    }

    @Override
    protected AudienceUses audienceUses() {
        return new JdbiAudienceUses(STORE.database().store());
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }

    @Override
    protected Optional<CampaignControl> control(CampaignId campaign) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(CONTROL)
                                .bind("campaign", campaign.value())
                                .map((row, _) ->
                                        new CampaignControl(
                                                row.getBoolean("accepts_triggers"),
                                                row.getInt("live_revision"),
                                                CampaignControl.Delivery.valueOf(
                                                        row.getString("delivery"))))
                                .findOne());
    }

    @Override
    protected void keepMessage(CampaignId campaign) {
        keep(MESSAGE, campaign, 1, KEPT);
    }

    @Override
    protected void keepOpenMessage(CampaignId campaign, int revision) {
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate(CONFIGURATION)
                                .bind("campaign", campaign.value())
                                .execute());
        keep(OPEN_MESSAGE, campaign, revision, OPEN);
    }

    @Override
    protected void keepBroadcast(CampaignId campaign, int revision) {
        keepBroadcast(campaign, revision, new AudienceId(UUID.randomUUID()));
    }

    @Override
    protected void keepWaiting(CampaignId campaign, AudienceId audience) {
        keepBroadcast(campaign, 1, audience);
    }

    private static void keepBroadcast(CampaignId campaign, int revision, AudienceId audience) {
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate(BROADCAST)
                                .bind("id", Triggers.id(OPEN))
                                .bind("campaign", campaign.value())
                                .bind("revision", revision)
                                .bind("audience", audience.value())
                                .execute());
    }

    @Override
    protected void keepExecution(CampaignId campaign) {
        keep(EXECUTION, campaign, 1, KEPT);
    }

    private void keep(String insert, CampaignId campaign, int revision, Instant day) {
        partitions().makeAhead(day, Period.ZERO);
        STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createUpdate(insert)
                                .bind("id", Triggers.id(day))
                                .bind("campaign", campaign.value())
                                .bind("revision", revision)
                                .execute());
    }

    @Override
    protected void dropMessages() {
        partitions().dropOlderThan(KEPT.plus(Duration.ofDays(2)), KEPT.plus(Duration.ofDays(2)));
    }

    private static Partitions partitions() {
        return new JdbiPartitions(STORE.database().store());
    }

    @Test
    void locksACampaignAsTheChangeBeforeLeftIt() throws InterruptedException, ExecutionException {
        Campaign.Live first = stored(campaign("a").live());
        var second = new Revision(2, first.newest(), CampaignBuilder.CREATED, Actor.SYSTEM, 0);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Campaign>> waiting =
                    transactions()
                            .inTransaction(() -> {
                                campaigns().lock(first.name());
                                var locked = executor.submit(() -> campaigns().lock(first.name()));
                                LockWaits.await(STORE.database());
                                campaigns().addRevision(first.id(), second);
                                campaigns().update(first.with(first.header(), second, null));
                                return locked;
                            });

            assertThat(waiting.get()).contains(first.with(first.header(), second, null));
        }
    }
}
