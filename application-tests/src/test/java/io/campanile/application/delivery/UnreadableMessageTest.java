package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.content.InMemoryContentCompiler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What cannot be claimed or read keeps nothing else from being delivered.
class UnreadableMessageTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.TRANSACTIONAL);

    @AfterEach
    void keepsEveryPromise() {
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    private void awaitState(MessageId message, MessageState.Kind kind) {
        await().untilAsserted(() -> assertThat(view(message).state()).isEqualTo(kind));
    }

    @Test
    void failsOnlyTheMessageWhoseAddressIsNoneAnyMore() {
        List<MessageId> messages;
        try (var api = new NodeUnderTest(world).startIntakeOnly()) {
            messages = api.triggerEach(3);
        }
        world.store.spoilAddress(messages.get(1));
        try (var node = new NodeUnderTest(world).start()) {
            assertThat(node.node).isNotNull();

            awaitState(messages.getFirst(), MessageState.Kind.SENT);
            awaitState(messages.get(1), MessageState.Kind.FAILED);
            awaitState(messages.getLast(), MessageState.Kind.SENT);
        }
        assertThat(view(messages.get(1)).reason()).isEqualTo(Reason.RENDERING_FAILED);
    }

    @Test
    void failsOnlyTheMessageThatTakesAllOfTheStack() {
        world.compiler =
                content -> {
                    CompiledContent compiled = new InMemoryContentCompiler().compile(content);
                    return roots -> {
                        if (Map.of("deep", true).equals(roots.get("context"))) {
                            throw new StackOverflowError("by the test's will");
                        }
                        return compiled.render(roots);
                    };
                };
        try (var node = new NodeUnderTest(world).start()) {
            MessageId failing =
                    NodeUnderTest.onlyMessage(
                            node.trigger(
                                    NodeUnderTest.command(
                                            world.campaign,
                                            "deep",
                                            NodeUnderTest.recipient("eve", Map.of("deep", true)),
                                            TriggerCommand.WaitFor.ACCEPTED)));
            awaitState(failing, MessageState.Kind.FAILED);
            MessageId next = NodeUnderTest.onlyMessage(node.trigger(node.command("r", "ada")));

            awaitState(next, MessageState.Kind.SENT);
            assertThat(view(failing).reason()).isEqualTo(Reason.RENDERING_FAILED);
        }
    }

    @Test
    void putsOffOnlyTheMessageThatCannotBeDecided() {
        keepsNobodyElse(
                _ -> world.facts.beUnreadable(new Identity(Identity.EMAIL, "p4@example.com")));
    }

    @Test
    void putsOffOnlyTheMessageThatCannotBeMarked() {
        keepsNobodyElse(culprit -> world.store.faults().refuseMarksOf(Set.of(culprit)));
    }

    /// All others are sent under their first claim, those of other providers too.
    private void keepsNobodyElse(Consumer<MessageId> spoiled) {
        List<MessageId> messages;
        try (var api = new NodeUnderTest(world).startIntakeOnly()) {
            messages = new ArrayList<>(api.triggerEach(DeliveryWorld.SLOTS));
        }
        MessageId culprit = messages.remove(4);
        spoiled.accept(culprit);
        try (var node = new NodeUnderTest(world).start()) {
            awaitState(culprit, MessageState.Kind.DEFERRED);
            messages.forEach(message -> awaitState(message, MessageState.Kind.SENT));

            assertThat(view(culprit).reason()).isEqualTo(Reason.DECISION_FAILED);
            assertThat(view(culprit).attempts()).isZero();
            assertThat(world.store.backlogs().putOff(WorkspaceId.DEFAULT))
                    .containsExactly(Map.entry(Reason.DECISION_FAILED, 1L));
            world.facts.beUnreadable();
            world.store.faults().refuseMarksOf(Set.of());
            world.clock.advance(Duration.ofMinutes(1));

            awaitState(culprit, MessageState.Kind.SENT);
            assertThat(node.givesStraysBack()).isFalse();
        }
    }

    @Test
    void leavesToOtherNodesWhatItHasNoKeyFor() {
        Campaign.Live codes =
                world.add(
                        aCampaign()
                                .named("codes")
                                .declaring(
                                        new DeclaredField(
                                                "context.code",
                                                FieldType.STRING,
                                                true,
                                                true,
                                                "",
                                                "")));
        MessageId secret;
        try (var api = new NodeUnderTest(world).startIntakeOnly()) {
            secret = NodeUnderTest.onlyMessage(api.trigger(withCode(codes)));
        }
        world.keys("another");
        try (var lacking = new NodeUnderTest(world).start()) {
            MessageId readable =
                    NodeUnderTest.onlyMessage(lacking.trigger(lacking.command("r", "bob")));
            awaitState(readable, MessageState.Kind.SENT);
            await().until(() ->
                    world.clock.instant().plusSeconds(10).equals(view(secret).dueTime()));
        }
        world.keys("memory");
        world.clock.advance(Duration.ofSeconds(10));
        try (var able = new NodeUnderTest(world).start()) {
            assertThat(able.node).isNotNull();

            awaitState(secret, MessageState.Kind.SENT);
        }
    }

    private static TriggerCommand withCode(Campaign campaign) {
        return NodeUnderTest.command(
                campaign,
                "code",
                NodeUnderTest.recipient("ada", Map.of("code", "123456")),
                TriggerCommand.WaitFor.ACCEPTED);
    }

    /// Its lane has its turn after that of the others.
    @Test
    void othersHaveTheirTurnWhenNothingCanBeClaimedOfOneConfiguration() {
        world.add(aChannelConfiguration().named("letters").serving(Category.MARKETING));
        Campaign.Live news =
                world.add(aCampaign().named("news").category(Category.MARKETING).over("letters"));
        MessageId letter;
        try (var api = new NodeUnderTest(world).startIntakeOnly()) {
            api.triggerEach(1);
            letter =
                    NodeUnderTest.onlyMessage(
                            api.trigger(
                                    NodeUnderTest.command(
                                            news, "n", "bob", TriggerCommand.WaitFor.ACCEPTED)));
        }
        world.store.faults().refuseClaimsOf(world.allConfigurations().getFirst().id());
        try (var node = new NodeUnderTest(world).start()) {
            assertThat(node.node).isNotNull();

            awaitState(letter, MessageState.Kind.SENT);
        }
    }
}
