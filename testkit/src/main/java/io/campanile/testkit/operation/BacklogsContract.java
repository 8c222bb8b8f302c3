package io.campanile.testkit.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.operation.port.Backlog;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.message.StoreScene;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What every [io.campanile.application.operation.port.Backlogs] must do.
public abstract class BacklogsContract extends StoreScene {
    private static final WorkspaceId OTHER = new WorkspaceId("other");

    @Test
    void countsWhatWaitsInEachLane() {
        // Before anything other tests of the store leave behind.
        Instant oldest = now.minusSeconds(600);
        List<Backlog> before = store().backlogs().count(now);
        stored(trigger().lane(Lane.MARKETING).dueTime(now.plusSeconds(9)));
        stored(trigger().lane(Lane.MARKETING).dueTime(oldest));
        stored(trigger().lane(Lane.MARKETING).kept(now.plus(MessageQueue.CLAIM_LEASE)));

        List<Backlog> after = store().backlogs().count(now);

        assertThat(after).extracting(Backlog::lane).containsExactly(Lane.values());
        assertThat(after.getFirst()).isEqualTo(before.getFirst());
        assertThat(after.getLast().open()).isEqualTo(before.getLast().open() + 3);
        assertThat(after.getLast().due()).isEqualTo(before.getLast().due() + 1);
        assertThat(after.getLast().oldestDueTime()).isEqualTo(oldest);
    }

    @Test
    void tellsHowLongAMessageHasWaitedInANodesMemoryUntilItIsHandedOver() {
        // Before anything other tests of the store leave behind.
        Instant taken = now.minusSeconds(900);
        long due = store().backlogs().count(now).getLast().due();
        NewExecution kept =
                stored(
                        trigger()
                                .lane(Lane.MARKETING)
                                .recipients(2)
                                .kept(taken.plus(MessageQueue.CLAIM_LEASE)));
        List<Claim> claims = ids(kept).stream().map(id -> new Claim(id, ClaimEpoch.FIRST)).toList();

        mark(node, claims.subList(0, 1));
        Backlog waiting = store().backlogs().count(now).getLast();
        Backlog own = store().backlogs().count(WorkspaceId.DEFAULT, now).getLast();
        mark(node, claims);
        Backlog gone = store().backlogs().count(now).getLast();

        assertThat(waiting.oldestDueTime()).isEqualTo(taken);
        assertThat(waiting.due()).isEqualTo(due);
        assertThat(own.oldestDueTime()).isEqualTo(taken);
        assertThat(gone.oldestDueTime()).isNotEqualTo(taken);
        assertThat(store().backlogs().count(OTHER, now))
                .extracting(Backlog::oldestDueTime)
                .containsOnlyNulls();
    }

    @Test
    void knowsNoOldestWhereNothingIsDue() {
        Backlog marketing = store().backlogs().count(now.minusSeconds(3600)).getLast();

        assertThat(marketing).isEqualTo(new Backlog(Lane.MARKETING, marketing.open(), 0, null));
    }

    @Test
    void countsForAWorkspaceWhatIsItsOwn() {
        List<Backlog> before = store().backlogs().count(WorkspaceId.DEFAULT, now);
        stored(trigger().lane(Lane.MARKETING).recipients(2));

        Backlog own = store().backlogs().count(WorkspaceId.DEFAULT, now).getLast();

        assertThat(own.open()).isEqualTo(before.getLast().open() + 2);
        assertThat(own.due()).isEqualTo(before.getLast().due() + 2);
        assertThat(store().backlogs().count(OTHER, now))
                .allMatch(backlog -> backlog.open() == 0 && backlog.due() == 0)
                .hasSameSizeAs(Lane.values());
    }

    @Test
    void countsByReasonWhatIsPutOffAfterAnAttempt() {
        Map<Reason, Long> before = store().backlogs().putOff(WorkspaceId.DEFAULT);
        stored(trigger().recipients(3));
        stored(trigger().dueTime(now.plusSeconds(9)));
        List<Claim> claims = marked();
        var refused = new MessageState.Deferred(now, Reason.PROVIDER_MISCONFIGURED);
        var night = new MessageState.Deferred(now, Reason.QUIET_HOURS);
        store().queue()
                .record(
                        List.of(
                                recording(claims.get(0), refused),
                                recording(claims.get(1), refused),
                                recording(claims.get(2), night)));

        Map<Reason, Long> after = store().backlogs().putOff(WorkspaceId.DEFAULT);

        assertThat(after)
                .containsEntry(
                        Reason.PROVIDER_MISCONFIGURED,
                        before.getOrDefault(Reason.PROVIDER_MISCONFIGURED, 0L) + 2);
        assertThat(Reason.OF_TROUBLE).containsAll(after.keySet());
        assertThat(store().backlogs().putOff(OTHER)).isEmpty();
    }

    @Test
    void countsForAWorkspaceWhatSettledOfWhatWasAcceptedLately() {
        Map<Kind, Long> before = store().backlogs().outcomes(WorkspaceId.DEFAULT, now);
        stored(trigger().recipients(2));
        Claim sent = marked().getFirst();
        store().queue().record(List.of(recording(sent, new MessageState.Sent(now))));

        Map<Kind, Long> after = store().backlogs().outcomes(WorkspaceId.DEFAULT, now);

        assertThat(after).containsEntry(Kind.SENT, before.getOrDefault(Kind.SENT, 0L) + 1);
        assertThat(after).doesNotContainKeys(Kind.SENDING, Kind.ACCEPTED);
        assertThat(store().backlogs().outcomes(WorkspaceId.DEFAULT, now.plusSeconds(60))).isEmpty();
        assertThat(store().backlogs().outcomes(OTHER, now)).isEmpty();
    }
}
