package io.campanile.domain.eligibility;

import static io.campanile.domain.eligibility.FactsBuilder.factsBeforeMarketing;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.message.Reason;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.QuietHours.Behaviour;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

class QuietHoursRuleTest {
    /// A Sunday, nine in the evening in Chatham by 13:45 more.
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final ZoneId UTC = ZoneId.of("UTC");

    private static QuietHours hours(
            String start, String end, Behaviour behaviour, DayOfWeek... days) {
        return new QuietHours(
                LocalTime.parse(start), LocalTime.parse(end), Set.of(days), behaviour);
    }

    private static RuleSetFacts ruleSet(String name, QuietHours... hours) {
        return new RuleSetFacts(
                new RuleSetId(new UUID(0, name.hashCode())),
                new RuleSetName(WorkspaceId.DEFAULT, name),
                1,
                NOW.minusSeconds(60),
                List.of(),
                List.of(hours),
                List.of());
    }

    private static Facts marketing(ZoneId zone, RuleSetFacts... ruleSets) {
        return factsBeforeMarketing()
                .build()
                .with(new RuleFacts(new PersonKey(new UUID(1, 1)), zone, List.of(ruleSets)));
    }

    private static Decision decided(Facts facts) {
        return Eligibility.decide(facts, NOW);
    }

    private static Instant deferredUntil(Facts facts) {
        if (decided(facts) instanceof Decision.Defer(var until, var reason, _)) {
            assertThat(reason).isEqualTo(Reason.QUIET_HOURS);
            return until;
        }
        throw new AssertionError("not deferred: " + decided(facts));
    }

    @Test
    void letsMessagesWaitOrExcludesThem() {
        QuietHours queue = hours("11:00", "14:30", Behaviour.QUEUE);
        QuietHours discard = hours("11:00", "13:00", Behaviour.DISCARD);
        var evidence =
                new Evidence(
                        "workspaces/default/ruleSets/night",
                        "quiet_hours 11:00 to 14:30, UTC",
                        NOW.minusSeconds(60));

        assertThat(decided(marketing(UTC, ruleSet("night", queue))))
                .isEqualTo(
                        new Decision.Defer(
                                Instant.parse("2026-03-01T14:30:00Z"),
                                Reason.QUIET_HOURS,
                                evidence));
        assertThat(decided(marketing(UTC, ruleSet("night", queue, discard))))
                .isInstanceOfSatisfying(
                        Decision.Exclude.class,
                        no -> assertThat(no.reason()).isEqualTo(Reason.QUIET_HOURS));
        assertThat(
                        decided(
                                marketing(
                                        UTC,
                                        ruleSet(
                                                "night",
                                                hours("13:00", "14:00", Behaviour.DISCARD)))))
                .isEqualTo(new Decision.Deliver());
    }

    @Test
    void goByTheClockOfThePerson() {
        RuleSetFacts night = ruleSet("night", hours("22:00", "08:00", Behaviour.QUEUE));

        assertThat(decided(marketing(UTC, night))).isEqualTo(new Decision.Deliver());
        // A quarter to two at night there.
        assertThat(deferredUntil(marketing(ZoneId.of("Pacific/Chatham"), night)))
                .isEqualTo(Instant.parse("2026-03-01T18:15:00Z"));
    }

    @Test
    void lastUntilAllAreOverThatFollowEachOther() {
        RuleSetFacts noon = ruleSet("noon", hours("11:00", "13:00", Behaviour.QUEUE));
        RuleSetFacts afternoon = ruleSet("afternoon", hours("13:00", "16:00", Behaviour.QUEUE));
        RuleSetFacts evening = ruleSet("evening", hours("16:01", "18:00", Behaviour.QUEUE));

        assertThat(deferredUntil(marketing(UTC, evening, afternoon, noon)))
                .isEqualTo(Instant.parse("2026-03-01T16:00:00Z"));
    }

    @Test
    void nameTheLongestOfSeveralThatDiscard() {
        RuleSetFacts noon = ruleSet("noon", hours("11:00", "13:00", Behaviour.DISCARD));
        RuleSetFacts day = ruleSet("day", hours("09:00", "18:00", Behaviour.DISCARD));

        assertThat(decided(marketing(UTC, noon, day)))
                .isEqualTo(decided(marketing(UTC, day)))
                .isEqualTo(decided(marketing(UTC, day, noon)));
    }

    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void nameTheSameOfTwoRuleSetsThatSayTheSameHoweverTheyAreListed(Behaviour behaviour) {
        RuleSetFacts one = ruleSet("one", hours("11:00", "13:00", behaviour));
        RuleSetFacts other = ruleSet("other", hours("11:00", "13:00", behaviour));

        assertThat(decided(marketing(UTC, one, other)))
                .isNotEqualTo(new Decision.Deliver())
                .isEqualTo(decided(marketing(UTC, other, one)));
    }

