package io.campanile.application.delivery;

import static io.campanile.application.delivery.NodeUnderTest.await;
import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.application.trigger.TriggerResult.Forecast;
import io.campanile.domain.channel.Category;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.QuietHours.Behaviour;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Messages wait for the end of quiet hours, or are dropped. It is noon in UTC.
class QuietHoursTest {
    private final DeliveryWorld world = new DeliveryWorld(Category.MARKETING);
    private final NodeUnderTest node = new NodeUnderTest(world);
    private final Instant noon = world.clock.instant();

    @AfterEach
    void endWithEveryPromiseKept() {
        node.close();
        assertThat(world.store.invariants().check(10)).isEmpty();
    }

    @Test
    void keepsMessagesBackUntilTheyAreOver() {
        given(aRuleSet().quiet("11:00", "14:00", Behaviour.QUEUE).build());
        node.start();

        MessageId message = triggered("ada");
        awaitState(message, MessageState.Kind.DEFERRED);

        MessageView view = view(message);
        assertThat(view.reason()).isEqualTo(Reason.QUIET_HOURS);
        assertThat(view.attempts()).isZero();
        assertThat(view.dueTime())
                .isBetween(noon.plus(Duration.ofHours(2)), noon.plus(Duration.ofMinutes(125)));
        assertThat(world.provider().taken()).isEmpty();

        world.clock.advance(Duration.ofMinutes(125));
        awaitState(message, MessageState.Kind.SENT);
        assertThat(view(message).attempts()).isEqualTo(1);
    }

    @Test
    void wakesMessagesUpOverSomeMinutes() {
        given(aRuleSet().quiet("11:00", "14:00", Behaviour.QUEUE).build());
        node.start();
        List<MessageId> messages = node.triggerEach(20);
        messages.forEach(message -> awaitState(message, MessageState.Kind.DEFERRED));

        Set<Instant> dueTimes =
                messages.stream()
                        .map(message -> view(message).dueTime())
                        .collect(Collectors.toSet());

        assertThat(dueTimes).hasSizeGreaterThan(10);
    }

    @Test
    void goesByThePersonsClock() {
        given(aRuleSet().quiet("22:00", "08:00", Behaviour.QUEUE).build());
        // A quarter to two at night there.
        var details = new ProfileDetails(Attributes.NONE, List.of(), "", "Pacific/Chatham");
        world.profiles.insert(
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        List.of(new Identity(Identity.EMAIL, "ada@example.com")),
                        details,
                        noon));
        node.start();

        MessageId there = triggered("ada");
        MessageId here = triggered("bob");

        awaitState(here, MessageState.Kind.SENT);
        awaitState(there, MessageState.Kind.DEFERRED);
        assertThat(view(there).dueTime()).isAfterOrEqualTo(Instant.parse("2026-03-01T18:15:00Z"));
    }

    @Test
    void decidesAnewWhenAMessageWakesUp() {
        RuleSet untilTwo = aRuleSet().quiet("11:00", "14:00", Behaviour.QUEUE).build();
        given(untilTwo);
        node.start();
        MessageId message = triggered("ada");
        awaitState(message, MessageState.Kind.DEFERRED);
        world.ruleSets.delete(untilTwo.id());
        given(aRuleSet().named("later").quiet("13:00", "16:00", Behaviour.DISCARD).build());

        world.clock.advance(Duration.ofMinutes(125));

        awaitState(message, MessageState.Kind.EXCLUDED);
        assertThat(view(message).reason()).isEqualTo(Reason.QUIET_HOURS);
    }

    @Test
    void dropsMessagesWhereThatIsAskedFor() {
        given(aRuleSet().quiet("11:00", "14:00", Behaviour.DISCARD).build());
        node.start();

        MessageId message = triggered("ada");

        awaitState(message, MessageState.Kind.EXCLUDED);
        assertThat(view(message).reason()).isEqualTo(Reason.QUIET_HOURS);
    }

    @Test
    void foretellsWhoWouldWaitAndWhoWouldWaitTooLong() {
        given(aRuleSet().quiet("11:00", "14:00", Behaviour.QUEUE).build());
        node.start();

        assertThat(foretold(null, noon.plus(Duration.ofHours(3))))
                .isEqualTo(new Forecast.Accepted());
        assertThat(foretold(null, noon.plus(Duration.ofHours(1))))
                .hasFieldOrPropertyWithValue("reason", Reason.QUIET_HOURS);
        assertThat(world.provider().taken()).isEmpty();
    }

    @Test
    void foretellsForTheTimeThatATriggerIsScheduledFor() {
        given(aRuleSet().quiet("11:00", "14:00", Behaviour.DISCARD).build());
        node.start();
        Instant late = noon.plus(Duration.ofDays(2));

        assertThat(foretold(noon.plus(Duration.ofHours(3)), late))
                .as("when they are over")
                .isEqualTo(new Forecast.Accepted());
        assertThat(foretold(noon.plus(Duration.ofHours(24)), late))
                .as("when they have come again")
                .hasFieldOrPropertyWithValue("reason", Reason.QUIET_HOURS);
        assertThat(foretold(noon.minus(Duration.ofHours(3)), late))
                .as("of a time that is past: now")
                .hasFieldOrPropertyWithValue("reason", Reason.QUIET_HOURS);
    }

    private Forecast foretold(@Nullable Instant scheduleTime, Instant expireTime) {
        TriggerCommand command = node.command("validated", "ada");
        TriggerResult result =
                node.trigger(
                        new TriggerCommand(
                                new TriggerEnvelope(
                                        command.campaign(),
                                        command.requestId(),
                                        Map.of(),
                                        scheduleTime,
                                        expireTime),
                                command.recipients(),
                                command.waitFor(),
                                true,
                                CallerPatience.until(null)));
        if (result instanceof TriggerResult.Validated(var forecasts)) {
            return forecasts.getFirst();
        }
        throw new AssertionError("not validated: " + result);
    }

    @Test
    void reservesNothingForWhoWaits() {
        given(
                aRuleSet()
                        .quiet("11:00", "14:00", Behaviour.QUEUE)
                        .atMost(1, Duration.ofHours(24))
                        .build());
        node.start();
        MessageId first = triggered("ada");
        MessageId second = triggered("ada");
        awaitState(first, MessageState.Kind.DEFERRED);
        awaitState(second, MessageState.Kind.DEFERRED);

        world.clock.advance(Duration.ofMinutes(125));

        await().until(() -> !view(first).state().isOpen() && !view(second).state().isOpen());
        assertThat(List.of(view(first).state(), view(second).state()))
                .containsExactlyInAnyOrder(MessageState.Kind.SENT, MessageState.Kind.EXCLUDED);
    }

    private void given(RuleSet ruleSet) {
        assertThat(world.ruleSets.insert(ruleSet)).isTrue();
    }

    private MessageId triggered(String person) {
        return NodeUnderTest.onlyMessage(
                node.trigger(node.command(UUID.randomUUID().toString(), person)));
    }

    private void awaitState(MessageId message, MessageState.Kind state) {
        await().untilAsserted(() -> assertThat(view(message).state()).isEqualTo(state));
    }

    private MessageView view(MessageId message) {
        return world.store.messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }
}
