package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.application.store.StoreUnavailable;
import io.campanile.testkit.log.LogLines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class HealthProbeTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void isHealthyWhenTheQuestionIsAnswered() {
        assertThat(new HealthProbe(() -> {}, LONG).isHealthy()).isTrue();
    }

    @Test
    void isNotWhenTheDatabaseIsAway() {
        var probe =
                new HealthProbe(
                        () -> {
                            throw new StoreUnavailable(
                                    "away", new IllegalStateException("by the test's will"));
                        },
                        LONG);

        assertThat(probe.isHealthy()).isFalse();
    }

    @Test
    void saysInTheLogWhyItIsNot() {
        var probe =
                new HealthProbe(
                        () -> {
                            throw new StoreUnavailable(
                                    "sqlstate 53100", new IllegalStateException("by the test"));
                        },
                        LONG);
        try (var lines = LogLines.of(HealthProbe.class.getName())) {
            probe.isHealthy();
            probe.isHealthy();

            assertThat(lines.all())
                    .containsExactly(
                            "WARNING health says that no calls can be served cause=sqlstate 53100");
        }
    }

    @Test
    void tellsWhatIsWrongWithTheQuestion() {
        var probe =
                new HealthProbe(
                        () -> {
                            throw new IllegalArgumentException("a bug");
                        },
                        LONG);

        assertThatIllegalStateException().isThrownBy(probe::isHealthy);
        assertThatIllegalStateException().isThrownBy(probe::isHealthy);
    }

    @Test
    @Timeout(60)
    void isNotHealthyWhileTheDatabaseHangsAndAsksItOnceOnly() {
        var answers = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var probe =
                new HealthProbe(
                        () -> {
                            asked.incrementAndGet();
                            awaitOpen(answers);
                        },
                        SHORT);

        assertThat(probe.isHealthy()).isFalse();
        assertThat(probe.isHealthy()).isFalse();

        answers.countDown();
        while (!probe.isHealthy()) {}
        assertThat(asked).hasValue(1);
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
