package io.campanile.domain.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.junit.jupiter.api.Test;

import java.util.List;

class ReservationFateTest {
    private static final ProviderReply REPLY = new ProviderReply(450, "");

    @Test
    void countsForCapsUnlessItIsCertainThatNothingWasSent() {
        assertThat(
                        List.of(
                                new AttemptOutcome.Refused(Reason.ADDRESS_REFUSED, REPLY),
                                new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, REPLY, null),
                                new AttemptOutcome.NotBegun()))
                .extracting(ReservationFate::after)
                .containsOnly(ReservationFate.GIVEN_BACK);
        assertThat(ReservationFate.after(new AttemptOutcome.Ambiguous(ProviderReply.NONE)))
                .isEqualTo(ReservationFate.KEPT);
        assertThat(ReservationFate.after(new AttemptOutcome.Taken(REPLY)))
                .isEqualTo(ReservationFate.UNCHANGED);
    }
}
