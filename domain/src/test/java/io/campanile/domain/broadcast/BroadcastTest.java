package io.campanile.domain.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.ExecutionId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.UUID;

class BroadcastTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant EVENING = NOON.plusSeconds(21_600);
    private static final FanOutStep REST = new FanOutStep.Rest();

    @Test
    void beginsWhenItsTimeHasCome() {
        Broadcast waiting = broadcast(FanOutState.WAITING, false, 0, 0);

        assertThat(next(waiting, Delivery.DELIVER, 0, NOON.minusSeconds(1))).isEqualTo(REST);
        assertThat(next(waiting, Delivery.DELIVER, 0, NOON)).isEqualTo(new FanOutStep.Begin());
    }

    @Test
    void writesAChunkUntilAllAreWritten() {
        assertThat(next(writing(2_500, 0), 0)).isEqualTo(new FanOutStep.Write(1_000));
        assertThat(next(writing(2_500, 2_000), 0)).isEqualTo(new FanOutStep.Write(500));
        assertThat(next(writing(2_500, 2_500), 0))
                .isEqualTo(new FanOutStep.End(FanOutState.WRITTEN));
        assertThat(next(writing(0, 0), 0)).isEqualTo(new FanOutStep.End(FanOutState.WRITTEN));
    }

    @Test
    void staysAheadOfDeliveryBySoMuchAndNoMore() {
        assertThat(next(writing(50_000, 20_000), 9_000)).isEqualTo(new FanOutStep.Write(1_000));
        assertThat(next(writing(50_000, 20_000), 9_001)).isEqualTo(REST);
        assertThat(next(writing(20_010, 20_000), 9_990)).isEqualTo(new FanOutStep.Write(10));
    }

    @ParameterizedTest
    @EnumSource(
            value = FanOutState.class,
            names = {"WAITING", "WRITING"})
    void isHeldByAPauseOfItsOwnAndOfTheCampaign(FanOutState state) {
        assertThat(next(broadcast(state, true, 10, 0), Delivery.DELIVER, 0, NOON)).isEqualTo(REST);
        assertThat(next(broadcast(state, false, 10, 0), Delivery.HOLD, 0, NOON)).isEqualTo(REST);
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

    @ParameterizedTest
    @EnumSource(FanOutState.class)
    void writesNothingOnceItHasEnded(FanOutState state) {
        if (!state.isUnfinished()) {
            assertThat(next(broadcast(state, false, 10, 0), Delivery.DELIVER, 0, NOON))
                    .isEqualTo(REST);
        }
    }

    private static Broadcast writing(long planned, long written) {
        return broadcast(FanOutState.WRITING, false, planned, written);
    }

    private static Broadcast broadcast(
            FanOutState state, boolean paused, long planned, long written) {
        return new Broadcast(
                new ExecutionId(new UUID(0, 1)),
                new CampaignId(new UUID(0, 2)),
                state,
                paused,
                planned,
                written,
                NOON,
                EVENING);
    }

    private static FanOutStep next(Broadcast broadcast, long open) {
        return next(broadcast, Delivery.DELIVER, open, NOON);
    }

    private static FanOutStep next(Broadcast broadcast, Delivery delivery, long open, Instant now) {
        return broadcast.next(new CampaignControl(true, delivery), open, now);
    }
}
