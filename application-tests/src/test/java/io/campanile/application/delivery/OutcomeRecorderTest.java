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
import io.campanile.domain.eligibility.ReservationFate;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.suppression.Bounce;
import io.campanile.domain.suppression.BounceKind;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.time.Patience;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

class OutcomeRecorderTest {
    private static final SuppressionTarget ADA = new SuppressionTarget("ada@example.com");

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

    /// Whoever has the message now says what comes of it.
    @Test
    void letsNothingFollowFromTheOutcomeOfAClaimThatWasLost() throws InterruptedException {
        try (var node = new NodeUnderTest(world).startIntakeOnly()) {
            node.triggerEach(1);
            Claim lost = claimed(node);
            Claim current = claimed(node);

            recordBounce(node, lost);
            assertThat(suppression()).isEmpty();

            recordBounce(node, current);
            assertThat(suppression()).isPresent();
        }
    }

    private void recordBounce(NodeUnderTest node, Claim claim) throws InterruptedException {
        var bounce =
                new Bounce(
                        new BouncedAddress(WorkspaceId.DEFAULT, ADA),
                        BounceKind.HARD,
                        claim.message(),
                        ProviderReply.NONE,
                        world.clock.instant());
        try (var recorder = new OutcomeRecorder(node.ports, "orders")) {
            recorder.submit(
                    expired(claim),
                    new Consequences(ReservationFate.UNCHANGED, Optional.of(bounce)),
                    (_, _) -> {});
        }
    }

    private Optional<Suppression> suppression() {
        return world.suppressions.find(WorkspaceId.DEFAULT, ADA);
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

    /// One thread claims for all of them, and a stop waits for it.
    @Test
    void keepsNoOtherConfigurationsMessagesFromBeingClaimedWhenItIsFull() throws Exception {
        world.add(aChannelConfiguration().named("letters").serving(Category.TRANSACTIONAL));
        Campaign.Live letters = world.add(aCampaign().named("letters").over("letters"));
        world.provider().stall();
        try (var dead = new NodeUnderTest(world).start();
                var node = new NodeUnderTest(world).startIntakeOnly()) {
            MessageId inDoubt = dead.triggerEach(1).getFirst();
            await().until(() -> world.provider().running() == 1);
            dead.freeze();
            fill(node);
            world.clock.advance(Duration.ofHours(2));
            MessageId letter =
                    NodeUnderTest.onlyMessage(
                            node.trigger(
                                    NodeUnderTest.command(
                                            letters, "l", "bob", TriggerCommand.WaitFor.ACCEPTED)));

            node.delivery.start();
            node.claimer.start();

            await().until(() -> state(letter) == MessageState.Kind.SENT);
            await().until(() -> !isDue());
            assertThat(state(inDoubt)).isEqualTo(MessageState.Kind.SENDING);
            Thread stopping = Thread.ofPlatform().daemon().start(() -> stop(node));
            assertThat(stopping.join(Patience.TIME)).isTrue();
        }
    }

    @Test
    void isAskedAgainSoonAboutAMessageThatCannotBeReadWhenItIsFull() throws Exception {
        try (var node = new NodeUnderTest(world).startIntakeOnly()) {
            MessageId spoiled = node.triggerEach(1).getFirst();
            world.store.spoilAddress(spoiled);
            fill(node);
            Instant begin = world.clock.instant();

            node.delivery.start();
            node.claimer.start();

            await().until(() -> begin.plusSeconds(2).equals(dueTime(spoiled)));
            world.store.faults().lockOutcomesOf(Set.of());
            await().until(() -> {
                world.clock.advance(Duration.ofSeconds(1));
                return state(spoiled) == MessageState.Kind.FAILED;
            });
        }
    }

    /// Leaves no room with the first configuration's: what it records cannot be written.
    private void fill(NodeUnderTest node) throws InterruptedException {
        OutcomeRecorder recorder = node.delivery.recorder(world.allConfigurations().getFirst());
        Claim locked = someClaim();
        world.store.faults().lockOutcomesOf(Set.of(locked.message()));
        recorder.submit(expired(locked), (_, _) -> {});
        await().until(() ->
                recorderThreads().anyMatch(each -> each.getState() == Thread.State.WAITING));
        boolean hasRoom = true;
        while (hasRoom) {
            hasRoom = recorder.offer(expired(someClaim()), Consequences.NONE, (_, _) -> {});
        }
    }

    private static Claim someClaim() {
        return new Claim(new MessageId(UUID.randomUUID()), ClaimEpoch.FIRST);
    }

    /// Whether something of the first campaign is.
    private boolean isDue() {
        return world.store.queue().dueCampaigns(world.clock.instant()).stream()
                .anyMatch(due -> due.campaign().equals(world.campaign.id()));
    }

    private static void stop(NodeUnderTest node) {
        try {
            node.claimer.stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a test", e);
        }
    }

    private @Nullable Instant dueTime(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow().dueTime();
    }

    /// Configurations come and go, and each has a recorder of its own.
    @Test
    void leavesNoThreadBehindThatHasNothingToRecord() {
        try (var node = new NodeUnderTest(world).start()) {
            for (String person : List.of("ada", "bob")) {
                MessageId message =
                        NodeUnderTest.onlyMessage(node.trigger(node.command(person, person)));
                await().until(() -> state(message) == MessageState.Kind.SENT);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> recorderThreads().findAny().isEmpty());
            }
        }
    }

    private Stream<Thread> recorderThreads() {
        String name =
                "record-" + world.allConfigurations().getFirst().name().channelConfiguration();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name));
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