    @Test
    void lastAWeekAtMost() {
        QuietHours always = hours("00:00", "00:00", Behaviour.QUEUE);
        QuietHours sixDays =
                hours(
                        "00:00",
                        "00:00",
                        Behaviour.QUEUE,
                        DayOfWeek.SUNDAY,
                        DayOfWeek.MONDAY,
                        DayOfWeek.TUESDAY,
                        DayOfWeek.WEDNESDAY,
                        DayOfWeek.THURSDAY,
                        DayOfWeek.FRIDAY);

        assertThat(decided(marketing(UTC, ruleSet("always", always))))
                .isInstanceOfSatisfying(
                        Decision.Exclude.class,
                        no -> assertThat(no.reason()).isEqualTo(Reason.QUIET_HOURS));
        assertThat(deferredUntil(marketing(UTC, ruleSet("week", sixDays))))
                .isEqualTo(Instant.parse("2026-03-07T00:00:00Z"));
        assertThat(
                        deferredUntil(
                                marketing(
                                        UTC,
                                        ruleSet(
                                                "sundays",
                                                hours(
                                                        "11:00",
                                                        "10:00",
                                                        Behaviour.QUEUE,
                                                        DayOfWeek.values()),
                                                hours(
                                                        "10:00",
                                                        "11:00",
                                                        Behaviour.QUEUE,
                                                        DayOfWeek.MONDAY,
                                                        DayOfWeek.TUESDAY,
                                                        DayOfWeek.WEDNESDAY,
                                                        DayOfWeek.THURSDAY,
                                                        DayOfWeek.FRIDAY,
                                                        DayOfWeek.SATURDAY)))))
                .isEqualTo(Instant.parse("2026-03-08T10:00:00Z"));
    }

    @Test
    void comeBeforeCapsSoThatNobodysPlaceIsTakenByAMessageThatWaits() {
        RuleSetFacts capped =
                new RuleSetFacts(
                        new RuleSetId(new UUID(0, 1)),
                        new RuleSetName(WorkspaceId.DEFAULT, "both"),
                        1,
                        NOW,
                        List.of(
                                FrequencyCap.per(
                                        FrequencyCap.Period.DAY, 1, Set.of(Channel.EMAIL))),
                        List.of(hours("11:00", "13:00", Behaviour.QUEUE)),
                        List.of());
        Facts facts = marketing(UTC, capped);

        assertThat(Eligibility.decideTogether(List.of(facts, facts), NOW))
                .extracting(Decided::decision)
                .hasOnlyElementsOfType(Decision.Defer.class);
    }

    @Test
    void explainsWhatDeliveryDecidesAndNeverDeliversMoreBecauseOfMoreQuiet() {
        var random = new Random(20_261_128);
        List<String> zones = List.of("UTC", "Asia/Kathmandu", "Pacific/Chatham", "Europe/Berlin");
        for (int round = 0; round < 3_000; round++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            List<QuietHours> some = new ArrayList<>();
            for (int left = random.nextInt(4); left > 0; left--) {
                some.add(anything(random));
            }
            Facts facts = marketing(zone, ruleSet("some", some.toArray(QuietHours[]::new)));
            some.add(anything(random));
            Facts more = marketing(zone, ruleSet("some", some.toArray(QuietHours[]::new)));
            Instant now = NOW.plusSeconds(random.nextInt(365 * 86_400));

            Decision decision = Eligibility.decide(facts, now);

            assertThat(
                            Eligibility.explain(facts, now).stream()
                                    .map(Verdict::decision)
                                    .filter(said -> !(said instanceof Decision.Deliver))
                                    .findFirst()
                                    .orElse(new Decision.Deliver()))
                    .isEqualTo(decision);
            if (!(decision instanceof Decision.Deliver)) {
                assertThat(Eligibility.decide(more, now)).isNotInstanceOf(Decision.Deliver.class);
            }
            if (decision instanceof Decision.Exclude) {
                assertThat(Eligibility.decide(more, now)).isInstanceOf(Decision.Exclude.class);
            }
            if (decision instanceof Decision.Defer(var until, _, _)) {
                assertThat(Duration.between(now, until))
                        .isPositive()
                        .isLessThanOrEqualTo(QuietHoursRule.LONGEST_WAIT);
                assertThat(Eligibility.decide(facts, until))
                        .as("%s at %s", facts, until)
                        .isNotInstanceOf(Decision.Defer.class);
            }
        }
    }

    private static QuietHours anything(Random random) {
        LocalTime start = LocalTime.ofSecondOfDay(1_800L * random.nextInt(48));
        LocalTime end = LocalTime.ofSecondOfDay(1_800L * random.nextInt(48));
        DayOfWeek[] days =
                random.nextBoolean()
                        ? new DayOfWeek[0]
                        : new DayOfWeek[] {DayOfWeek.of(1 + random.nextInt(7))};
        Behaviour behaviour = random.nextInt(3) == 0 ? Behaviour.DISCARD : Behaviour.QUEUE;
        return new QuietHours(start, end, Set.of(days), behaviour);
    }
}
