package io.campanile.channels.resilience;

import static io.campanile.channels.resilience.Permits.GivenBack.UNUSED;
import static io.campanile.channels.resilience.Permits.GivenBack.UNUSED_OF_EARLIER;
import static io.campanile.channels.resilience.Permits.GivenBack.USED;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.channels.resilience.Permits.GivenBack;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class PermitsTest {
    private final Permits permits = new Permits();

    private void take(int count) {
        for (int taken = 0; taken < count; taken++) {
            permits.take();
        }
    }

    private void attempt() {
        permits.end(permits.begin());
    }

    private List<GivenBack> giveBack(int count) {
        return IntStream.range(0, count).mapToObj(_ -> permits.giveBack()).toList();
    }

    @Test
    void areTakenUntilTheyAreGivenBack() {
        take(3);
        attempt();
        assertThat(permits.taken()).isEqualTo(3);

        giveBack(2);
        assertThat(permits.taken()).isEqualTo(1);
    }

    @Test
    void areUnderWayUntilTheirAttemptIsOverOrTheyAreGivenBackUnused() {
        assertThat(permits.isAnyUnderWay()).isFalse();
        take(2);
        int begun = permits.begin();
        permits.giveBack();
        assertThat(permits.isAnyUnderWay()).isTrue();

        assertThat(permits.end(begun)).isTrue();
        assertThat(permits.isAnyUnderWay()).isFalse();
    }

    @Test
    void areGivenBackUsedOnesFirst() {
        take(3);
        attempt();

        assertThat(giveBack(3)).containsExactly(USED, UNUSED, UNUSED);
    }

    @Test
    void ofAnEarlierEpochAreGivenBackBeforeThoseOfThisOne() {
        take(2);
        attempt();
        permits.newEpoch();
        take(1);

        assertThat(giveBack(3)).containsExactly(USED, UNUSED_OF_EARLIER, UNUSED);
    }

    @Test
    void ofThisEpochAreUsedBeforeThoseOfAnEarlierOne() {
        take(1);
        permits.newEpoch();
        take(1);

        int first = permits.begin();
        int second = permits.begin();

        assertThat(permits.end(first)).isTrue();
        assertThat(permits.end(second)).isFalse();
        assertThat(giveBack(2)).containsExactly(USED, USED);
    }

    @Test
    void ofAnAttemptThatAnEpochEndedInHoldNothingBackInTheNext() {
        take(1);
        int begun = permits.begin();
        permits.newEpoch();
        assertThat(permits.isOfNow(begun)).isFalse();
        assertThat(permits.isAnyUnderWay()).isFalse();

        take(1);
        assertThat(permits.end(begun)).isFalse();
        assertThat(permits.isAnyUnderWay()).isTrue();
        assertThat(giveBack(2)).containsExactly(USED, UNUSED);
    }

    @Test
    void thatArePassedOverHoldNothingBackThoughTheirAttemptsGoOn() {
        take(3);
        int begun = permits.begin();

        assertThat(permits.passOver()).isEqualTo(1);
        assertThat(permits.passOver()).isZero();
        assertThat(permits.isAnyUnderWay()).isTrue();
        attempt();
        assertThat(permits.endPassedOver(begun)).isTrue();

        assertThat(permits.isAnyUnderWay()).isTrue();
        assertThat(giveBack(3)).containsExactly(USED, USED, UNUSED);
        assertThat(permits.isAnyUnderWay()).isFalse();
    }

    /// As when a batch gives back what it did not mark.
    @Test
    void thatAreGivenBackWhileTheirAttemptsGoOnAreThoseThatNobodyUsed() {
        take(2);
        int begun = permits.begin();

        assertThat(giveBack(1)).containsExactly(UNUSED);
        permits.end(begun);
        assertThat(giveBack(1)).containsExactly(USED);
    }

    @Test
    void thatAreGivenBackBeforeTheirAttemptEndsLeaveTheOthersAsTheyAre() {
        take(1);
        int begun = permits.begin();
        assertThat(giveBack(1)).containsExactly(USED);
        take(1);

        permits.end(begun);

        assertThat(permits.taken()).isEqualTo(1);
        assertThat(giveBack(1)).containsExactly(UNUSED);
    }

    @Test
    void areNeverFewerThanNone() {
        attempt();
        assertThat(permits.isAnyUnderWay()).isFalse();

        take(1);
        assertThat(giveBack(1)).containsExactly(UNUSED);
        assertThat(permits.isAnyUnderWay()).isFalse();
    }
}
