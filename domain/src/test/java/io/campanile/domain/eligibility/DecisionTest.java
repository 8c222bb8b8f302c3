package io.campanile.domain.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.message.Reason;

import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final String REMEDY = "Whoever refused would have to grant the same level.";

    @Test
    void tellsTheRecordThatSaysNoAndNotWhatPeopleWroteThere() {
        var evidence = new Evidence("workspaces/default/consentRecords/1", "told Ada's son", null);

        assertThat(new Decision.Exclude(Reason.CONSENT_DENIED, evidence, REMEDY).detail())
                .isEqualTo("workspaces/default/consentRecords/1 says no. " + REMEDY);
    }

    @Test
    void tellsWhatWouldHaveToChangeWhereNothingIsOnRecord() {
        assertThat(
                        new Decision.Exclude(
                                        Reason.CONSENT_DENIED, Evidence.NOTHING_ON_RECORD, REMEDY)
                                .detail())
                .isEqualTo(REMEDY);
    }
}
