package io.campanile.application.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.broadcast.port.PauseCounts;
import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.broadcast.Canary;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.Progress;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.message.BroadcastScene;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What time does to rates and canaries.
class CanaryBroadcastTest extends BroadcastScene {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Canary CANARY =
            new Canary(10, 20, 20, 20, 20, Duration.ofMinutes(30), Duration.ofMinutes(10));

    private final SettableTime time = new SettableTime(now);
    private final InMemoryStore store = new InMemoryStore(time);
    private final Transactions transactions = new InMemoryTransactions();
    private final InMemoryAuditEntries audit = new InMemoryAuditEntries();
    private final PauseExecution pauses =
            new PauseExecution(
                    store.broadcastPauses(),
                    store.executions(),
                    InMemoryChanges.of(audit, new InMemoryChangeSignal(), time));

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    @Override
    protected Transactions transactions() {
        return transactions;
    }

    private void advance(Duration duration) {
        time.advance(duration);
        clock = time.instant();
        fanOut();
    }

    private NewExecution sampled() {
        NewExecution execution = broadcast(60, trigger -> trigger.canary(CANARY));
        fanOut();
        return execution;
    }

    private CanaryState canary(NewExecution execution) {
        return Optional.ofNullable(broadcast(execution).canary()).orElseThrow().state();
    }

    private Progress progress(NewExecution execution) {
        BroadcastView broadcast = broadcast(execution);
        return broadcast.progress(view(execution).open(), time.instant());
    }

    @Test
    void observesTheSampleBeforeItIsJudged() {
        NewExecution execution = sampled();
        settle(10, new MessageState.Sent(now));
        advance(Duration.ofMinutes(5));
        advance(Duration.ofMinutes(9));
        assertThat(canary(execution)).isInstanceOf(CanaryState.Observing.class);
        assertThat(broadcast(execution).written()).isEqualTo(10);

        advance(MINUTE);

        assertThat(canary(execution)).isInstanceOf(CanaryState.Passed.class);
        assertThat(broadcast(execution).written()).isEqualTo(60);
    }

    @Test
    void waitsForOpenMessagesAsLongAsItIsTold() {
        NewExecution execution = sampled();
        settle(9, new MessageState.Sent(now));
        advance(Duration.ofMinutes(29));
        assertThat(canary(execution)).isInstanceOf(CanaryState.Settling.class);

        advance(MINUTE);
        assertThat(canary(execution)).isInstanceOf(CanaryState.Observing.class);
        advance(Duration.ofMinutes(10));

        assertThat(canary(execution)).isInstanceOf(CanaryState.Passed.class);
    }

    @Test
    void isNotJudgedWhileTheCampaignIsHeld() {
        NewExecution execution = sampled();
        settle(10, new MessageState.Failed(Reason.ADDRESS_REFUSED, now));
        fanOut();
        control(true, Delivery.HOLD);
        advance(Duration.ofMinutes(30));
        assertThat(canary(execution)).isInstanceOf(CanaryState.Observing.class);

        control(true, Delivery.DELIVER);
        fanOut();

        assertThat(canary(execution)).isInstanceOf(CanaryState.Halted.class);
    }

    @Test
    void leavesAnAuditEntryWithTheNumbersThatWereSetAside() {
        NewExecution execution = sampled();
        settle(4, new MessageState.Failed(Reason.ADDRESS_REFUSED, now));
        settle(6, new MessageState.Sent(now));
        fanOut();
        advance(Duration.ofMinutes(10));
        assertThat(broadcast(execution).isHalted()).isTrue();

        assertThat(pauses.resume(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, false))
                .containsInstanceOf(PauseExecution.Resumed.class);

        AuditEntry entry = audit.all().getLast();
        assertThat(entry.action()).isEqualTo(AuditAction.EXECUTION_RESUMED);
        assertThat(entry.detail())
                .isEqualTo("in spite of its canary: failed 4 of 10 (40.00 %, at most 20.0 %)");
        assertThat(broadcast(execution).isHalted()).isFalse();
    }

