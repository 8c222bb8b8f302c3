package io.campanile.application.trigger;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.delivery.StrayClaims;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.share.LongCalls;
import io.campanile.application.store.NodeClock;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.broadcast.Canary;
import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.content.InMemoryPayloadCodec;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.secret.InMemorySecretSealer;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.SettableTime;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

class TriggerAudienceTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<String, Object> NOTHING = Map.of();

    private final SettableTime clock = new SettableTime(NOON);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    private final InMemoryChannelConfigurations configurations =
            new InMemoryChannelConfigurations();
    private final InMemoryAudiences audiences = new InMemoryAudiences(new InMemoryProfiles());
    private final NodeId node = store.nodes().register(Duration.ofHours(1));
    private final Intake intake =
            new Intake(
                    node,
                    store.intake(),
                    new StrayClaims(node, store.queue(), clock),
                    clock,
                    16,
                    1 << 20);
    private final TriggerAudience triggers =
            new TriggerAudience(
                    new TriggerPorts(
                            new CampaignSnapshots(
                                    campaigns,
                                    configurations,
                                    new InMemoryWorkspaces(),
                                    new InMemoryChangeSignal()),
                            store.intake(),
                            new InMemoryPayloadCodec(),
                            new InMemorySecretSealer(),
                            InMemoryKeptKeys.requestDigests(),
                            new TimeOrderedIds(clock, new Random(1)),
                            NodeClock.believed(clock),
                            Runnable::run,
                            Runnable::run),
                    intake,
                    audiences,
                    LongCalls.ofReaders());

    private final Audience readers =
            Audience.created(
                    new AudienceId(new UUID(0, 7)),
                    new AudienceName(WorkspaceId.DEFAULT, "readers"),
                    new AudienceDefinition("", "", ""),
                    NOON);

    @BeforeEach
    void setTheScene() {
        configurations.insert(aChannelConfiguration().serving(Category.MARKETING).build());
        audiences.insert(readers);
        intake.start();
    }

    @AfterEach
    void end() {
        intake.close();
    }

    private static CampaignBuilder news() {
        return aCampaign().category(Category.MARKETING).to("readers");
    }

    private Campaign.Live live(CampaignBuilder builder) {
        Campaign.Live campaign = builder.live();
        campaigns.insert(builder.draft());
        campaigns.addRevision(campaign.id(), campaign.live());
        campaigns.update(campaign);
        store.addCampaign(campaign.id(), campaign.name());
        return campaign;
    }

    private AudienceTriggerCommand command(
            Campaign campaign,
            @Nullable Instant scheduleTime,
            BroadcastOptions options,
            boolean dry) {
        return new AudienceTriggerCommand(
                new TriggerEnvelope(
                        campaign.name(), "once", Map.of("shop", "north"), scheduleTime, null),
                options,
                dry,
                CallerPatience.until(null));
    }

    private static BroadcastOptions atOnce(Map<String, Object> context) {
        return new BroadcastOptions(context, WriteRate.UNLIMITED, null);
    }

    private AudienceTriggerResult trigger(Campaign campaign, Map<String, Object> context) {
        return trigger(campaign, atOnce(context));
    }

    private AudienceTriggerResult trigger(Campaign campaign, BroadcastOptions options) {
        return triggers.trigger(command(campaign, null, options, false), Actor.SYSTEM);
    }

    private ExecutionView view(AudienceTriggerResult result) {
        var started = (AudienceTriggerResult.Started) result;
        return store.executions().find(WorkspaceId.DEFAULT, started.execution()).orElseThrow();
    }

    @Test
    void startsABroadcastWithoutMessages() {
        Campaign campaign = live(news());

        ExecutionView view = view(trigger(campaign, NOTHING));

        assertThat(view.metadata()).isEqualTo(Map.of("shop", "north"));
        assertThat(view.broadcast())
                .isEqualTo(
                        new BroadcastView(
                                "readers",
                                FanOutState.WAITING,
                                false,
                                0,
                                0,
                                NOON,
                                WriteRate.UNLIMITED,
                                0,
                                Map.of(),
                                0,
                                null));
    }

    @Test
    void saysInTheAuditTrailThatItStarted() {
        var started = (AudienceTriggerResult.Started) trigger(live(news()), NOTHING);

        assertThat(store.auditEntries().all())
                .extracting(entry -> entry.actor() + " " + entry.action() + " " + entry.resource())
                .containsExactly(
                        Actor.SYSTEM
                                + " EXECUTION_STARTED workspaces/default/executions/"
                                + started.execution());
    }

    @Test
    void keepsTheRateAndTheCanaryItIsAskedFor() {
        var canary = new Canary(50, 5, 2, 5, 0.3, Duration.ofHours(1), Duration.ofMinutes(10));

        BroadcastView broadcast =
                view(trigger(live(news()), new BroadcastOptions(NOTHING, new WriteRate(7), canary)))
                        .broadcast();

        assertThat(broadcast)
                .isEqualTo(
                        new BroadcastView(
                                "readers",
                                FanOutState.WAITING,
                                false,
                                0,
                                0,
                                NOON,
                                new WriteRate(7),
                                0,
                                Map.of(),
                                0,
                                CanaryWatch.asked(canary)));
    }

    @Test
    void takesAnotherRateOrCanaryForAnotherRequest() {
        Campaign campaign = live(news());
        var canary = new Canary(50, 5, 2, 5, 0.3, Duration.ofHours(1), Duration.ofMinutes(10));
        var options = new BroadcastOptions(NOTHING, new WriteRate(7), canary);
        var _ = trigger(campaign, options);

        assertThat(trigger(campaign, options)).isInstanceOf(AudienceTriggerResult.Started.class);
        assertReused(trigger(campaign, new BroadcastOptions(NOTHING, WriteRate.UNLIMITED, canary)));
        assertReused(trigger(campaign, new BroadcastOptions(NOTHING, new WriteRate(7), null)));
        assertReused(
                trigger(
                        campaign,
                        new BroadcastOptions(
                                NOTHING,
                                new WriteRate(7),
                                new Canary(
                                        50,
                                        6,
                                        2,
                                        5,
                                        0.3,
                                        Duration.ofHours(1),
                                        Duration.ofMinutes(10)))));
    }

    private static void assertReused(AudienceTriggerResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        AudienceTriggerResult.Refused.class,
                        refused ->
                                assertThat(refused.why())
                                        .isInstanceOf(TriggerResult.RequestIdReused.class));
    }

    @Test
    void answersARepeatedCallWithTheSameExecutionAlsoWhenTheCampaignIsStopped() {
        Campaign campaign = live(news());
        AudienceTriggerResult first = trigger(campaign, NOTHING);
        store.control(
                campaign.id(), new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL));
        audiences.delete(readers.id());

        AudienceTriggerResult second = trigger(campaign, NOTHING);

        var started = (AudienceTriggerResult.Started) first;
        assertThat(second)
                .isEqualTo(
                        new AudienceTriggerResult.Started(
                                started.execution(), true, started.createTime()));
    }

    @Test
    void takesANumberInAnotherSpellingForTheSameRequest() {
        Campaign campaign = live(news());
        var _ = trigger(campaign, Map.of("total", new BigDecimal("19.90")));

        AudienceTriggerResult second = trigger(campaign, Map.of("total", 19.9));

        assertThat(second).isInstanceOf(AudienceTriggerResult.Started.class);
    }

    @Test
    void refusesARequestIdThatWasUsedForAnotherContext() {
        Campaign campaign = live(news());
        var first = (AudienceTriggerResult.Started) trigger(campaign, NOTHING);

        assertThat(trigger(campaign, Map.of("percent", 20L)))
                .isEqualTo(
                        new AudienceTriggerResult.Refused(
                                new TriggerResult.RequestIdReused(first.execution())));
    }

    @Test
    void isForMarketingOnly() {
        assertThat(trigger(live(aCampaign()), NOTHING))
                .isEqualTo(new AudienceTriggerResult.Transactional());
    }

    @Test
    void needsAnAudienceThatIsThere() {
        Campaign without = live(aCampaign().named("without").category(Category.MARKETING));
        assertThat(trigger(without, NOTHING))
                .isEqualTo(new AudienceTriggerResult.AudienceMissing(null));

        Campaign campaign = live(news());
        audiences.delete(readers.id());
        assertThat(trigger(campaign, NOTHING))
                .isEqualTo(new AudienceTriggerResult.AudienceMissing(readers.name()));
    }

    @Test
    void obeysTheControlRow() {
        Campaign campaign = live(news());
        store.control(campaign.id(), new CampaignControl(false, 1, CampaignControl.Delivery.HOLD));

        assertThat(trigger(campaign, NOTHING)).isInstanceOf(AudienceTriggerResult.Refused.class);
    }

    @Test
    void refusesADraft() {
        Campaign.Draft draft = news().draft();
        campaigns.insert(draft);

        assertThat(trigger(draft, NOTHING))
                .isEqualTo(
                        new AudienceTriggerResult.Refused(TriggerResult.CampaignRefuses.draft()));
    }

    @Test
    void asksForAnotherCallWhereTheStartIsDueAndNobodyHasStartedIt() {
        CampaignBuilder starting = news().during(new Schedule(NOON.minusSeconds(1), null));
        Campaign.Scheduled due = starting.scheduled();
        campaigns.insert(starting.draft());
        campaigns.addRevision(due.id(), due.live());
        campaigns.update(due);

        assertThat(trigger(due, NOTHING))
                .isEqualTo(new AudienceTriggerResult.Refused(new TriggerResult.CampaignChanging()));
    }

    @Test
    void storesNothingWhenItOnlyValidates() {
        Campaign campaign = live(news());

        assertThat(triggers.trigger(command(campaign, null, atOnce(NOTHING), true), Actor.SYSTEM))
                .isEqualTo(new AudienceTriggerResult.Validated(0));
        assertThat(store.broadcasts().unfinished(null, 10)).isEmpty();
    }

    @Test
    void checksTheSharedContextAgainstTheContract() {
        Campaign campaign =
                live(
                        news().declaring(
                                        new DeclaredField(
                                                "context.percent",
                                                FieldType.NUMBER,
                                                true,
                                                false,
                                                "",
                                                ""),
                                        new DeclaredField(
                                                "context.code",
                                                FieldType.STRING,
                                                false,
                                                true,
                                                "",
                                                "")));

        assertThat(violations(trigger(campaign, Map.of("system", "x", "code", "secret"))))
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder("context.system", "context.percent", "context.code");
        assertThat(
                        violations(
                                triggers.trigger(
                                        command(
                                                campaign,
                                                NOON.plus(Duration.ofDays(31)),
                                                atOnce(Map.of("percent", 20L)),
                                                false),
                                        Actor.SYSTEM)))
                .extracting(FieldViolation::field)
                .containsExactly("schedule_time");
    }

    private static List<FieldViolation> violations(AudienceTriggerResult result) {
        if (result
                instanceof AudienceTriggerResult.Refused(TriggerResult.EnvelopeInvalid(var all))) {
            return all;
        }
        throw new AssertionError(result);
    }
}
