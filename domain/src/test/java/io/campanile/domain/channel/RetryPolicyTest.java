package io.campanile.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

class RetryPolicyTest {
    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofSeconds(30), Duration.ofHours(1));

    @ParameterizedTest(name = "after {0} attempts at most {1}")
    @CsvSource({"1, PT30S", "2, PT1M", "3, PT2M", "8, PT1H", "31, PT1H", "1000000, PT1H"})
    void doublesTheLongestDelayUpToTheLimit(int attempts, Duration ceiling) {
        var random = new SplittableRandom(7);
        Duration longest =
                IntStream.range(0, 1_000)
                        .mapToObj(_ -> POLICY.delayAfter(attempts, random))
                        .max(Duration::compareTo)
                        .orElseThrow();

        assertThat(longest).isBetween(ceiling.multipliedBy(9).dividedBy(10), ceiling);
    }

    @Test
    void spreadsTheDelaysOverTheWholeRange() {
        var random = new SplittableRandom(7);
        Duration shortest =
                IntStream.range(0, 1_000)
                        .mapToObj(_ -> POLICY.delayAfter(10, random))
                        .min(Duration::compareTo)
                        .orElseThrow();

        assertThat(shortest).isPositive().isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void refusesDelaysThatAreNotInOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
