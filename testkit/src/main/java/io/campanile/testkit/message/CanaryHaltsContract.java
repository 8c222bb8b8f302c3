package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.broadcast.port.PauseCounts;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.receipt.port.Move;
import io.campanile.application.receipt.port.NewReceipt;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.HaltCause;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.log.LogLines;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What halts a canary, and what [io.campanile.application.broadcast.port.Broadcasts] do then,
/// driven by [io.campanile.application.broadcast.FanOut].
public abstract class CanaryHaltsContract extends CanaryScene {
    @Test
    void haltsForComplaintsOfWhatWentWell() {
        NewExecution execution = complainedOf(3);

        assertThat(loggedByFanOut(execution))
                .singleElement()
                .asString()
                .contains("campaign=workspaces/default/campaigns/")
                .endsWith(" cause=COMPLAINED:3");

        assertThat(canary(execution))
                .isInstanceOfSatisfying(
                        CanaryState.Halted.class,
                        halted ->
                                assertThat(halted.sample())
                                        .isEqualTo(new SampleCounts(SAMPLE, 10, 0, 0, 0, 0, 3)));
        assertThat(Optional.ofNullable(broadcast(execution).canary()).orElseThrow().causes())
                .containsExactly(
                        new HaltCause.ThresholdPassed(HaltCause.Measure.COMPLAINED, 3, 30, 20));
        assertThat(view(execution).counts())
                .isEqualTo(Map.of(Kind.ACCEPTED, 50L, Kind.SENT, 7L, Kind.DELIVERED, 3L));
    }

    @Test
    void warnsOfComplaintsThatDoNotHaltIt() {
        NewExecution execution = complainedOf(1);

        assertThat(loggedByFanOut(execution))
                .singleElement()
                .asString()
                .endsWith(" complained=1 tried=10");
        assertThat(canary(execution)).isInstanceOf(CanaryState.Passed.class);
    }

    /// Its sample was sent, and so many of it were complained of.
    private NewExecution complainedOf(int messages) {
        NewExecution execution = sampled(Duration.ZERO);
        settle(SAMPLE, sent());
        complain(execution, messages);
        return execution;
    }

    /// Lines about an execution, of one run.
    private List<String> loggedByFanOut(NewExecution execution) {
        try (var lines = LogLines.of("io.campanile.application.broadcast.FanOut")) {
            fanOut();
            return lines.all().stream()
                    .filter(line -> line.contains("execution=" + execution.id()))
                    .toList();
        }
    }

    private void complain(NewExecution execution, int messages) {
        List<MessageId> ids =
                messages(execution.id()).stream()
                        .map(MessageView::id)
                        .sorted()
                        .limit(messages)
                        .toList();
        transactions()
                .inTransaction(() -> {
                    var _ = store().receipts().lock(WorkspaceId.DEFAULT, ids);
                    store().receipts()
                            .add(
                                    ids.stream().map(this::complaint).toList(),
                                    ids.stream()
                                            .map(id ->
                                                    new Move(
                                                            id,
                                                            execution.id(),
                                                            Kind.SENT,
                                                            new MessageState.Delivered(now)))
                                            .toList(),
                                    now);
                    return true;
                });
    }

    private NewReceipt complaint(MessageId id) {
        return new NewReceipt(new Receipt(id, "spam", ReceiptKind.COMPLAINED, "", "", now), false);
    }

    @Test
    void haltsWithTheNumbersUntilSomebodyResumesIt() {
        NewExecution execution = sampled(Duration.ZERO);
        settle(6, sent());
        settle(3, failed());
        settle(1, new MessageState.Unknown(now));
        fanOut();
        fanOut();

        SampleCounts counts = new SampleCounts(SAMPLE, 6, 3, 0, 1, 0, 0);
        assertThat(canary(execution))
                .isInstanceOfSatisfying(
                        CanaryState.Halted.class,
                        halted -> assertThat(halted.sample()).isEqualTo(counts));
        assertThat(Optional.ofNullable(broadcast(execution).canary()).orElseThrow().causes())
                .containsExactly(
                        new HaltCause.ThresholdPassed(HaltCause.Measure.FAILED, 3, 30, 20));
        assertThat(broadcast(execution).paused()).isTrue();
        assertThat(view(execution).counts())
                .isEqualTo(
                        Map.of(
                                Kind.ACCEPTED,
                                50L,
                                Kind.SENT,
                                6L,
                                Kind.FAILED,
                                3L,
                                Kind.UNKNOWN,
                                1L));
        assertThat(messages(execution.id())).hasSize(SAMPLE);

        assertThat(store().broadcastPauses().resume(execution.id(), clock)).isTrue();
        fanOut();

        assertThat(canary(execution))
                .isInstanceOfSatisfying(
                        CanaryState.Overridden.class,
                        overridden -> assertThat(overridden.sample()).isEqualTo(counts));
        assertThat(messages(execution.id())).hasSize(MEMBERS);
    }

