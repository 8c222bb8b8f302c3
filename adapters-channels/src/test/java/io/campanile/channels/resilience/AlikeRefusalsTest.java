package io.campanile.channels.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;
import io.campanile.domain.suppression.BounceKind;

import org.junit.jupiter.api.Test;

class AlikeRefusalsTest {
    private static final AttemptOutcome TAKEN =
            new AttemptOutcome.Taken(new ProviderReply(250, "2.0.0"));
    private static final AttemptOutcome BUSY =
            new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, new ProviderReply(451, "4.3.0"), null);

    private final AlikeRefusals refusals = new AlikeRefusals();

    private static AttemptOutcome refused(int code) {
        return new AttemptOutcome.Refused(
                Reason.MESSAGE_REFUSED, new ProviderReply(code, ""), RefusedPart.CONTENT);
    }

    /// Whether any of those made it many.
    private boolean goesOn(int times, AttemptOutcome outcome) {
        boolean many = false;
        for (int attempt = 0; attempt < times; attempt++) {
            many |= refusals.goOnWith(outcome);
        }
        return many;
    }

    @Test
    void noticesTheFiftiethInARowAndEachAfterIt() {
        assertThat(goesOn(49, refused(554))).isFalse();
        assertThat(goesOn(1, refused(554))).isTrue();
        assertThat(goesOn(1, refused(554))).isTrue();
    }

    @Test
    void startsAgainWhenOneIsTakenOrRefusedOtherwise() {
        assertThat(goesOn(49, refused(554))).isFalse();
        assertThat(goesOn(1, TAKEN)).isFalse();
        assertThat(goesOn(49, refused(554))).isFalse();
        assertThat(goesOn(1, refused(550))).isFalse();
        assertThat(goesOn(49, refused(554))).isFalse();
    }

    @Test
    void sayNothingOfAddresses() {
        var unclear =
                new AttemptOutcome.Refused(
                        Reason.MESSAGE_REFUSED, new ProviderReply(550, ""), RefusedPart.RECIPIENT);
        var unknown =
                new AttemptOutcome.Refused(
                        Reason.ADDRESS_REFUSED,
                        new ProviderReply(550, "5.1.1"),
                        RefusedPart.RECIPIENT);

        assertThat(BounceKind.of(unclear)).isPresent();
        assertThat(BounceKind.of(AlikeRefusals.blamingNoAddress(unclear))).isEmpty();
        assertThat(AlikeRefusals.blamingNoAddress(unknown)).isEqualTo(unknown);
        assertThat(AlikeRefusals.blamingNoAddress(TAKEN)).isEqualTo(TAKEN);
    }

    @Test
    void passesOverWhatIsOnlyPutOff() {
        assertThat(goesOn(49, refused(554))).isFalse();
        assertThat(goesOn(9, BUSY)).isFalse();
        assertThat(goesOn(1, refused(554))).isTrue();
    }
}
