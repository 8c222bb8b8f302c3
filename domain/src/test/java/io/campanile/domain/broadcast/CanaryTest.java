package io.campanile.domain.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.domain.broadcast.HaltCause.Measure;
import io.campanile.domain.broadcast.HaltCause.ThresholdPassed;
import io.campanile.domain.message.MessageState.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class CanaryTest {
    private static Canary canary(double failed, double bounced, double unknown) {
        return new Canary(1_000, failed, bounced, unknown, 0.3, Duration.ZERO, Duration.ZERO);
    }

    @ParameterizedTest(name = "{0} failed, {1} bounced, {2} unknown of {3}: {4}")
    @CsvSource({
        "0, 0, 0, 1, ''",
        "0, 0, 0, 1000, ''",
        "50, 0, 0, 1000, ''",
        "51, 0, 0, 1000, FAILED",
        "0, 20, 0, 1000, ''",
        "0, 21, 0, 1000, BOUNCED",
        "0, 0, 100, 1000, ''",
        "0, 0, 101, 1000, UNKNOWN",
        "50, 20, 100, 1000, ''",
        "51, 21, 101, 1000, FAILED BOUNCED UNKNOWN",
        "1, 0, 0, 20, ''",
        "1, 0, 0, 19, FAILED",
        "0, 0, 1, 10, ''",
        "0, 0, 1, 9, UNKNOWN",
        "1, 0, 0, 1, FAILED",
        "0, 0, 1, 1, UNKNOWN",
    })
    void haltsForWhatPassesItsThreshold(
            long failed, long bounced, long unknown, long tried, String halting) {
        var sample =
                new SampleCounts(
                        tried + 7,
                        tried - failed - bounced - unknown,
                        failed,
                        bounced,
                        unknown,
                        0,
                        0);

        List<HaltCause> causes = canary(5, 2, 10).judge(sample);

        assertThat(causes)
                .extracting(cause -> ((ThresholdPassed) cause).measure())
                .isEqualTo(
                        Arrays.stream(halting.split(" "))
                                .filter(measure -> !measure.isEmpty())
                                .map(Measure::valueOf)
                                .toList());
    }

    @Test
    void namesTheNumbers() {
        assertThat(canary(5, 2, 10).judge(new SampleCounts(100, 30, 10, 0, 0, 0, 0)))
                .containsExactly(new ThresholdPassed(Measure.FAILED, 10, 25, 5));
    }

    @ParameterizedTest(name = "{0} of {1} at most {2} %")
    @CsvSource({
        "3, 3000, 0.1, false",
        "4, 3000, 0.1, true",
        "0, 3000, 0, false",
        "1, 100000, 0, true",
        "9, 9, 100, false",
        "1, 3, 33.3, true",
        "1, 3, 33.4, false"
    })
    void comparesExactly(long failed, long tried, double most, boolean halts) {
        var sample = new SampleCounts(tried, tried - failed, failed, 0, 0, 0, 0);

        assertThat(canary(most, 0, 0).judge(sample).isEmpty()).isEqualTo(!halts);
    }

    /// They are among those that arrived, or came back.
    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({"3, 1000, false", "4, 1000, true", "1, 333, true", "1, 334, false"})
    void haltsForComplaintsOfThoseTried(long complained, long tried, boolean halts) {
        var sample =
                SampleCounts.of(
                        Map.of(Kind.SENT, tried - complained, Kind.DELIVERED, complained),
                        0,
                        complained);

        assertThat(sample.tried()).isEqualTo(tried);
        assertThat(canary(5, 2, 10).judge(sample))
                .isEqualTo(
                        halts
                                ? List.of(
                                        new ThresholdPassed(
                                                Measure.COMPLAINED,
                                                complained,
                                                100.0 * complained / tried,
                                                0.3))
                                : List.of());
    }

    @Test
    void haltsWhenNobodyWasTried() {
        assertThat(canary(100, 100, 100).judge(new SampleCounts(20, 0, 0, 0, 0, 0, 0)))
                .containsExactly(new HaltCause.NobodyTried());
    }

    @Test
    void takesWhatNobodyTriedForStuckWhereAProviderKeepsSomeWaiting() {
        SampleCounts sample =
                SampleCounts.of(
                        Map.of(Kind.SENT, 5_000L, Kind.DEFERRED, 230L, Kind.ACCEPTED, 4_770L),
                        230,
                        0);

        assertThat(sample).isEqualTo(new SampleCounts(10_000, 5_000, 0, 0, 0, 5_000, 0));
        assertThat(canary(5, 2, 5).judge(sample))
                .containsExactly(new ThresholdPassed(Measure.FAILED, 5_000, 50, 5));
    }

    @Test
    void takesWhatNobodyTriedForNeitherGoodNorBadWhereNoProviderKeepsIt() {
        SampleCounts sample = SampleCounts.of(Map.of(Kind.SENT, 10L, Kind.ACCEPTED, 10L), 0, 0);

        assertThat(sample).isEqualTo(new SampleCounts(20, 10, 0, 0, 0, 0, 0));
    }

    @Test
    void takesExcludedAndOpenMessagesForNeitherGoodNorBad() {
        SampleCounts sample =
                SampleCounts.of(
                        Map.of(
                                Kind.SENT,
                                3L,
                                Kind.DELIVERED,
                                2L,
                                Kind.FAILED,
                                5L,
                                Kind.BOUNCED,
                                1L,
                                Kind.UNKNOWN,
                                4L,
                                Kind.EXCLUDED,
                                100L,
                                Kind.DEFERRED,
                                10L,
                                Kind.EXPIRED,
                                1L),
                        0,
                        0);

        assertThat(sample).isEqualTo(new SampleCounts(126, 5, 5, 1, 4, 0, 0));
        assertThat(sample.tried()).isEqualTo(15);
    }

    /// A relay that refuses us fails nothing.
    @Test
    void takesWhatIsStuckAtAProviderForFailed() {
        SampleCounts sample = SampleCounts.of(Map.of(Kind.SENT, 40L, Kind.DEFERRED, 960L), 950, 0);

        assertThat(sample).isEqualTo(new SampleCounts(1_000, 40, 0, 0, 0, 950, 0));
        assertThat(canary(5, 2, 10).judge(sample))
                .containsExactly(new ThresholdPassed(Measure.FAILED, 950, 100.0 * 950 / 990, 5));
    }

    /// Before they are so many that the broadcast halts.
    @Test
    void warnsOfComplaintsAboveOneOfAThousand() {
        assertThat(canary(100, 100, 100).warns(complained(3_000, 3))).isFalse();
        assertThat(canary(100, 100, 100).warns(complained(2_999, 3))).isTrue();
        assertThat(canary(100, 100, 100).warns(complained(0, 0))).isFalse();
    }

    private static SampleCounts complained(long sent, long complained) {
        return new SampleCounts(sent, sent, 0, 0, 0, 0, complained);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000})
    void takesASampleOfOneToAsManyAsMayBeInDelivery(int sampleSize) {
        assertThat(new Canary(sampleSize, 0, 0, 0, 100, Duration.ZERO, Duration.ZERO).sampleSize())
                .isEqualTo(sampleSize);
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> canary(100.1, 0, 0)).hasMessageContaining("100.1");
        assertThatThrownBy(() -> canary(0, -1, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> canary(0, 0, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Canary(1, 0, 0, 0, 100.1, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("100.1");
        assertThatThrownBy(() -> new Canary(1, 0, 0, 0, 0, Duration.ofNanos(-1), Duration.ZERO))
                .hasMessageContaining("-0.000000001S");
        assertThatThrownBy(() -> new Canary(1, 0, 0, 0, 0, Duration.ZERO, Duration.ofNanos(-1)))
                .hasMessageContaining("-0.000000001S");
        assertThatThrownBy(() -> new Canary(10_001, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("no sample");
        assertThatThrownBy(() -> new Canary(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("no sample");
    }
}
