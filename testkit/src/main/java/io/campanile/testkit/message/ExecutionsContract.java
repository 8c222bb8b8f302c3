package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.message.port.CancelledAt;
import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.execution.CancelCounts;
import io.campanile.domain.execution.Cancellation;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.trigger.Triggers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What every [io.campanile.application.message.port.Executions] must do.
public abstract class ExecutionsContract extends StoreScene {
    private static final String FIRST = "-1000000000-01-01T00:00:00Z";
    private static final String LAST = "+1000000000-12-31T23:59:59.999999999Z";

    private ExecutionView found(NewExecution execution) {
        return store().executions().find(WorkspaceId.DEFAULT, execution.id()).orElseThrow();
    }

    private List<ExecutionId> listed(
            @Nullable String requestId, @Nullable ExecutionId after, int limit) {
        return store()
                .executions()
                .list(
                        new ExecutionQuery(
                                WorkspaceId.DEFAULT,
                                campaignName,
                                requestId,
                                null,
                                null,
                                null,
                                after,
                                limit))
                .stream()
                .map(ExecutionView::id)
                .toList();
    }

    @Test
    void showsWhatWasStored() {
        NewExecution execution =
                stored(trigger().recipients(2).rejectedAt(1).metadata(Map.of("order", "17")));

        assertThat(found(execution))
                .isEqualTo(
                        new ExecutionView(
                                execution.id(),
                                campaignName,
                                1,
                                execution.requestId(),
                                now,
                                null,
                                execution.expireTime(),
                                null,
                                Map.of("order", "17"),
                                1,
                                Map.of(Kind.ACCEPTED, 2L),
                                null));
    }

    @Test
    void countsMessagesByState() {
        NewExecution execution = stored(trigger().recipients(3));
        List<Claim> claims = marked();
        store().queue().record(List.of(recording(claims.getFirst(), new MessageState.Sent(now))));

        ExecutionView view = found(execution);

        assertThat(view.counts())
                .containsOnly(Map.entry(Kind.SENT, 1L), Map.entry(Kind.SENDING, 2L));
        assertThat(view.open()).isEqualTo(2);
    }

    @Test
    void hidesExecutionsOfOtherWorkspaces() {
        NewExecution execution = stored(trigger());

        assertThat(store().executions().find(new WorkspaceId("other"), execution.id())).isEmpty();
        assertThat(
                        store().executions()
                                .find(WorkspaceId.DEFAULT, new ExecutionId(UUID.randomUUID())))
                .isEmpty();
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        List<ExecutionId> ids =
                List.of(stored(trigger()).id(), stored(trigger()).id(), stored(trigger()).id());

        assertThat(listed(null, null, 2)).containsExactly(ids.get(2), ids.get(1));
        assertThat(listed(null, ids.get(1), 2)).containsExactly(ids.get(0));
    }

    @Test
    void findsAnExecutionByItsRequestId() {
        stored(trigger());
        NewExecution wanted = stored(trigger());

        assertThat(listed(wanted.requestId(), null, 10)).containsExactly(wanted.id());
        assertThat(listed("no-such-request", null, 10)).isEmpty();
    }

    @Test
    void listsByCreateTime() {
        NewExecution execution = stored(trigger());
        Instant after = now.plusMillis(1);

        assertThat(between(now, after)).containsExactly(execution.id());
        assertThat(between(after, null)).isEmpty();
        assertThat(between(null, now)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, "0001-01-01T00:00:00Z", "1960-01-01T00:00:00Z"})
    void findsEverythingAfterATimeLongAgoAndNothingBefore(Instant longAgo) {
        NewExecution execution = stored(trigger());

        assertThat(between(longAgo, null)).containsExactly(execution.id());
        assertThat(between(null, longAgo)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LAST, "+12000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"})
    void findsEverythingBeforeATimeFarAheadAndNothingAfter(Instant farAhead) {
        NewExecution execution = stored(trigger());

        assertThat(between(null, farAhead)).containsExactly(execution.id());
        assertThat(between(farAhead, null)).isEmpty();
    }

    private List<ExecutionId> between(@Nullable Instant from, @Nullable Instant to) {
        return store()
                .executions()
                .list(
                        new ExecutionQuery(
                                WorkspaceId.DEFAULT, campaignName, null, from, to, null, null, 10))
                .stream()
                .map(ExecutionView::id)
                .toList();
    }

    @Test
    void cancelsWhatIsNotInHandOver() {
        NewExecution execution = stored(trigger().recipients(3));
        Claim sending = claims(claim(node, now)).getFirst();
        mark(node, List.of(sending));

        Cancellation cancellation = store().executions().cancel(execution.id(), now);

        assertThat(cancellation).isEqualTo(new Cancellation.Cancelled(new CancelCounts(2, 1)));
        assertThat(found(execution).counts())
                .containsOnly(Map.entry(Kind.CANCELLED, 2L), Map.entry(Kind.SENDING, 1L));
        assertThat(found(execution).cancelled())
                .isEqualTo(new CancelledAt(now, new CancelCounts(2, 1)));
    }

    @Test
    void answersTheSameWhenCancelledAgain() {
        NewExecution execution = stored(trigger().recipients(2));
        Claim sending = claims(claim(node, now)).getFirst();
        mark(node, List.of(sending));
        store().executions().cancel(execution.id(), now);
        store().queue().record(List.of(recording(sending, new MessageState.Sent(now))));

        assertThat(store().executions().cancel(execution.id(), now.plusSeconds(1)))
                .isEqualTo(new Cancellation.CancelledBefore(new CancelCounts(1, 1)));
        assertThat(found(execution).cancelled())
                .isEqualTo(new CancelledAt(now, new CancelCounts(1, 1)));
    }

    @Test
    void leavesAnExecutionWithoutOpenMessagesAlone() {
        NewExecution execution = stored(trigger());
        Claim sent = marked().getFirst();
        store().queue().record(List.of(recording(sent, new MessageState.Sent(now))));
        ExecutionView before = found(execution);

        assertThat(store().executions().cancel(execution.id(), now))
                .isEqualTo(new Cancellation.NothingOpen());
        assertThat(found(execution)).isEqualTo(before);
    }

    @Test
    void triesNothingAgainOnceCancelled() {
        NewExecution execution = stored(trigger());
        Claim sending = marked().getFirst();
        store().executions().cancel(execution.id(), now);

        store().queue()
                .record(
                        List.of(
                                recording(
                                        sending,
                                        new MessageState.Deferred(
                                                now.plusSeconds(9), Reason.PROVIDER_BUSY))));

        assertThat(found(execution).counts()).containsOnly(Map.entry(Kind.CANCELLED, 1L));
        assertThat(claim(node, now.plusSeconds(9))).isEmpty();
    }

    @Test
    void cancelsNothingOfAnUnknownExecution() {
        assertThat(store().executions().cancel(new ExecutionId(Triggers.id(now)), now))
                .isEqualTo(new Cancellation.NothingOpen());
    }
}
