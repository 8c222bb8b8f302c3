package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.TriggerCommand;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What caps count is marked apart from the rest.
class CappedMarkTest {
    private static final int EACH = DeliveryWorld.SLOTS / 2;

    private final DeliveryWorld world = new DeliveryWorld(Category.MARKETING);
    private final Campaign capped =
            world.add(aCampaign().named("capped").category(Category.MARKETING).under("caps"));
    private final NodeUnderTest node = new NodeUnderTest(world);

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void aFailureOfItsMarkKeepsNobodyElse() {
        world.ruleSets.insert(
                aRuleSet()
                        .named("caps")
                        .forThoseWhoNameIt()
                        .atMost(2, Duration.ofHours(1))
                        .build());
        world.store
                .reservations()
                .duringNextLock(() -> {
                    throw new IllegalStateException("a defect");
                });
        node.startIntakeOnly();
        List<MessageId> free = triggered(world.campaign);
        List<MessageId> counted = triggered(capped);
        node.delivery.start();
        node.claimer.start();

        awaitSent(free);
        // Tried again at once, in smaller parts.
        awaitSent(counted);
        assertThat(node.givesStraysBack()).isFalse();
        assertThat(world.provider().handedOver()).hasSize(2 * EACH);
    }

    @Test
    void whatACapIsToCountThatCameIntoForceDuringTheMarkIsMarkedAgain() {
        world.store
                .faults()
                .duringNextMark(() -> {
                    world.ruleSets.insert(aRuleSet().atMost(1, Duration.ofDays(1)).build());
                    world.clock.advance(Duration.ofSeconds(2));
                });
        node.startIntakeOnly();
        List<MessageId> toAda =
                Stream.of("first", "second").map(request -> triggered(request, "ada")).toList();
        node.delivery.start();
        node.claimer.start();

        await().until(() -> toAda.stream().noneMatch(id -> state(id).isOpen()));
        assertThat(toAda)
                .extracting(this::state)
                .containsExactlyInAnyOrder(MessageState.Kind.SENT, MessageState.Kind.EXCLUDED);
        assertThat(world.provider().handedOver()).hasSize(1);
    }

    private MessageId triggered(String request, String person) {
        return NodeUnderTest.onlyMessage(node.trigger(node.command(request, person)));
    }

    private List<MessageId> triggered(Campaign campaign) {
        return IntStream.range(0, EACH)
                .mapToObj(number -> {
                    String name = campaign.id() + "-" + number;
                    return NodeUnderTest.onlyMessage(
                            node.trigger(
                                    NodeUnderTest.command(
                                            campaign,
                                            name,
                                            "p" + name,
                                            TriggerCommand.WaitFor.ACCEPTED)));
                })
                .toList();
    }

    private void awaitSent(List<MessageId> messages) {
        await().until(() -> areSent(messages));
    }

    private boolean areSent(List<MessageId> messages) {
        return messages.stream().allMatch(id -> state(id) == MessageState.Kind.SENT);
    }

    private MessageState.Kind state(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow().state();
    }
}
