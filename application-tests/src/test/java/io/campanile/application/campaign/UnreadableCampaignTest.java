package io.campanile.application.campaign;

import static io.campanile.application.campaign.CampaignWorld.CALL;
import static io.campanile.application.campaign.CampaignWorld.NOON;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.NodeClock;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.store.port.ChangeSignal;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.testkit.campaign.CampaignBuilder;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Whatever is wrong with one campaign, or with the cache, is no matter of the others.
class UnreadableCampaignTest {
    private static final Schedule SOON = new Schedule(NOON.plusSeconds(60), null);

    private final CampaignWorld world = new CampaignWorld();

    private CampaignName activated(CampaignBuilder campaign) {
        world.create(campaign, CALL);
        assertThat(world.state.activate(campaign.name(), CALL))
                .isInstanceOf(CampaignResult.Done.class);
        return campaign.name();
    }

    @Test
    void keepsNoOtherFromStartingWhenItIsDue() {
        CampaignName first = activated(aCampaign().named("a-first").during(SOON));
        CampaignName second = activated(aCampaign().named("b-second").during(SOON));
        world.campaigns.beUnreadable(world.stored(first).id());

        world.clock.advance(Duration.ofMinutes(1));

        assertThat(world.advance.run()).isEqualTo(1);
        assertThat(world.stored(second).state()).isEqualTo(Campaign.State.LIVE);
    }

    @Test
    void keepNoOtherFromTheirTurnHoweverManyTheyAre() {
        for (int i = 0; i < 100; i++) {
            CampaignName broken = activated(aCampaign().named("a-broken-" + i).during(SOON));
            world.campaigns.beUnreadable(world.stored(broken).id());
        }
        CampaignName sound = activated(aCampaign().named("b-sound").during(SOON));
        world.clock.advance(Duration.ofMinutes(1));

        assertThat(world.advance.run()).isZero();
        assertThat(world.advance.run()).isEqualTo(1);
        assertThat(world.stored(sound).state()).isEqualTo(Campaign.State.LIVE);
    }

    @Test
    void keepNoOtherFromBeingPurged() {
        for (int i = 0; i < 100; i++) {
            world.campaigns.beUnreadable(archived("a-broken-" + i));
        }
        world.clock.advance(Duration.ofMillis(1));
        CampaignId sound = archived("b-sound");
        world.clock.advance(Duration.ofDays(31));

        assertThat(world.advance.purge()).isZero();
        assertThat(world.advance.purge()).isEqualTo(1);
        assertThat(world.campaigns.find(sound)).isEmpty();
    }

    private CampaignId archived(String id) {
        CampaignName name = activated(aCampaign().named(id));
        world.state.stop(name, CALL);
        world.state.archive(name, CALL);
        return world.stored(name).id();
    }

    @Test
    void isTriedAgain() {
        CampaignId broken =
                world.stored(activated(aCampaign().named("a-broken").during(SOON))).id();
        world.campaigns.beUnreadable(broken);
        world.clock.advance(Duration.ofMinutes(1));
        world.advance.run();
        world.campaigns.beReadable(broken);

        assertThat(world.advance.run()).isZero();
        world.clock.advance(Duration.ofSeconds(2));
        assertThat(world.advance.run()).isEqualTo(1);
    }

    @Test
    void keepsNoOtherOutOfMemory() {
        CampaignName first = activated(aCampaign().named("a-first"));
        CampaignName second = activated(aCampaign().named("b-second"));
        world.campaigns.beUnreadable(world.stored(first).id());
        var restarted =
                new CampaignSnapshots(
                        world.campaigns, world.configurations, world.workspaces, world.signal);

        restarted.refresh();

        assertThat(restarted.findCached(second)).isPresent();
        assertThat(restarted.findCached(first)).isEmpty();
    }

    @Test
    void followsTheOthersWhereAChannelConfigurationCannotBeRead() {
        ChannelConfiguration broken = aChannelConfiguration().named("broken").build();
        world.configurations.insert(broken);
        CampaignName stuck = activated(aCampaign().named("a-stuck").over("broken"));
        CampaignName sound = activated(aCampaign().named("b-sound"));
        world.configurations.beUnreadable(broken.id());
        var restarted =
                new CampaignSnapshots(
                        world.campaigns, world.configurations, world.workspaces, world.signal);

        restarted.refresh();

        assertThat(restarted.findCached(sound)).isPresent();
        assertThat(restarted.findCached(stuck)).isEmpty();
        assertThat(restarted.configurations()).isNotEmpty().doesNotContain(broken);
    }

    @Test
    void answersWhatIsCommittedAlthoughTheCacheCannotFollow() {
        CampaignName name = aCampaign().named("committed").name();
        var behind =
                new CampaignSnapshots(
                        world.campaigns,
                        world.configurations,
                        world.workspaces,
                        new SignalIsAway());
        var changes =
                new CampaignChanges(
                        world.campaigns,
                        world.campaigns,
                        world.audited,
                        behind,
                        NodeClock.believed(world.clock));
        CampaignBuilder campaign = aCampaign().named("committed");

        CampaignResult created = changes.create(campaign.draft(), CALL);

        assertThat(created).isInstanceOf(CampaignResult.Done.class);
        assertThat(world.stored(name).state()).isEqualTo(Campaign.State.DRAFT);
    }

    private static final class SignalIsAway implements ChangeSignal {
        @Override
        public void publish(ChangeTopic topic) {
            throw new AssertionError("published elsewhere");
        }

        @Override
        public long counter(ChangeTopic topic) {
            throw new StoreUnavailable("away", new IllegalStateException("by the test's will"));
        }

        @Override
        public Subscription subscribe(ChangeTopic topic, Runnable whenChanged) {
            throw new AssertionError("subscribed elsewhere");
        }
    }
}
