package io.campanile.persistence.campaign;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;
import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.port.Workspaces;
import io.campanile.application.audience.AudienceResult;
import io.campanile.application.audience.AudienceReview;
import io.campanile.application.audience.ManageAudiences;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.campaign.CampaignChanges;
import io.campanile.application.campaign.CampaignResult;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.campaign.ChangeCampaignState;
import io.campanile.application.campaign.ReviewCampaign;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.ChannelConfigurationResult;
import io.campanile.application.channel.ManageChannelConfigurations;
import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.ruleset.ManageRuleSets;
import io.campanile.application.ruleset.RuleSetResult;
import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.application.store.NodeClock;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.Finding;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.access.JdbiAuditEntries;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.audience.JdbiAudiences;
import io.campanile.persistence.channel.JdbiChannelConfigurations;
import io.campanile.persistence.rule.CelAudienceRules;
import io.campanile.persistence.ruleset.JdbiRuleSets;
import io.campanile.persistence.store.JdbiRequestLog;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.content.InMemoryHtmlReader;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.OwnWorkspaces;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A campaign goes live while somebody deactivates or deletes what it names: whoever comes second
/// sees what the other did.
class CampaignActivationIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);
    private static final EmailContent NEWS =
            new EmailContent("News", "", "", "No more: {{links.unsubscribe}}", "");

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final AudienceName readers = new AudienceName(workspace, "readers");
    private final CampaignBuilder campaign =
            aCampaign()
                    .in(workspace)
                    .category(Category.MARKETING)
                    .under("caps")
                    .to("readers")
                    .saying(NEWS);
    private final SettableTime clock = new SettableTime(CampaignBuilder.CREATED);
    private final Store store = STORE.database().store();
    private final Transactions transactions = new JdbiTransactions(store);
    private final Campaigns campaigns = new JdbiCampaigns(store);
    private final RuleSets ruleSets = new JdbiRuleSets(store);
    private final ChannelConfigurations configurations = new JdbiChannelConfigurations(store);
    private final Audiences audiences = new JdbiAudiences(store);
    private final Workspaces workspaces = new JdbiWorkspaces(store);
    private final AudienceReview audienceReview =
            new AudienceReview(audiences, new CelAudienceRules(), workspaces);
    private final InMemoryChangeSignal signal = new InMemoryChangeSignal();
    private final Changes changes =
            new Changes(
                    transactions,
                    new JdbiRequestLog(store),
                    InMemoryKeptKeys.requestDigests(),
                    new JdbiAuditEntries(store),
                    signal,
                    clock,
                    () -> Triggers.id(clock.instant()));
    private final ChangeCampaignState states =
            new ChangeCampaignState(
                    campaigns,
                    new CampaignChanges(
                            campaigns,
                            new JdbiCampaignControls(store),
                            changes,
                            new CampaignSnapshots(campaigns, configurations, workspaces, signal),
                            NodeClock.believed(clock)),
                    new ReviewCampaign(
                            campaigns,
                            configurations,
                            ruleSets,
                            audienceReview,
                            workspaces,
                            new InMemoryHtmlReader(),
                            clock));
    private final ManageRuleSets manageRuleSets =
            new ManageRuleSets(ruleSets, new JdbiRuleSetUses(store), changes);
    private final ManageChannelConfigurations manageConfigurations =
            new ManageChannelConfigurations(
                    configurations, new JdbiConfigurationUses(store), changes);
    private final ManageAudiences manageAudiences =
            new ManageAudiences(audiences, new JdbiAudienceUses(store), audienceReview, changes);

    @BeforeEach
    void givenADraft() {
        STORE.givenWorkspace(workspace);
        configurations.insert(
                aChannelConfiguration().in(workspace).serving(Category.MARKETING).build());
        ruleSets.insert(
                aRuleSet().in(workspace).named("caps").atMost(1, Duration.ofDays(1)).build());
        audiences.insert(
                Audience.created(
                        new AudienceId(UUID.randomUUID()),
                        readers,
                        new AudienceDefinition("", "", "true"),
                        CampaignBuilder.CREATED));
        Campaign.Draft draft = campaign.draft();
        assertThat(campaigns.insert(draft)).isTrue();
        transactions.inTransaction(() -> {
            new JdbiCampaignControls(store).set(draft.id(), draft.control());
            return draft;
        });
    }

    @Test
    void whatItNamesStaysOnceItGoesLive() throws InterruptedException, ExecutionException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var refused =
                    transactions.inTransaction(() -> {
                        assertThat(states.activate(campaign.name(), CALL))
                                .isInstanceOf(CampaignResult.Done.class);
                        Future<?> ruleSet = executor.submit(this::deactivateRuleSet);
                        Future<?> configuration = executor.submit(this::deactivateConfiguration);
                        Future<?> audience = executor.submit(this::deleteAudience);
                        LockWaits.await(STORE.database(), 3);
                        return List.of(ruleSet, configuration, audience);
                    });

            assertThat(refused.getFirst().get()).isInstanceOf(RuleSetResult.Refused.class);
            assertThat(refused.get(1).get()).isInstanceOf(ChannelConfigurationResult.Refused.class);
            assertThat(refused.getLast().get()).isInstanceOf(AudienceResult.Refused.class);
        }
    }

    @Test
    void doesNotGoLiveUnderARuleSetThatIsBeingDeactivated()
            throws InterruptedException, ExecutionException {
        assertThat(findingsAfter(this::deactivateRuleSet)).contains(Finding.Code.RULE_SET_INACTIVE);
    }

    @Test
    void doesNotGoLiveOverAConfigurationThatIsBeingDeactivated()
            throws InterruptedException, ExecutionException {
        assertThat(findingsAfter(this::deactivateConfiguration))
                .contains(Finding.Code.CHANNEL_CONFIGURATION_INACTIVE);
    }

    private List<Finding.Code> findingsAfter(Runnable deactivation)
            throws InterruptedException, ExecutionException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<CampaignResult> activation =
                    transactions.inTransaction(() -> {
                        deactivation.run();
                        var waiting = executor.submit(() -> states.activate(campaign.name(), CALL));
                        LockWaits.await(STORE.database());
                        return waiting;
                    });

            return ((CampaignResult.Refused) activation.get())
                    .refusal().findings().stream().map(Finding::code).toList();
        }
    }

    private RuleSetResult deactivateRuleSet() {
        return manageRuleSets.deactivate(new RuleSetName(workspace, "caps"), CALL);
    }

    private AudienceResult deleteAudience() {
        return manageAudiences.delete(readers, CALL);
    }

    private ChannelConfigurationResult deactivateConfiguration() {
        return manageConfigurations.deactivate(
                new ChannelConfigurationName(workspace, "mail"), CALL);
    }
}
