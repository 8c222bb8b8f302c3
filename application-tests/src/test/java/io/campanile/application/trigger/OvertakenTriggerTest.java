package io.campanile.application.trigger;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.delivery.StrayClaims;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.share.LongCalls;
import io.campanile.application.store.NodeClock;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.access.Actor;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.channel.Category;
import io.campanile.domain.trigger.TriggerRefusal;
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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/// Triggers of an audience that pass what is known of the campaign, and are refused by its control
/// row because somebody was faster.
class OvertakenTriggerTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SettableTime clock = new SettableTime(NOON);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    private final InMemoryChannelConfigurations configurations =
            new InMemoryChannelConfigurations();
    private final InMemoryAudiences audiences = new InMemoryAudiences(new InMemoryProfiles());
    private final NodeId node = store.nodes().register(Duration.ofHours(1));
    private final IntakeStore overtaken = new Overtaken();
    private final Intake intake =
            new Intake(
                    node,
                    overtaken,
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
                            overtaken,
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
    private final CampaignBuilder news = aCampaign().category(Category.MARKETING).to("readers");

    /// What happens between the look at the campaign and the commit.
    private volatile Runnable faster = () -> {};

    /// Whether the store takes what comes after that.
    private volatile boolean taking;

    @BeforeEach
    void setTheScene() {
        configurations.insert(aChannelConfiguration().serving(Category.MARKETING).build());
        audiences.insert(
                Audience.created(
                        new AudienceId(new UUID(0, 7)),
                        new AudienceName(WorkspaceId.DEFAULT, "readers"),
                        new AudienceDefinition("", "", ""),
                        NOON));
        Campaign.Live live = news.live();
        campaigns.insert(news.draft());
        campaigns.addRevision(live.id(), live.live());
        campaigns.update(live);
        intake.start();
    }

    @AfterEach
    void end() {
        intake.close();
    }

    @Test
    void saysThatTheCampaignWasStopped() {
        faster =
                () -> {
                    Campaign.Stopped stopped = news.stopped(StopCounts.NONE);
                    campaigns.update(stopped);
                };

        assertThat(trigger())
                .isEqualTo(
                        new AudienceTriggerResult.Refused(
                                new TriggerResult.CampaignRefuses(
                                        TriggerRefusal.STOPPED, Schedule.ALWAYS)));
    }

    @Test
    void asksForAnotherCallWhereTheCampaignTakesTriggersAgain() {
        assertThat(trigger())
                .isEqualTo(new AudienceTriggerResult.Refused(new TriggerResult.CampaignChanging()));
    }

    @Test
    void isAcceptedByTheRevisionThatHasBecomeLive() {
        Campaign.Live live = news.live();
        var second = new Revision(2, live.live().definition(), NOON, Actor.SYSTEM, 0);
        Campaign.Live next = live.with(live.header(), second, null);
        store.addCampaign(live.id(), live.name());
        faster =
                () -> {
                    campaigns.addRevision(live.id(), second);
                    campaigns.update(next);
                    store.control(live.id(), next.control());
                    faster = () -> {};
                    taking = true;
                };

        assertThat(trigger()).isInstanceOf(AudienceTriggerResult.Started.class);
    }

    private AudienceTriggerResult trigger() {
        return triggers.trigger(
                new AudienceTriggerCommand(
                        new TriggerEnvelope(news.name(), "once", Map.of(), null, null),
                        new BroadcastOptions(Map.of(), WriteRate.UNLIMITED, null),
                        false,
                        CallerPatience.until(null)),
                Actor.SYSTEM);
    }

    private final class Overtaken implements IntakeStore {
        @Override
        public List<IntakeResult> store(NodeId by, List<NewExecution> batch) {
            if (taking) {
                return store.intake().store(by, batch);
            }
            faster.run();
            return batch.stream()
                    .<IntakeResult>map(_ -> new IntakeResult.CampaignRefuses())
                    .toList();
        }

        @Override
        public Optional<StoredExecution> find(CampaignId campaign, String requestId) {
            return Optional.empty();
        }

        @Override
        public int forgetRequestIds(Instant before, int limit) {
            return 0;
        }
    }
}