    @Test
    void leavesNoTraceWhenItIsOnlyTried() {
        NewExecution execution = sampled();

        assertThat(pauses.pause(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, true))
                .contains(
                        new PauseExecution.Paused(view(execution), new PauseCounts(60, 0, false)));
        assertThat(broadcast(execution).paused()).isFalse();
        var _ = pauses.pause(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, false);
        int entries = audit.all().size();
        assertThat(pauses.resume(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, true))
                .contains(new PauseExecution.Resumed(view(execution)));

        assertThat(broadcast(execution).paused()).isTrue();
        assertThat(audit.all()).hasSize(entries);
    }

    @Test
    void leavesAnAuditEntryWhenNobodyWasTried() {
        NewExecution execution = sampled();
        settle(10, new MessageState.Excluded(Reason.CONSENT_DENIED, now));
        fanOut();
        advance(Duration.ofMinutes(10));
        var _ = pauses.resume(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, false);

        assertThat(audit.all().getLast().detail())
                .isEqualTo("in spite of its canary: nobody tried of 10");
    }

    @Test
    void haltsWhenMostOfTheSampleIsStuckAtAProvider() {
        NewExecution execution = sampled();
        settle(2, new MessageState.Sent(now));
        settle(
                8,
                new MessageState.Deferred(
                        now.plus(Duration.ofHours(1)), Reason.PROVIDER_MISCONFIGURED));
        advance(Duration.ofMinutes(30));
        advance(Duration.ofMinutes(10));
        assertThat(broadcast(execution).isHalted()).isTrue();
        assertThat(broadcast(execution).written()).isEqualTo(10);

        var _ = pauses.resume(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, false);
        assertThat(audit.all().getLast().detail())
                .isEqualTo(
                        "in spite of its canary: failed 8 of 10 (80.00 %, at most 20.0 %), 8 stuck"
                                + " at a provider");
    }

    @Test
    void keepsItsRateEvenlyAndSendsNothingAfterAPauseForTheTimeThatWasSleptThrough() {
        NewExecution execution = broadcast(10_000, trigger -> trigger.rate(100));
        fanOut();
        assertThat(broadcast(execution).written()).isEqualTo(25);
        advance(Duration.ofMillis(249));
        assertThat(broadcast(execution).written()).isEqualTo(25);
        advance(Duration.ofMillis(1));
        assertThat(broadcast(execution).written()).isEqualTo(50);

        store.broadcastPauses().pause(execution.id());
        advance(Duration.ofMinutes(20));
        assertThat(broadcast(execution).written()).isEqualTo(50);
        store.broadcastPauses().resume(execution.id(), clock);
        fanOut();

        assertThat(broadcast(execution).written())
                .as("a second's worth and a chunk")
                .isBetween(51L, 50L + 100 + 25);
    }

    @Test
    void tellsHowFastItGoesAndWhenItWillEnd() {
        NewExecution execution = broadcast(60);
        fanOut();
        time.advance(Duration.ofSeconds(10));
        settle(20, new MessageState.Sent(now));

        assertThat(progress(execution)).isEqualTo(new Progress(2, end(Duration.ofSeconds(20))));

        store.broadcastPauses().pause(execution.id());
        assertThat(progress(execution)).isEqualTo(new Progress(2, null));

        time.advance(MINUTE);
        store.broadcastPauses().resume(execution.id(), clock);
        assertThat(progress(execution)).isEqualTo(new Progress(0, null));
    }

    @Test
    void tellsNoEndBeforeTheVerdict() {
        NewExecution execution = sampled();
        settle(10, new MessageState.Sent(now));
        time.advance(Duration.ofSeconds(5));

        assertThat(progress(execution)).isEqualTo(new Progress(2, null));
    }

    private Instant end(Duration left) {
        return time.instant().plus(left).truncatedTo(ChronoUnit.SECONDS);
    }
}
