package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.application.broadcast.port.PauseCounts;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.message.port.BroadcastCondition;
import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.execution.Cancellation;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.trigger.Triggers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;

/// What every [io.campanile.application.broadcast.port.Broadcasts],
/// [io.campanile.application.broadcast.port.BroadcastPauses] and
/// [io.campanile.application.broadcast.port.BroadcastUpkeep] must do when broadcasts are held, end
/// and are forgotten.
public abstract class BroadcastEndsContract extends BroadcastScene {
    @Test
    void obeysTheCampaign() {
        NewExecution execution = broadcast(3);
        control(true, Delivery.HOLD);
        fanOut();
        assertThat(state(execution)).isEqualTo(FanOutState.WAITING);

        control(false, Delivery.CANCEL);
        fanOut();
        assertThat(state(execution)).isEqualTo(FanOutState.STOPPED);
        assertThat(trail(execution))
                .extracting(AuditEntry::action, AuditEntry::detail)
                .containsExactly(tuple(AuditAction.EXECUTION_FAILED, "the campaign was stopped"));
    }

    @Test
    void countsWhomItDidNotComeTo() {
        NewExecution execution = broadcast(10_500);
        fanOut();
        clock = execution.expireTime();
        fanOut();
        assertThat(state(execution)).as("by a node's clock").isEqualTo(FanOutState.WRITING);
        store().endTimeOf(execution.id());

        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.EXPIRED);
        assertThat(trail(execution))
                .extracting(AuditEntry::action, AuditEntry::detail)
                .containsExactly(
                        tuple(
                                AuditAction.EXECUTION_FAILED,
                                "it expired before all messages were written"));
        assertThat(view(execution).counts())
                .isEqualTo(Map.of(Kind.ACCEPTED, 10_000L, Kind.EXPIRED, 500L));
    }

    @Test
    void holdsAllButWhatIsInHandOverAndLetsItGoOn() {
        NewExecution execution = broadcast(10_500);
        fanOut();
        List<Claim> claims = claims(claimed(20));
        mark(node, claims.subList(0, 4));

        ExecutionView before = view(execution);
        assertThat(before.open()).as("what a pause that is only tried tells").isEqualTo(10_500);
        assertThat(before.counts()).containsEntry(Kind.SENDING, 4L);
        assertThat(store().broadcastPauses().pause(execution.id()))
                .contains(new PauseCounts(10_496, 4, false));
        assertThat(store().broadcastPauses().pause(execution.id()))
                .contains(new PauseCounts(10_496, 4, true));
        assertThat(mark(node, claims.subList(4, 20)).marked()).isEmpty();
        assertThat(claimed(100)).isEmpty();
        fanOut();
        assertThat(state(execution)).isEqualTo(FanOutState.WRITING);

        var busy = new MessageState.Deferred(clock.plusSeconds(1), Reason.PROVIDER_BUSY);
        store().queue().record(List.of(recording(claims.getFirst(), busy)));
        clock = clock.plus(Duration.ofSeconds(20));
        assertThat(claimed(100)).as("a deferred message of a paused broadcast").isEmpty();

        assertThat(store().broadcastPauses().resume(execution.id(), clock)).isTrue();
        assertThat(store().broadcastPauses().resume(execution.id(), clock)).isFalse();
        assertThat(claimed(20_000)).hasSize(9_997);
    }

    @Test
    void letsWhatWasPutOffGoOnlyWhenItIsDue() {
        NewExecution execution = broadcast(3);
        fanOut();
        List<Claim> claims = claims(claimed(2));
        mark(node, claims);
        Instant due = clock.plus(Duration.ofSeconds(10));
        var greylisted = new MessageState.Deferred(due, Reason.ADDRESS_BUSY);
        store().queue().record(List.of(recording(claims.getFirst(), greylisted)));
        assertThat(store().broadcastPauses().pause(execution.id())).isPresent();
        store().queue().record(List.of(recording(claims.getLast(), greylisted)));
        assertThat(store().broadcastPauses().pause(execution.id())).isPresent();
        assertThat(claims)
                .extracting(Claim::message)
                .extracting(id -> store().messages().find(WorkspaceId.DEFAULT, id).orElseThrow())
                .extracting(MessageView::dueTime)
                .as("shown while they are held")
                .containsOnly(due);

        assertThat(store().broadcastPauses().resume(execution.id(), clock)).isTrue();

        assertThat(claimed(10)).as("those that nobody had tried").hasSize(1);
        clock = due;
        assertThat(claimed(10)).as("those that were put off").hasSize(2);
    }

    @Test
    void holdsNothingWhereNothingIsLeft() {
        NewExecution unitary = stored(trigger());
        NewExecution execution = broadcast(1);
        fanOut();
        store().executions().cancel(execution.id(), clock);

        assertThat(store().broadcastPauses().pause(unitary.id())).isEmpty();
        assertThat(store().broadcastPauses().pause(execution.id())).isEmpty();
        assertThat(store().broadcastPauses().resume(execution.id(), clock)).isFalse();
    }

    @Test
    void neitherHoldsNorLetsGoWhatIsCancelledOrOver() {
        NewExecution cancelled = broadcast(3);
        fanOut();
        mark(node, claims(claimed(1)));
        assertThat(store().broadcastPauses().pause(cancelled.id()))
                .contains(new PauseCounts(2, 1, false));
        store().executions().cancel(cancelled.id(), clock);

        assertThat(view(cancelled).open()).as("in hand-over").isEqualTo(1);
        assertThat(store().broadcastPauses().pause(cancelled.id())).isEmpty();
        assertThat(store().broadcastPauses().resume(cancelled.id(), clock)).isFalse();

        NewExecution over = broadcast(2);
        fanOut();
        assertThat(store().broadcastPauses().pause(over.id())).isPresent();
        store().queue().expireHeld(100, over.expireTime());

        assertThat(view(over).open()).isZero();
        assertThat(store().broadcastPauses().resume(over.id(), clock)).isFalse();
    }

    @Test
    void cancelsWhatIsWrittenAndWhatIsNot() {
        NewExecution execution = broadcast(10_500);
        fanOut();
        mark(node, claims(claimed(4)));

        Cancellation cancellation = store().executions().cancel(execution.id(), clock);

        assertThat(cancellation.counts().cancelled()).isEqualTo(10_496);
        assertThat(cancellation.counts().inHandOver()).isEqualTo(4);
        assertThat(view(execution).counts())
                .isEqualTo(Map.of(Kind.CANCELLED, 10_496L, Kind.SENDING, 4L));
        fanOut();
        assertThat(state(execution)).isEqualTo(FanOutState.CANCELLED);
        assertThat(store().executions().cancel(execution.id(), clock))
                .isInstanceOf(Cancellation.CancelledBefore.class);
    }

    @Test
    void cancelsWhatHasNotBegun() {
        NewExecution execution = broadcast(3);

        assertThat(store().executions().cancel(execution.id(), clock))
                .isInstanceOf(Cancellation.Cancelled.class);
        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.CANCELLED);
    }

    /// Scheduled farther ahead than messages are kept.
    @Test
    void keepsItsExecutionAsLongAsItsMessages() {
        Instant accepted = Instant.parse("2018-05-02T10:00:00Z");
        Instant begun = accepted.plus(Duration.ofDays(20));
        partitions().makeAhead(accepted, Period.ZERO);
        partitions().makeAhead(begun, Period.ZERO);
        NewExecution other = settledOn(accepted);
        store().addAudience(audience, List.of(List.of(new Identity("crmId", "7" + audience))));
        NewExecution execution =
                stored(
                        soon(trigger(campaign, accepted))
                                .lane(Lane.MARKETING)
                                .to(audience, "crmId"));

        drop(begun);
        assertThat(store().executions().find(WorkspaceId.DEFAULT, other.id())).isEmpty();
        clock = begun;
        fanOut();
        settle(1, new MessageState.Sent(now));
        forget(begun);
        drop(begun);
        assertThat(view(execution).counts()).isEqualTo(Map.of(Kind.SENT, 1L));
        assertThat(state(execution)).isEqualTo(FanOutState.WRITTEN);

        drop(begun.plus(Duration.ofDays(1)));
        forget(begun);
        drop(begun.plus(Duration.ofDays(1)));
        assertThat(store().executions().find(WorkspaceId.DEFAULT, execution.id())).isEmpty();
    }

    /// Most broadcasts are forgotten by then, and the whole day with them.
    @Test
    void keepsExecutionsBesideItForTwoDays() {
        Instant accepted = Instant.parse("2018-07-02T10:00:00Z");
        Instant old = Instant.parse("2018-07-05T00:00:00Z");
        partitions().makeAhead(accepted, Period.ZERO);
        NewExecution other = settledOn(accepted);
        NewExecution execution =
                stored(
                        soon(trigger(campaign, accepted))
                                .lane(Lane.MARKETING)
                                .to(audience, "crmId"));

        drop(old.minusMillis(1));
        assertThat(store().executions().find(WorkspaceId.DEFAULT, other.id())).isPresent();

        drop(old);
        assertThat(store().executions().find(WorkspaceId.DEFAULT, other.id())).isEmpty();
        assertThat(view(execution).broadcast()).isNotNull();

        store().executions().cancel(execution.id(), clock);
        forget(accepted.plusSeconds(1));
        drop(old);
        assertThat(store().executions().find(WorkspaceId.DEFAULT, execution.id())).isEmpty();
    }

    private void drop(Instant before) {
        partitions().dropOlderThan(before, now.plus(Duration.ofDays(1)));
    }

    private Partitions partitions() {
        return store().partitions();
    }

    private NewExecution settledOn(Instant day) {
        NewExecution execution = stored(soon(trigger(campaign, day)));
        store().queue().record(List.of(recording(marked().getFirst(), new MessageState.Sent(now))));
        return execution;
    }

    private Triggers soon(Triggers trigger) {
        return trigger.expireTime(now.plus(Duration.ofHours(1)));
    }

    @Test
    void forgetsWhatHasEnded() {
        NewExecution open = broadcast(1);
        fanOut();
        NewExecution gone = broadcast(2);
        store().executions().cancel(gone.id(), clock);

        forget(clock.plusSeconds(60));

        assertThat(view(open).broadcast()).isNotNull();
        assertThat(view(gone).broadcast()).isNull();
    }

    /// Scheduled for a time when what was accepted with it is removed, and without a message.
    @Test
    void keepsWhatMayHaveEndedJustNow() {
        NewExecution gone = broadcast(2);
        store().executions().cancel(gone.id(), clock);

        forget(clock.plusSeconds(60), clock);

        assertThat(view(gone).broadcast()).isNotNull();
    }

    @Test
    void areFoundAmongExecutionsByAudienceAndWhileSomethingIsOpen() {
        var _ = stored(trigger());
        NewExecution settled = broadcast(1);
        fanOut();
        settle(1, new MessageState.Sent(clock));
        NewExecution halfOpen = broadcast(2);
        fanOut();
        settle(1, new MessageState.Sent(clock));
        NewExecution open = broadcast(1);
        fanOut();
        NewExecution waiting = broadcast(1);

        assertThat(found(new BroadcastCondition(null, false), null))
                .containsExactly(waiting.id(), open.id(), halfOpen.id(), settled.id());
        assertThat(found(new BroadcastCondition("readers", true), null))
                .containsExactly(waiting.id(), open.id(), halfOpen.id());
        assertThat(found(new BroadcastCondition(null, true), open.id()))
                .containsExactly(halfOpen.id());
        assertThat(found(new BroadcastCondition("writers", false), null)).isEmpty();
    }

    private List<ExecutionId> found(BroadcastCondition condition, @Nullable ExecutionId after) {
        var query =
                new ExecutionQuery(
                        WorkspaceId.DEFAULT, campaignName, null, now, null, condition, after, 10);
        return store().executions().list(query).stream().map(ExecutionView::id).toList();
    }
}
