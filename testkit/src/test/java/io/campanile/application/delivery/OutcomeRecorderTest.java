package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

class OutcomeRecorderTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    @Test
    void tellsAClaimThatWasLostFromTheOneThatFollowedIt() throws InterruptedException {
        var valid = ConcurrentHashMap.<Claim>newKeySet();
        try (var node = new NodeUnderTest(world).startIntakeOnly()) {
            node.triggerEach(1);
            Claim lost = claimed(node);
            Claim current = claimed(node);
            try (var recorder = new OutcomeRecorder(node.ports, "orders")) {
                // Both gather while another outcome is recorded.
                world.store.faults().lockOutcomesOf(Set.of(lost.message()));
                recorder.submit(expired(lost), (_, _) -> {});
                for (Claim claim : Set.of(lost, current)) {
                    recorder.submit(
                            expired(claim),
                            (recording, isValid) -> {
                                if (isValid) {
                                    valid.add(recording.claim());
                                }
                            });
                }
                world.store.faults().lockOutcomesOf(Set.of());
            }
            assertThat(valid).containsExactly(current);
        }
    }

    @Test
    void aRowThatSomebodyKeepsLockedHoldsUpOneConfigurationOnly() {
        world.add(aChannelConfiguration().named("letters").serving(Category.TRANSACTIONAL));
        Campaign.Live letters = world.add(aCampaign().named("letters").over("letters"));
        world.provider().stall();
        try (var node = new NodeUnderTest(world).start()) {
            MessageId locked = node.triggerEach(1).getFirst();
            await().until(() -> world.provider().running() == 1);
            world.store.faults().lockOutcomesOf(Set.of(locked));
            world.provider().goOn();
            await().until(() -> world.provider().running() == 0);

            MessageId letter =
                    NodeUnderTest.onlyMessage(
                            node.trigger(
                                    NodeUnderTest.command(
                                            letters, "l", "bob", TriggerCommand.WaitFor.ACCEPTED)));

            await().until(() -> state(letter) == MessageState.Kind.SENT);
            assertThat(state(locked)).isEqualTo(MessageState.Kind.SENDING);
            world.store.faults().lockOutcomesOf(Set.of());
            await().until(() -> state(locked) == MessageState.Kind.SENT);
        }
    }

    /// Configurations come and go, and each has a recorder of its own.
    @Test
    void leavesNoThreadBehindThatHasNothingToRecord() {
        try (var node = new NodeUnderTest(world).start()) {
            for (String person : List.of("ada", "bob")) {
                MessageId message =
                        NodeUnderTest.onlyMessage(node.trigger(node.command(person, person)));
                await().until(() -> state(message) == MessageState.Kind.SENT);
                await().atMost(Duration.ofSeconds(30)).until(() -> recorders() == 0);
            }
        }
    }

    private long recorders() {
        String name =
                "record-" + world.allConfigurations().getFirst().name().channelConfiguration();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    private MessageState.Kind state(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow().state();
    }

    private Claim claimed(NodeUnderTest node) {
        world.clock.advance(Duration.ofHours(2));
        Instant later = world.clock.instant();
        return world.store
                .queue()
                .claim(
                        node.node,
                        Lane.TRANSACTIONAL,
                        world.allConfigurations().getFirst().id(),
                        Set.of(world.campaign.id()),
                        1,
                        later.plus(Duration.ofHours(1)),
                        later)
                .getFirst()
                .claim();
    }

    private Recording expired(Claim claim) {
        Instant now = world.clock.instant();
        return new Recording(claim, new MessageState.Expired(now), ProviderReply.NONE, now);
    }
}
