package io.campanile.domain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.broadcast.FanOutState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CancellationTest {
    private static final CancelCounts NOTHING = new CancelCounts(0, 0);

    @ParameterizedTest
    @CsvSource({"2, 0", "0, 1", "2, 1"})
    void cancelsWhatIsOpen(long waiting, long inHandOver) {
        var found = new CancelCounts(waiting, inHandOver);

        assertThat(Cancellation.decide(null, FanOutState.WRITTEN, found))
                .isEqualTo(new Cancellation.Cancelled(found));
    }

    @ParameterizedTest
    @EnumSource(FanOutState.class)
    void changesNothingWithoutAMessageUnlessThereIsAFanOutToEnd(FanOutState fanOut) {
        assertThat(Cancellation.decide(null, fanOut, NOTHING))
                .isEqualTo(
                        fanOut.isUnfinished()
                                ? new Cancellation.Cancelled(NOTHING)
                                : new Cancellation.NothingOpen());
    }

    @Test
    void answersWhatTheFirstCallDid() {
        var first = new CancelCounts(2, 1);

        assertThat(Cancellation.decide(first, FanOutState.CANCELLED, new CancelCounts(0, 1)))
                .isEqualTo(new Cancellation.CancelledBefore(first));
    }
}
