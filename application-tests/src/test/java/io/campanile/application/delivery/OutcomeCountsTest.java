package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Recording;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.ProviderReply;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

class OutcomeCountsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SettableTime clock = new SettableTime(NOON);
    private final OutcomeCounts counts = new OutcomeCounts(clock);

    @Test
    void countsWhatWasRecordedInTheLastMinutes() {
        sent();
        clock.advance(OutcomeCounts.WINDOW.minusMinutes(1));
        sent();
        assertThat(counts.recent()).isEqualTo(Map.of(Kind.SENT, 2L));

        clock.advance(Duration.ofMinutes(1));

        assertThat(counts.recent()).isEqualTo(Map.of(Kind.SENT, 1L));
    }

    @Test
    void leavesOutWhatWasNotRecorded() {
        counts.recorded(sending(), false);

        assertThat(counts.recent()).isEmpty();
    }

    @Test
    void forgetsWhatAClockThatWasAheadCounted() {
        clock.advance(Duration.ofHours(5));
        sent();
        clock.set(NOON);
        sent();
        clock.advance(OutcomeCounts.WINDOW);
        sent();

        assertThat(counts.recent()).isEqualTo(Map.of(Kind.SENT, 1L));
    }

    private void sent() {
        counts.recorded(sending(), true);
    }

    private Recording sending() {
        var claim = new Claim(new MessageId(new UUID(0, 1)), ClaimEpoch.FIRST);
        return new Recording(
                claim, new MessageState.Sent(clock.instant()), ProviderReply.NONE, clock.instant());
    }
}
