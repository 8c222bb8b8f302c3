package io.campanile.domain.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState.Kind;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

class BroadcastTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant EVENING = NOON.plusSeconds(21_600);
    private static final FanOutStep REST = new FanOutStep.Rest();
    private static final FanOutStep FULL = new FanOutStep.Full();
    private static final FanOutStep A_SECOND = new FanOutStep.Wait(Duration.ofSeconds(1));
    private static final Canary CANARY =
            new Canary(1_500, 5, 5, 5, 5, Duration.ofHours(1), Duration.ZERO);

    @Test
    void beginsWhenItsTimeHasCome() {
        Broadcast waiting = broadcast(FanOutState.WAITING, false, 0, 0);

        assertThat(next(waiting, Delivery.DELIVER, 0, NOON.minusSeconds(6)))
                .as("its campaign may be stopped meanwhile")
                .isEqualTo(new FanOutStep.Wait(Duration.ofSeconds(5)));
        assertThat(next(waiting, Delivery.DELIVER, 0, NOON.minusSeconds(1))).isEqualTo(A_SECOND);
        assertThat(next(waiting, Delivery.DELIVER, 0, NOON)).isEqualTo(new FanOutStep.Begin());
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING, 0, true",
        "WRITING, 0, true",
        "WRITTEN, 1, true",
        "WRITTEN, 0, false",
        "STOPPED, 1, false",
        "EXPIRED, 1, false",
        "CANCELLED, 1, false",
    })
    void canBePausedWhileThereIsSomethingToHold(FanOutState state, long open, boolean can) {
        assertThat(state.canBePaused(open)).isEqualTo(can);
    }

    @Test
    void canBeResumedWhileItIsPausedAndThereIsSomethingToLetGo() {
        assertThat(FanOutState.WRITTEN.canBeResumed(true, 1)).isTrue();
        assertThat(FanOutState.WRITTEN.canBeResumed(true, 0)).isFalse();
        assertThat(FanOutState.WRITTEN.canBeResumed(false, 1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING, true, 1500",
        "WRITING, true, 1500",
        "WRITTEN, true, 0",
        "STOPPED, false, 0",
        "EXPIRED, false, 0",
        "AUDIENCE_GONE, false, 0",
        "CANCELLED, false, 0",
    })
    void isEndedByACancellationUnlessSomethingElseEndedIt(
            FanOutState state, boolean ends, long leftToWrite) {
        assertThat(state.endsByCancellation()).isEqualTo(ends);
        assertThat(broadcast(state, false, 2_500, 1_000).leftToWrite()).isEqualTo(leftToWrite);
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING, ACCEPTED",
        "WRITING, ACCEPTED",
        "WRITTEN, ACCEPTED",
        "STOPPED, CANCELLED",
        "EXPIRED, EXPIRED",
        "AUDIENCE_GONE, FAILED",
        "CANCELLED, CANCELLED",
    })
    void countsMembersWithoutAMessageByWhatKeptItFromThem(FanOutState state, Kind counted) {
        assertThat(state.unwritten()).isEqualTo(counted);
    }

    @Test
    void writesAChunkUntilAllAreWritten() {
        assertThat(next(writing(2_500, 0), 0)).isEqualTo(write(1_000));
        assertThat(next(writing(2_500, 2_000), 0)).isEqualTo(write(500));
        assertThat(next(writing(2_500, 2_500), 0))
                .isEqualTo(new FanOutStep.End(FanOutState.WRITTEN));
        assertThat(next(writing(0, 0), 0)).isEqualTo(new FanOutStep.End(FanOutState.WRITTEN));
    }

    @Test
    void staysAheadOfDeliveryBySoMuchAndNoMore() {
        assertThat(next(writing(50_000, 20_000), 9_000)).isEqualTo(write(1_000));
        assertThat(next(writing(50_000, 20_000), 9_001)).isEqualTo(FULL);
        assertThat(next(writing(20_010, 20_000), 9_990)).isEqualTo(write(10));
    }

    @ParameterizedTest
    @CsvSource({
        "29000, 20000, true",
        "29001, 20000, false",
        "49000, 49000, true",
        "49001, 49001, false",
    })
    void waitsForThoseWhoArePutOffOnlyWhenTheyAreVeryMany(long all, long putOff, boolean writes) {
        FanOutStep next =
                writing(90_000, 50_000)
                        .next(
                                new CampaignControl(true, 1, Delivery.DELIVER),
                                new OpenMessages(all, putOff, 0),
                                NOON,
                                NOON);

        assertThat(next).isEqualTo(writes ? write(1_000) : FULL);
    }

    @ParameterizedTest
    @EnumSource(
            value = FanOutState.class,
            names = {"WAITING", "WRITING"})
    void isHeldByAPauseOfItsOwnAndOfTheCampaign(FanOutState state) {
        assertThat(next(broadcast(state, true, 10, 0), Delivery.DELIVER, 0, NOON))
                .isEqualTo(A_SECOND);
        assertThat(next(broadcast(state, false, 10, 0), Delivery.HOLD, 0, NOON))
                .isEqualTo(A_SECOND);
    }

    @ParameterizedTest
    @EnumSource(
            value = FanOutState.class,
            names = {"WAITING", "WRITING"})
    void endsWithTheCampaignAndWithItsTimeEvenWhenPaused(FanOutState state) {
        Broadcast paused = broadcast(state, true, 10, 0);

        assertThat(next(paused, Delivery.CANCEL, 0, NOON))
                .isEqualTo(new FanOutStep.End(FanOutState.STOPPED));
        assertThat(next(paused, Delivery.HOLD, 0, EVENING))
                .isEqualTo(new FanOutStep.End(FanOutState.EXPIRED));
    }

    @Test
    void doesNotEndByTheClockOfANode() {
        FanOutStep next =
                writing(2_500, 0)
                        .next(
                                new CampaignControl(true, 1, Delivery.DELIVER),
                                new OpenMessages(0, 0, 0),
                                EVENING.plus(Duration.ofDays(365)),
                                NOON);

        assertThat(next).isEqualTo(write(1_000));
    }

    @ParameterizedTest
    @EnumSource(FanOutState.class)
    void writesNothingOnceItHasEnded(FanOutState state) {
        if (!state.isUnfinished()) {
            assertThat(next(broadcast(state, false, 10, 0), Delivery.DELIVER, 0, NOON))
                    .isEqualTo(REST);
        }
    }

    @Test
    void writesNoFasterThanItsRate() {
        assertThat(next(rated(100, null), 0))
                .isEqualTo(new FanOutStep.Write(25, NOON.plusMillis(250)));
        assertThat(next(rated(100, NOON), 0))
                .isEqualTo(new FanOutStep.Write(25, NOON.plusMillis(250)));
        assertThat(next(rated(100, NOON.plusNanos(1)), 0)).isEqualTo(REST);
        assertThat(next(rated(100_000, null), 0))
                .isEqualTo(new FanOutStep.Write(1_000, NOON.plusMillis(10)));
        assertThat(next(rated(100, null), 9_990)).isEqualTo(FULL);
    }

    @Test
    void writesASampleThenWaitsForItsVerdict() {
        var sampling = new CanaryState.Sampling();
        assertThat(next(sampled(5_000, 0, sampling), 0)).isEqualTo(write(1_000));
        assertThat(next(sampled(5_000, 1_000, sampling), 0)).isEqualTo(write(500));
        assertThat(next(sampled(5_000, 1_500, sampling), 500))
                .isEqualTo(new FanOutStep.Watch(new CanaryState.Settling(NOON)));
        assertThat(next(sampled(5_000, 1_500, new CanaryState.Settling(NOON)), 500))
                .isEqualTo(A_SECOND);
        var settled = new CanaryState.Observing(NOON);
        assertThat(next(sampled(5_000, 1_500, settled), 0))
                .isEqualTo(new FanOutStep.Judge(new CanaryWatch(CANARY, settled)));
    }

    @Test
    void goesOnAfterAVerdictThatLetsIt() {
        var counts = new SampleCounts(1_500, 1_500, 0, 0, 0, 0, 0);

        assertThat(next(sampled(5_000, 1_500, new CanaryState.Passed(counts, NOON)), 0))
                .isEqualTo(write(1_000));
        assertThat(next(sampled(5_000, 1_500, new CanaryState.Overridden(counts, NOON)), 0))
                .isEqualTo(write(1_000));
        assertThat(next(sampled(5_000, 1_500, new CanaryState.Halted(counts, NOON)), 0))
                .isEqualTo(REST);
    }

    @Test
    void holdsWhatIsOpenOfASampleThatWasFoundBad() {
        Broadcast halted =
                sampled(
                        true,
                        5_000,
                        1_500,
                        new CanaryState.Halted(new SampleCounts(1_500, 0, 0, 0, 0, 0, 0), NOON));
        var delivers = new CampaignControl(true, 1, Delivery.DELIVER);

        assertThat(halted.next(delivers, new OpenMessages(7, 6, 6), NOON, NOON))
                .isEqualTo(new FanOutStep.Hold());
        assertThat(halted.next(delivers, new OpenMessages(7, 7, 7), NOON, NOON))
                .isEqualTo(A_SECOND);
    }

    @Test
    void needsNoVerdictWhenEverybodyWasInTheSample() {
        assertThat(next(sampled(1_200, 1_000, new CanaryState.Sampling()), 0))
                .isEqualTo(write(200));
        assertThat(next(sampled(1_200, 1_200, new CanaryState.Sampling()), 0))
                .isEqualTo(new FanOutStep.End(FanOutState.WRITTEN));
    }

    private static Broadcast writing(long planned, long written) {
        return broadcast(FanOutState.WRITING, false, planned, written);
    }

    private static Broadcast broadcast(
            FanOutState state, boolean paused, long planned, long written) {
        return new Broadcast(
                new ExecutionId(new UUID(0, 1)),
                state,
                paused,
                planned,
                written,
                NOON,
                EVENING,
                WriteRate.UNLIMITED,
                null,
                null);
    }

    private static Broadcast rated(double perSecond, @Nullable Instant nextTime) {
        Broadcast plain = writing(50_000, 100);
        return new Broadcast(
                plain.id(),
                plain.state(),
                false,
                plain.planned(),
                plain.written(),
                NOON,
                EVENING,
                new WriteRate(perSecond),
                nextTime,
                null);
    }

    private static Broadcast sampled(long planned, long written, CanaryState state) {
        return sampled(false, planned, written, state);
    }

    private static Broadcast sampled(
            boolean paused, long planned, long written, CanaryState state) {
        Broadcast plain = writing(planned, written);
        return new Broadcast(
                plain.id(),
                plain.state(),
                paused,
                planned,
                written,
                NOON,
                EVENING,
                WriteRate.UNLIMITED,
                null,
                new CanaryWatch(CANARY, state));
    }

    private static FanOutStep write(long members) {
        return new FanOutStep.Write(members, null);
    }

    private static FanOutStep next(Broadcast broadcast, long open) {
        return next(broadcast, Delivery.DELIVER, open, NOON);
    }

    private static FanOutStep next(Broadcast broadcast, Delivery delivery, long open, Instant now) {
        return broadcast.next(
                new CampaignControl(true, 1, delivery), new OpenMessages(open, 0, 0), now, now);
    }
}
