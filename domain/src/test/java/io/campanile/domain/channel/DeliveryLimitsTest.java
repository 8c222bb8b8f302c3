package io.campanile.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class DeliveryLimitsTest {
    private static DeliveryLimits limits(Duration attempt, Duration finalReply) {
        return new DeliveryLimits(1, 1, 0, attempt, finalReply, 50, Duration.ofSeconds(1));
    }

    @Test
    void allowTheTenMinutesTheStandardAsksFor() {
        assertThat(DeliveryLimits.DEFAULT.finalReplyTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void allowNoHandOverLongerThanTheLongest() {
        DeliveryLimits longest = limits(Duration.ofMinutes(5), Duration.ofMinutes(15));

        assertThat(longest.longestAttempt()).isEqualTo(DeliveryLimits.LONGEST_HAND_OVER);
    }

    @Test
    void countTheWaitForAConnectionApartFromTheAttempt() {
        DeliveryLimits usual = limits(Duration.ofSeconds(30), Duration.ofMinutes(10));

        assertThat(usual.connectionWait()).isEqualTo(Duration.ofMinutes(2));
        assertThat(usual.longestAttempt()).isEqualTo(Duration.ofSeconds(750));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1M", "PT5M0.001S, PT1M", "PT1M, PT0S", "PT1M, PT15M0.001S"})
    void refuseTimeoutsOutOfRange(Duration attempt, Duration finalReply) {
        assertThatThrownBy(() -> limits(attempt, finalReply))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout out of range");
    }
}
