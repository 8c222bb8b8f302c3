package io.campanile.domain.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.content.Finding;
import io.campanile.domain.eligibility.AudienceEstimate.Excluded;
import io.campanile.domain.message.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class AudienceEstimateTest {
    private static final Decision DELIVER = new Decision.Deliver();
    private static final Decision LATER =
            new Decision.Defer(Instant.EPOCH, Reason.QUIET_HOURS, Evidence.NOTHING_ON_RECORD);

    private static Decision excluded(Reason reason) {
        return new Decision.Exclude(reason, Evidence.NOTHING_ON_RECORD, "");
    }

    @Test
    void isExactWhenTheSampleIsEverybody() {
        var estimate =
                AudienceEstimate.of(
                        5,
                        List.of(
                                DELIVER,
                                excluded(Reason.ADDRESS_MISSING),
                                LATER,
                                excluded(Reason.CONSENT_DENIED),
                                excluded(Reason.CONSENT_DENIED)));

        assertThat(estimate)
                .isEqualTo(
                        new AudienceEstimate(
                                5,
                                5,
                                2,
                                1,
                                List.of(
                                        new Excluded(Reason.CONSENT_DENIED, 2),
                                        new Excluded(Reason.ADDRESS_MISSING, 1))));
    }

    @Test
    void isAFindingWhenNobodyWouldBeWrittenTo() {
        var nobody =
                AudienceEstimate.of(
                        40,
                        List.of(
                                excluded(Reason.ADDRESS_MISSING),
                                excluded(Reason.CONSENT_DENIED),
                                excluded(Reason.CONSENT_DENIED)));

        assertThat(nobody.finding("gold"))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.level()).isEqualTo(Finding.Level.WARNING);
                    assertThat(finding.code()).isEqualTo(Finding.Code.AUDIENCE_UNREACHED);
                    assertThat(finding.message())
                            .isEqualTo(
                                    "Of the 40 members of audience gold, 3 were looked at, and"
                                            + " none of them would be written to now; most often"
                                            + " because of CONSENT_DENIED.");
                });
        assertThat(AudienceEstimate.of(1, List.of(LATER)).finding("gold")).isEmpty();
        assertThat(AudienceEstimate.ofNobody(0).finding("gold")).isEmpty();
    }

    @Test
    void decidesAgainstWhoeverWouldWaitUntilTheMessageExpires() {
        Instant end = Instant.EPOCH.plusSeconds(60);

        assertThat(LATER.before(end)).isEqualTo(LATER);
        assertThat(LATER.before(Instant.EPOCH))
                .isInstanceOfSatisfying(
                        Decision.Exclude.class,
                        excluded -> assertThat(excluded.reason()).isEqualTo(Reason.QUIET_HOURS));
        assertThat(DELIVER.before(Instant.EPOCH)).isEqualTo(DELIVER);
    }

    @Test
    void scalesASample() {
        var estimate =
                AudienceEstimate.of(
                        1_002, List.of(DELIVER, DELIVER, excluded(Reason.CONSENT_DENIED), LATER));

        assertThat(estimate.excluded()).containsExactly(new Excluded(Reason.CONSENT_DENIED, 251));
        assertThat(estimate.included()).isEqualTo(751);
        assertThat(estimate.deferred()).isEqualTo(251);
    }

    @Test
    void decidesAboutNobody() {
        assertThat(AudienceEstimate.of(0, List.of())).isEqualTo(AudienceEstimate.ofNobody(0));
        assertThat(AudienceEstimate.ofNobody(7))
                .isEqualTo(new AudienceEstimate(7, 0, 0, 0, List.of()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void losesNobodyAndInventsNobodyByRounding(long seed) {
        var random = new SplittableRandom(seed);
        List<Decision> decisions = new ArrayList<>();
        int sample = random.nextInt(1, 1_000);
        for (int i = 0; i < sample; i++) {
            decisions.add(
                    switch (random.nextInt(4)) {
                        case 0 -> DELIVER;
                        case 1 -> LATER;
                        case 2 -> excluded(Reason.CONSENT_DENIED);
                        default -> excluded(Reason.FREQUENCY_CAPPED);
                    });
        }
        long members = sample + random.nextLong(10_000_000);

        var estimate = AudienceEstimate.of(members, decisions);

        long excluded = estimate.excluded().stream().mapToLong(Excluded::count).sum();
        assertThat(estimate.included() + excluded).isEqualTo(members);
        assertThat(estimate.excluded()).allMatch(reason -> reason.count() > 0);
        assertThat(estimate.deferred()).isBetween(0L, estimate.included());
    }
}
