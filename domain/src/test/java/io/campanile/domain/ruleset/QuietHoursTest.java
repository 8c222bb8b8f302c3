package io.campanile.domain.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.ruleset.QuietHours.Behaviour;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

class QuietHoursTest {
    private static QuietHours hours(String start, String end, DayOfWeek... days) {
        return new QuietHours(
                LocalTime.parse(start), LocalTime.parse(end), Set.of(days), Behaviour.QUEUE);
    }

    /// @param time with its offset, such as `2026-03-28T23:00+01:00`
    private static Instant at(String time) {
        return ZonedDateTime.parse(time).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        // zone, start, end, now, until when it is quiet
        "UTC,              12:00, 14:00, 2026-03-01T11:59:59Z,      ",
        "UTC,              12:00, 14:00, 2026-03-01T12:00Z,         2026-03-01T14:00Z",
        "UTC,              12:00, 14:00, 2026-03-01T13:59:59Z,      2026-03-01T14:00Z",
        "UTC,              12:00, 14:00, 2026-03-01T14:00Z,         ",
        // across midnight
        "UTC,              22:00, 08:00, 2026-03-01T21:59Z,         ",
        "UTC,              22:00, 08:00, 2026-03-01T22:00Z,         2026-03-02T08:00Z",
        "UTC,              22:00, 08:00, 2026-03-02T00:00Z,         2026-03-02T08:00Z",
        "UTC,              22:00, 08:00, 2026-03-02T08:00Z,         ",
        // the whole day
        "UTC,              00:00, 00:00, 2026-03-01T15:00Z,         2026-03-02T00:00Z",
        // odd offsets
        "Asia/Kathmandu,   22:00, 08:00, 2026-03-01T22:00+05:45,    2026-03-02T08:00+05:45",
        "Asia/Kathmandu,   22:00, 08:00, 2026-03-01T21:59+05:45,    ",
        "Pacific/Chatham,  22:00, 08:00, 2026-03-01T22:00+13:45,    2026-03-02T08:00+13:45",
        "Pacific/Chatham,  22:00, 08:00, 2026-07-01T23:59+12:45,    2026-07-02T08:00+12:45",
        "America/St_Johns, 22:00, 08:00, 2026-01-01T07:59-03:30,    2026-01-01T08:00-03:30",
        // the night that is an hour shorter: clocks go from 2:00 to 3:00
        "Europe/Berlin,    22:00, 08:00, 2026-03-28T23:00+01:00,    2026-03-29T08:00+02:00",
        "Europe/Berlin,    22:00, 02:30, 2026-03-28T23:00+01:00,    2026-03-29T03:00+02:00",
        "Europe/Berlin,    22:00, 02:30, 2026-03-29T03:00+02:00,    ",
        "Europe/Berlin,    02:30, 08:00, 2026-03-29T01:59+01:00,    ",
        "Europe/Berlin,    02:30, 08:00, 2026-03-29T03:00+02:00,    2026-03-29T08:00+02:00",
        "Europe/Berlin,    02:15, 02:45, 2026-03-29T03:00+02:00,    ",
        // the night that is an hour longer: clocks go from 3:00 to 2:00
        "Europe/Berlin,    22:00, 08:00, 2026-10-24T23:00+02:00,    2026-10-25T08:00+01:00",
        "Europe/Berlin,    22:00, 02:30, 2026-10-24T23:00+02:00,    2026-10-25T02:30+01:00",
        "Europe/Berlin,    22:00, 02:30, 2026-10-25T02:45+02:00,    2026-10-25T02:30+01:00",
        "Europe/Berlin,    22:00, 02:30, 2026-10-25T02:30+01:00,    ",
        "Europe/Berlin,    02:30, 08:00, 2026-10-25T02:29+02:00,    ",
        "Europe/Berlin,    02:30, 08:00, 2026-10-25T02:30+02:00,    2026-10-25T08:00+01:00",
        "Europe/Berlin,    02:30, 08:00, 2026-10-25T02:10+01:00,    2026-10-25T08:00+01:00",
        "Europe/Berlin,    02:30, 02:30, 2026-10-25T02:40+02:00,    2026-10-26T02:30+01:00",
        // clocks go from 0:01 to 23:01 of the day before
        "America/St_Johns, 00:00, 08:00, 2010-11-06T23:30-03:30,    2010-11-07T08:00-03:30",
        // a clock that is turned by 45 minutes of an odd offset
        "Pacific/Chatham,  22:00, 08:00, 2026-09-26T23:00+12:45,    2026-09-27T08:00+13:45",
        // a day that was left out: from the 29th to the 31st
        "Pacific/Apia,     22:00, 08:00, 2011-12-29T23:00-10:00,    2011-12-31T00:00+14:00"
    })
    void lastUntilTheClockHasPassedTheirEnd(
            String zone, String start, String end, String now, String until) {
        assertThat(hours(start, end).endOf(at(now), ZoneId.of(zone)))
                .isEqualTo(Optional.ofNullable(until).map(QuietHoursTest::at));
    }

    @Test
    void beginOnTheirDaysOnly() {
        QuietHours fridays = hours("22:00", "08:00", DayOfWeek.FRIDAY);
        ZoneId utc = ZoneId.of("UTC");

        assertThat(fridays.endOf(at("2026-03-06T23:00Z"), utc)).contains(at("2026-03-07T08:00Z"));
        assertThat(fridays.endOf(at("2026-03-07T07:00Z"), utc)).contains(at("2026-03-07T08:00Z"));
        assertThat(fridays.endOf(at("2026-03-07T23:00Z"), utc)).isEmpty();
        assertThat(fridays.endOf(at("2026-03-06T07:00Z"), utc)).isEmpty();
    }

    /// On Sunday at 0:01, clocks go back to Saturday, 23:01.
    @Test
    void thatBeganOnFridayMayEndWhenItIsSaturdayAgain() {
        assertThat(
                        hours("23:45", "23:30", DayOfWeek.FRIDAY)
                                .endOf(
                                        at("2010-11-07T00:00:30-02:30"),
                                        ZoneId.of("America/St_Johns")))
                .contains(at("2010-11-06T23:30-03:30"));
    }

    @Test
    void coverWhateverTheClockShowsBetweenStartAndEndAndEndWhenItDoesNot() {
        var random = new Random(20_261_127);
        List<String> zones =
                List.of(
                        "UTC",
                        "Europe/Berlin",
                        "America/New_York",
                        "Asia/Kathmandu",
                        "Pacific/Chatham",
                        "Australia/Lord_Howe",
                        "America/St_Johns");
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        for (int round = 0; round < 20_000; round++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            LocalTime start = LocalTime.ofSecondOfDay(900L * random.nextInt(96));
            LocalTime end = LocalTime.ofSecondOfDay(900L * random.nextInt(96));
            Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
            for (int left = random.nextInt(4); left > 0; left--) {
                days.add(DayOfWeek.of(1 + random.nextInt(7)));
            }
            var hours = new QuietHours(start, end, days, Behaviour.QUEUE);
            Instant now = begin.plusSeconds(60L * random.nextInt(365 * 24 * 60));
            Optional<Instant> until = hours.endOf(now, zone);

            if (clockShows(hours, now.atZone(zone))) {
                assertThat(until).as("%s at %s in %s", hours, now, zone).isPresent();
            }
            until.ifPresent(instant -> {
                assertThat(instant).isAfter(now);
                assertThat(Duration.between(now, instant)).isLessThan(Duration.ofHours(26));
                if (days.isEmpty() && !start.equals(end)) {
                    assertThat(clockShows(hours, instant.atZone(zone)))
                            .as("%s at %s in %s", hours, instant, zone)
                            .isFalse();
                }
            });
        }
    }

    private static boolean clockShows(QuietHours hours, ZonedDateTime now) {
        LocalTime time = now.toLocalTime();
        boolean afterStart = !time.isBefore(hours.start());
        boolean beforeEnd = time.isBefore(hours.end());
        if (hours.end().isAfter(hours.start())) {
            return afterStart && beforeEnd && isOn(hours, now.getDayOfWeek());
        }
        return (afterStart && isOn(hours, now.getDayOfWeek()))
                || (beforeEnd && isOn(hours, now.getDayOfWeek().minus(1)));
    }

    private static boolean isOn(QuietHours hours, DayOfWeek day) {
        return hours.days().isEmpty() || hours.days().contains(day);
    }
}
