package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.application.broadcast.FanOut;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.broadcast.Canary;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What every [io.campanile.application.broadcast.port.Broadcasts] must do when broadcasts begin
/// and are written, driven by [FanOut].
public abstract class BroadcastsContract extends BroadcastScene {
    @Test
    void excludesMembersWhoWereErasedMeanwhile() {
        NewExecution execution =
                broadcast(
                        List.of(
                                List.of(new Identity("crmId", "1" + UUID.randomUUID())),
                                List.of(),
                                List.of(new Identity("crmId", "2" + UUID.randomUUID()))),
                        trigger -> trigger);

        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.WRITTEN);
        assertThat(view(execution).counts())
                .isEqualTo(Map.of(Kind.ACCEPTED, 2L, Kind.EXCLUDED, 1L));
        assertThat(messages(execution.id()))
                .filteredOn(message -> message.state() == Kind.EXCLUDED)
                .extracting(MessageView::reason, MessageView::identity)
                .containsExactly(tuple(Reason.PROFILE_UNKNOWN, Identity.ERASED));
        assertThat(claimed(10)).hasSize(2);
    }

    @Test
    void writesOneMessageForEachMemberAndNamesThemAsTheCampaignWants() {
        NewExecution execution = broadcast(1_200);
        assertThat(state(execution)).isEqualTo(FanOutState.WAITING);
        assertThat(view(execution).counts()).isEmpty();

        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.WRITTEN);
        assertThat(view(execution).counts()).isEqualTo(Map.of(Kind.ACCEPTED, 1_200L));
        List<MessageView> messages = messages(execution.id());
        assertThat(messages)
                .extracting(message -> message.identity().value())
                .doesNotHaveDuplicates()
                .hasSize(1_200);
        assertThat(messages)
                .as("where they go is decided at the mark")
                .extracting(MessageView::address)
                .containsOnlyNulls();
        assertThat(messages)
                .extracting(message -> message.identity().namespace())
                .containsOnly("email");
        assertThat(messages).extracting(message -> message.id().value().version()).containsOnly(7);
        assertThat(messages).extracting(message -> message.id().value().variant()).containsOnly(2);
        assertThat(store().broadcasts().unfinished(null, 10_000)).doesNotContain(execution.id());
    }

    @Test
    void countsWhyMessagesSettled() {
        NewExecution execution =
                broadcast(
                        List.of(
                                List.of(new Identity("crmId", "1" + UUID.randomUUID())),
                                List.of(),
                                List.of(new Identity("crmId", "2" + UUID.randomUUID())),
                                List.of(new Identity("crmId", "3" + UUID.randomUUID())),
                                List.of(new Identity("crmId", "4" + UUID.randomUUID()))),
                        trigger -> trigger);
        fanOut();
        settle(1, new MessageState.Failed(Reason.ADDRESS_REFUSED, now));
        settle(1, new MessageState.Sent(now));
        settle(1, new MessageState.Failed(Reason.ADDRESS_REFUSED, now));
        store().executions().cancel(execution.id(), now);

        assertThat(broadcast(execution).reasons())
                .isEqualTo(
                        Map.of(
                                Reason.PROFILE_UNKNOWN, 1L,
                                Reason.ADDRESS_REFUSED, 2L,
                                Reason.EXECUTION_CANCELLED, 1L));
    }

    @Test
    void countsEachOfThoseThatAreRecordedTogetherAsItSettled() {
        NewExecution execution = broadcast(3);
        fanOut();
        List<Claim> claims = claims(claimed(3));
        mark(node, claims);

        store().queue()
                .record(
                        List.of(
                                recording(
                                        claims.get(2),
                                        new MessageState.Failed(Reason.ADDRESS_REFUSED, now)),
                                recording(claims.get(0), new MessageState.Sent(now)),
                                recording(
                                        claims.get(1),
                                        new MessageState.Failed(Reason.MESSAGE_REFUSED, now))));

        assertThat(view(execution).counts()).isEqualTo(Map.of(Kind.SENT, 1L, Kind.FAILED, 2L));
        assertThat(broadcast(execution).reasons())
                .isEqualTo(Map.of(Reason.ADDRESS_REFUSED, 1L, Reason.MESSAGE_REFUSED, 1L));
    }

    @Test
    void findsTheUnfinishedPageByPage() {
        List<ExecutionId> mine = List.of(broadcast(1).id(), broadcast(1).id(), broadcast(1).id());
        List<ExecutionId> first = store().broadcasts().unfinished(null, 10_000);

        assertThat(first).containsSubsequence(mine);
        assertThat(store().broadcasts().unfinished(mine.get(0), 1)).containsExactly(mine.get(1));
        assertThat(store().broadcasts().unfinished(mine.get(2), 10)).isEmpty();
    }

    @Test
    void sharesOnePayload() {
        NewExecution execution = broadcast(2);
        fanOut();

        assertThat(claimed(10)).hasSize(2).allMatch(message -> message.payload() == null);
        assertThat(store().broadcasts().payload(execution.id()).map(String::new)).contains("{}");
        assertThat(store().broadcasts().payload(new ExecutionId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void stopsAheadOfDeliveryAndGoesOnWhereItWas() {
        NewExecution execution = broadcast(10_500);
        fanOut();
        assertThat(state(execution)).isEqualTo(FanOutState.WRITING);
        assertThat(view(execution).counts()).isEqualTo(Map.of(Kind.ACCEPTED, 10_500L));

        List<Claim> claims = claims(claimed(600));
        store().queue()
                .record(
                        claims.stream()
                                .map(claim -> recording(claim, new MessageState.Expired(clock)))
                                .toList());
        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.WRITTEN);
        assertThat(view(execution).counts())
                .isEqualTo(Map.of(Kind.ACCEPTED, 9_900L, Kind.EXPIRED, 600L));
    }

    @Test
    void writesToOthersWhileSomeArePutOff() {
        NewExecution execution = broadcast(10_500);
        fanOut();
        Instant later = Instant.parse("2099-01-01T00:00:00Z");
        store().queue()
                .record(
                        claims(claimed(600)).stream()
                                .map(claim ->
                                        recording(
                                                claim,
                                                new MessageState.Deferred(
                                                        later, Reason.QUIET_HOURS)))
                                .toList());

        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.WRITTEN);
        assertThat(view(execution).counts())
                .isEqualTo(Map.of(Kind.ACCEPTED, 9_900L, Kind.DEFERRED, 600L));
    }

    @Test
    void goesToThoseWhoWereMembersWhenItBegan() {
        NewExecution execution = broadcast(3);
        assertThat(store().broadcasts().begin(execution.id())).isTrue();
        store().removeAudience(audience);

        fanOut();

        assertThat(view(execution).counts()).isEqualTo(Map.of(Kind.ACCEPTED, 3L));
    }

    @Test
    void writesToEachAddressOnceAlsoWhenMembersShareIt() {
        String run = UUID.randomUUID().toString();
        List<List<Identity>> people = new ArrayList<>();
        people.add(List.of(new Identity("email", run + "@Example.com")));
        people.add(List.of(new Identity("email", run.toUpperCase(Locale.ROOT) + "@example.com")));
        for (int i = 0; i < 1_000; i++) {
            people.add(List.of(new Identity("crmId", run + i)));
        }
        people.add(List.of(new Identity("email", run + "@EXAMPLE.com")));
        NewExecution execution = broadcast(people, trigger -> trigger);

        fanOut();

        assertThat(view(execution).counts())
                .isEqualTo(Map.of(Kind.ACCEPTED, 1_001L, Kind.EXCLUDED, 2L));
        assertThat(messages(execution.id()))
                .filteredOn(message -> message.state() == Kind.EXCLUDED)
                .extracting(MessageView::reason)
                .containsOnly(Reason.DUPLICATE_RECIPIENT);
    }

    @Test
    void goesToThoseWhomTheRuleMatchesWhenItBegins() {
        String run = UUID.randomUUID().toString();
        audience = new AudienceId(UUID.randomUUID());
        store().addAudience(audience, "profile.attributes.run == \"" + run + "\"");
        NewExecution execution = stored(trigger().lane(Lane.MARKETING).to(audience, "email"));
        store().addPerson(List.of(new Identity("email", run + "1@example.com")), "run", run);
        store().addPerson(List.of(new Identity("crmId", run)), "run", run);
        store().addPerson(List.of(new Identity("crmId", run + "else")), "run", "another");

        fanOut();
        store().addPerson(List.of(new Identity("crmId", run + "late")), "run", run);
        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.WRITTEN);
        assertThat(messages(execution.id()))
                .extracting(message -> message.identity().value())
                .containsExactlyInAnyOrder(run + "1@example.com", run);
    }

    @Test
    void keepsNobodyWaitingForABroadcastThatCannotBegin() {
        audience = new AudienceId(UUID.randomUUID());
        store().addAudience(audience, "no rule");
        NewExecution broken = stored(trigger().lane(Lane.MARKETING).to(audience, "email"));
        NewExecution execution = broadcast(3);

        fanOut();

        assertThat(state(broken)).isEqualTo(FanOutState.WAITING);
        assertThat(state(execution)).isEqualTo(FanOutState.WRITTEN);
        store().executions().cancel(broken.id(), clock);
    }

    @Test
    void writesToOthersWhileMembersAreTakenDown() {
        NewExecution large = broadcast(2);
        NewExecution small = broadcast(1);
        store().broadcasts().begin(small.id());
        List<Runnable> beginnings = new ArrayList<>();
        FanOut node = fanOut(beginnings::add);

        node.run();
        node.run();
        assertThat(state(small)).isEqualTo(FanOutState.WRITTEN);
        assertThat(state(large)).isEqualTo(FanOutState.WAITING);
        assertThat(beginnings).hasSize(1);

        beginnings.forEach(Runnable::run);
        node.run();
        assertThat(state(large)).isEqualTo(FanOutState.WRITTEN);
    }

    @Test
    void beginsNothingThatEndedOrBeganBefore() {
        NewExecution cancelled = broadcast(2);
        store().executions().cancel(cancelled.id(), clock);
        assertThat(store().broadcasts().begin(cancelled.id())).isTrue();
        assertThat(state(cancelled)).isEqualTo(FanOutState.CANCELLED);
        assertThat(view(cancelled).counts()).isEmpty();

        NewExecution begun = broadcast(2);
        fanOut();
        assertThat(store().broadcasts().begin(begun.id())).isTrue();
        assertThat(state(begun)).isEqualTo(FanOutState.WRITTEN);
    }

    @Test
    void failsWhenTheAudienceIsGoneBeforeItBegins() {
        NewExecution execution = broadcast(3);
        store().removeAudience(audience);

        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.AUDIENCE_GONE);
        assertThat(trail(execution))
                .extracting(AuditEntry::action, AuditEntry::detail)
                .containsExactly(tuple(AuditAction.EXECUTION_FAILED, "the audience was deleted"));
        assertThat(view(execution).counts()).isEmpty();
    }

    @Test
    void leavesALineInTheAuditTrail() {
        NewExecution execution = broadcast(1);
        AuditEntry started = Optional.ofNullable(execution.broadcast()).orElseThrow().started();

        assertThat(trail(started.resource())).containsExactly(started);
    }

    @Test
    void leavesALineWithTheNumbersWhenACanaryHaltsIt() {
        var canary = new Canary(10, 20, 20, 20, 20, Duration.ofHours(1), Duration.ZERO);
        NewExecution execution = broadcast(20, trigger -> trigger.canary(canary));
        fanOut();
        settle(4, new MessageState.Failed(Reason.ADDRESS_REFUSED, now));
        settle(6, new MessageState.Sent(now));
        fanOut();
        fanOut();

        assertThat(trail(execution))
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::detail)
                .containsExactly(
                        tuple(
                                Actor.SYSTEM,
                                AuditAction.EXECUTION_HALTED,
                                "failed 4 of 10 (40.00 %, at most 20.0 %)"));
    }
}