    @Test
    void judgesByWhatHasSettledInTimeAndHoldsTheRest() {
        NewExecution execution = broadcast(MEMBERS, t -> t.canary(canary(Duration.ZERO, HOUR)));
        fanOut();
        assertThat(canary(execution)).isInstanceOf(CanaryState.Observing.class);

        execution = broadcast(MEMBERS, t -> t.canary(canary(Duration.ZERO, Duration.ZERO)));
        fanOut();

        assertThat(canary(execution))
                .isInstanceOfSatisfying(
                        CanaryState.Halted.class,
                        halted ->
                                assertThat(halted.sample())
                                        .isEqualTo(new SampleCounts(SAMPLE, 0, 0, 0, 0, 0, 0)));
        assertThat(store().broadcastPauses().pause(execution.id()))
                .contains(new PauseCounts(MEMBERS, 0, true));
        assertThat(claimed(100)).as("of the first execution").hasSize(SAMPLE);
        assertThat(store().broadcastPauses().resume(execution.id(), clock)).isTrue();
        assertThat(claimed(100)).hasSize(SAMPLE);
    }

    @Test
    void holdsItsSampleAlsoWhenWhoeverHaltedItDiedThen() {
        NewExecution execution = sampled(HOUR);
        var halted = new CanaryState.Halted(new SampleCounts(SAMPLE, 0, 0, 0, 0, 0, 0), now);
        transactions()
                .inTransaction(() -> {
                    var locked = store().broadcasts().lock(execution.id());
                    store().broadcasts().keep(execution.id(), halted);
                    return locked.isPresent();
                });

        fanOut();

        assertThat(claimed(100)).isEmpty();
        assertThat(store().broadcastPauses().resume(execution.id(), clock)).isTrue();
        assertThat(claimed(100)).hasSize(SAMPLE);
    }

    @Test
    void learnsNothingFromThoseWhoWereExcluded() {
        NewExecution execution = sampled(Duration.ZERO);
        settle(SAMPLE, new MessageState.Excluded(Reason.CONSENT_DENIED, now));
        fanOut();

        assertThat(Optional.ofNullable(broadcast(execution).canary()).orElseThrow().causes())
                .containsExactly(new HaltCause.NobodyTried());
    }

    @Test
    void cancelsWhatIsHalted() {
        NewExecution execution = sampled(Duration.ZERO);
        settle(SAMPLE, failed());
        fanOut();

        assertThat(store().executions().cancel(execution.id(), clock).counts().cancelled())
                .isEqualTo(MEMBERS - SAMPLE);
        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.CANCELLED);
        assertThat(canary(execution)).isInstanceOf(CanaryState.Halted.class);
        assertThat(view(execution).counts())
                .isEqualTo(Map.of(Kind.CANCELLED, 50L, Kind.FAILED, (long) SAMPLE));
    }

    @Test
    void tellsWhatIsStuckAtAProviderFromWhatWaitsForAnotherReason() {
        NewExecution execution = sampled(HOUR);
        settle(2, sent());
        settle(3, putOff(Reason.PROVIDER_MISCONFIGURED));
        settle(1, putOff(Reason.OUTCOME_UNKNOWN));
        settle(1, putOff(Reason.QUIET_HOURS));
        settle(1, putOff(Reason.ADDRESS_BUSY));
        giveBack(putOff(Reason.PROVIDER_BUSY));
        var counts = new SampleCounts(SAMPLE, 2, 0, 0, 0, 4 + 1, 0);

        SampleCounts counted =
                transactions()
                        .inTransaction(() -> {
                            assertThat(store().broadcasts().lock(execution.id())).isPresent();
                            SampleCounts sample = store().broadcasts().sample(execution.id());
                            store().broadcasts()
                                    .keep(execution.id(), new CanaryState.Halted(sample, now));
                            return sample;
                        });

        assertThat(counted).isEqualTo(counts);
        assertThat(canary(execution)).isEqualTo(new CanaryState.Halted(counts, now));
    }

    /// Marks one that is not handed over.
    private void giveBack(MessageState state) {
        Claim claim = claims(claimed(1)).getFirst();
        mark(node, List.of(claim));
        store().queue()
                .record(List.of(new Recording(claim, state, ProviderReply.NONE, now, null, true)));
    }

    private MessageState putOff(Reason reason) {
        return new MessageState.Deferred(now.plusSeconds(9), reason);
    }
}
