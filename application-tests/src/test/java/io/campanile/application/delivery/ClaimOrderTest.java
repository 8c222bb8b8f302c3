package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One claim after the other: what is urgent goes between.
class ClaimOrderTest {
    private static final int NEWSLETTERS = 8;

    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);
    private final List<Lane> order = new CopyOnWriteArrayList<>();

    private Campaign.Live newsletter(int number) {
        String name = "news-" + number;
        world.add(aChannelConfiguration().named(name).serving(Category.MARKETING));
        return world.add(aCampaign().named(name).category(Category.MARKETING).over(name));
    }

    @Test
    void aCodeDoesNotWaitForTheClaimsOfAllNewsletters() {
        List<Campaign.Live> newsletters =
                IntStream.range(0, NEWSLETTERS).mapToObj(this::newsletter).toList();
        try (var api = new NodeUnderTest(world).startIntakeOnly();
                var node = new NodeUnderTest(world)) {
            for (Campaign.Live campaign : newsletters) {
                api.trigger(
                        NodeUnderTest.command(
                                campaign, "n", "ada", TriggerCommand.WaitFor.ACCEPTED));
            }
            world.store
                    .faults()
                    .atEachClaim(lane -> {
                        order.add(lane);
                        if (lane == Lane.MARKETING) {
                            world.clock.advance(Duration.ofMillis(50));
                        }
                        if (order.size() >= 2) {
                            api.triggerEach(1);
                        }
                    });
            node.start();

            await().until(() -> order.size() > NEWSLETTERS);
        }
        assertThat(order.indexOf(Lane.TRANSACTIONAL)).isEqualTo(2);
    }

    /// Its lane has its turn before that of the others.
    @Test
    void allOthersHaveTheirTurnsWhereTheStoreFailsOneConfigurationOnly() {
        List<Campaign.Live> newsletters =
                IntStream.range(0, NEWSLETTERS).mapToObj(this::newsletter).toList();
        try (var api = new NodeUnderTest(world).startIntakeOnly();
                var node = new NodeUnderTest(world)) {
            MessageId code = api.triggerEach(1).getFirst();
            List<MessageId> letters = letters(api, newsletters);
            world.store.faults().loseClaimsOf(Set.of(world.allConfigurations().getFirst().id()));
            node.start();

            await().until(() -> letters.stream().allMatch(this::isSent));
            assertThat(isSent(code)).isFalse();

            world.store.faults().loseClaimsOf(Set.of());
            await().until(() -> {
                world.clock.advance(Duration.ofSeconds(1));
                return isSent(code);
            });
        }
    }

    /// The clock stands still: whatever had to rest would do so for ever.
    @Test
    void nobodyRestsAfterAnOutage() {
        List<Campaign.Live> newsletters =
                IntStream.range(0, NEWSLETTERS).mapToObj(this::newsletter).toList();
        try (var api = new NodeUnderTest(world).startIntakeOnly();
                var node = new NodeUnderTest(world)) {
            List<MessageId> all = new ArrayList<>(api.triggerEach(1));
            all.addAll(letters(api, newsletters));
            world.store
                    .faults()
                    .loseClaimsOf(
                            world.allConfigurations().stream()
                                    .map(ChannelConfiguration::id)
                                    .collect(Collectors.toSet()));
            world.store.faults().atEachClaim(order::add);
            node.start();
            await().until(() -> order.size() >= 2);
            world.store.faults().loseClaimsOf(Set.of());

            await().until(() -> all.stream().allMatch(this::isSent));
        }
    }

    private static List<MessageId> letters(NodeUnderTest api, List<Campaign.Live> newsletters) {
        return newsletters.stream()
                .map(campaign ->
                        NodeUnderTest.onlyMessage(
                                api.trigger(
                                        NodeUnderTest.command(
                                                campaign,
                                                "n",
                                                "ada",
                                                TriggerCommand.WaitFor.ACCEPTED))))
                .toList();
    }

    private boolean isSent(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow().state()
                == MessageState.Kind.SENT;
    }
}
