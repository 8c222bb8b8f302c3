package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.domain.channel.DeliveryLimits;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ClaimLeaseTest {
    @Test
    void leavesTimeToWaitInMemoryBeforeTheLongestHandOver() {
        assertThat(MessageQueue.CLAIM_LEASE.minus(DeliveryLimits.LONGEST_HAND_OVER))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
    }
}
