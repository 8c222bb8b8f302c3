package io.campanile.domain.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AdmissionTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Nested
    class OfACampaign {
        private Optional<TriggerRefusal> refusal(
                Campaign.State state, boolean accepts, Schedule schedule) {
            var control = new CampaignControl(accepts, 1, CampaignControl.Delivery.DELIVER);
            return Admission.refusal(state, control, schedule, NOON);
        }

        @Test
        void tellsADueStartFromOneThatLiesAhead() {
            var fromNoon = new Schedule(NOON, null);

            assertThat(Admission.isStarting(Campaign.State.SCHEDULED, fromNoon, NOON)).isTrue();
            assertThat(
                            Admission.isStarting(
                                    Campaign.State.SCHEDULED, fromNoon, NOON.minusMillis(1)))
                    .isFalse();
            assertThat(Admission.isStarting(Campaign.State.LIVE, fromNoon, NOON)).isFalse();
            assertThat(
                            Admission.isStarting(
                                    Campaign.State.SCHEDULED, new Schedule(null, NOON), NOON))
                    .isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "DRAFT, DRAFT",
            "SCHEDULED, NOT_STARTED",
            "PAUSED, PAUSED",
            "STOPPED, STOPPED",
            "COMPLETED, ENDED",
            "ARCHIVED, ARCHIVED"
        })
        void namesTheReasonOfEveryRefusingState(Campaign.State state, TriggerRefusal reason) {
            assertThat(refusal(state, false, Schedule.ALWAYS)).contains(reason);
        }

        @Test
        void acceptsForLiveAndForHoldingCampaigns() {
            assertThat(refusal(Campaign.State.LIVE, true, Schedule.ALWAYS)).isEmpty();
            assertThat(refusal(Campaign.State.PAUSED, true, Schedule.ALWAYS)).isEmpty();
        }

        @Test
        void waitsForTheStartTimeOfTheNextRevisionOfARunningCampaign() {
            assertThat(refusal(Campaign.State.LIVE, true, new Schedule(NOON.plusSeconds(1), null)))
                    .contains(TriggerRefusal.NOT_STARTED);
        }

        @Test
        void endsAtTheEndTimeEvenBeforeTheStateFollows() {
            assertThat(refusal(Campaign.State.LIVE, true, new Schedule(null, NOON)))
                    .contains(TriggerRefusal.ENDED);
        }

        @ParameterizedTest
        @CsvSource({
            "LIVE, ENDED, true",
            "PAUSED, NOT_STARTED, true",
            "PAUSED, PAUSED, false",
            "SCHEDULED, NOT_STARTED, false",
            "COMPLETED, ENDED, false"
        })
        void knowsWhatOnlyTheTimeSpeaksAgainst(
                Campaign.State state, TriggerRefusal refusal, boolean byTime) {
            assertThat(Admission.isForItsTime(state, refusal)).isEqualTo(byTime);
        }
    }

    @Nested
    class OfTimes {
        private List<FieldViolation> check(@Nullable String schedule, @Nullable String expire) {
            return Admission.checkTimes(
                    schedule == null ? null : NOON.plus(Duration.parse(schedule)),
                    expire == null ? null : NOON.plus(Duration.parse(expire)),
                    Schedule.ALWAYS,
                    NOON);
        }

        @Test
        void wantsAScheduleBeforeTheCampaignEnds() {
            Instant end = NOON.plus(Duration.ofHours(1));
            var schedule = new Schedule(null, end);

            assertThat(Admission.checkTimes(end.minusSeconds(1), null, schedule, NOON)).isEmpty();
            assertThat(Admission.checkTimes(end, null, schedule, NOON))
                    .singleElement()
                    .extracting(FieldViolation::field, FieldViolation::reason)
                    .containsExactly("schedule_time", ViolationReason.OUT_OF_RANGE);
        }

        @Test
        void acceptsSensibleTimes() {
            assertThat(check(null, null)).isEmpty();
            assertThat(check("P30D", null)).isEmpty();
            assertThat(check("PT1H", "PT2H")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {
                    "P30DT1S, -, schedule_time",
                    "-, PT0S, expire_time",
                    "-, PT-1S, expire_time",
                    "PT2H, PT2H, expire_time"
                })
        void namesTheFieldThatCannotBe(
                @Nullable String schedule, @Nullable String expire, String field) {
            assertThat(check(schedule, expire))
                    .singleElement()
                    .satisfies(violation -> {
                        assertThat(violation.field()).isEqualTo(field);
                        assertThat(violation.reason()).isEqualTo(ViolationReason.OUT_OF_RANGE);
                    });
        }

        @Test
        void isDueAtOnceUnlessScheduledForLater() {
            assertThat(Admission.dueTime(null, NOON)).isEqualTo(NOON);
            assertThat(Admission.dueTime(NOON.minusSeconds(1), NOON)).isEqualTo(NOON);
            assertThat(Admission.dueTime(NOON.plusSeconds(1), NOON)).isEqualTo(NOON.plusSeconds(1));
        }

        @Test
        void countsTheRetryWindowFromTheScheduledTime() {
            Instant scheduled = NOON.plus(Duration.ofDays(2));

            assertThat(Admission.expireTime(scheduled, null, Duration.ofHours(84), NOON))
                    .isEqualTo(scheduled.plus(Duration.ofHours(84)));
        }

        @Test
        void takesTheCallersExpiryOnlyWhenItIsEarlier() {
            Duration window = Duration.ofHours(1);

            assertThat(Admission.expireTime(null, NOON.plusSeconds(60), window, NOON))
                    .isEqualTo(NOON.plusSeconds(60));
            assertThat(Admission.expireTime(null, NOON.plus(Duration.ofDays(9)), window, NOON))
                    .isEqualTo(NOON.plus(window));
        }
    }

    @Nested
    class OfABroadcast {
        private static final String LINES =
                "{{#context.order.lines}}{{name}}{{/context.order.lines}}";

        private static List<String> faults(String sensitive, Map<String, Object> context) {
            var optional = new DeclaredField(sensitive, FieldType.STRING, false, true, "", "");
            var content = new EmailContent("News", "", "", LINES, "");
            return Admission.checkShared(context, Contract.of(content, List.of(optional))).stream()
                    .map(violation -> violation.field() + " " + violation.reason())
                    .toList();
        }

        @Test
        void takesAContextWithoutWhatIsSensitive() {
            assertThat(faults("context.code", Map.of())).isEmpty();
            assertThat(faults("context.order.secret", Map.of("order", Map.of("id", 1L)))).isEmpty();
            assertThat(faults("context.order.lines[].code", Map.of("order", Map.of("id", 1L))))
                    .isEmpty();
        }

        @Test
        void refusesAContextWithIt() {
            assertThat(faults("context.code", Map.of("code", "x")))
                    .containsExactly("context.code CONTEXT_SENSITIVE");
            assertThat(faults("context.order.secret", Map.of("order", Map.of("secret", "x"))))
                    .containsExactly("context.order.secret CONTEXT_SENSITIVE");
        }

        @Test
        void refusesAWholeListWhoseItemsMayHoldIt() {
            assertThat(
                            faults(
                                    "context.order.lines[].code",
                                    Map.of("order", Map.of("lines", List.of()))))
                    .containsExactly("context.order.lines[].code CONTEXT_SENSITIVE");
        }
    }
}
