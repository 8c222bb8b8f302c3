package io.campanile.domain.ruleset;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hours of the day, by a person's clock, at which they are not written to.
///
/// @param start when they begin; belongs to them
/// @param end when they end, on the next day unless it is after `start`; does not belong to them
/// @param days on which they begin; none for every day
public record QuietHours(LocalTime start, LocalTime end, Set<DayOfWeek> days, Behaviour behaviour) {
    public QuietHours {
        days = Set.copyOf(days);
    }

    /// What becomes of a message that would be handed over within them.
    public enum Behaviour {
        /// It waits until they are over.
        QUEUE,
        /// Its recipient is excluded.
        DISCARD
    }

    /// When the quiet hours that the instant lies in are over; nothing when it lies in none. When
    /// the clock is turned back over their end, this is the second time that the clock shows the
    /// end. When it is turned forward over their end, this is the moment of the change.
    public Optional<Instant> endOf(Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        // Those that began yesterday may last until today; around midnight, a clock that is turned
        // back reaches yesterday's.
        return List.of(today.minusDays(2), today.minusDays(1), today, today.plusDays(1)).stream()
                .filter(day -> days.isEmpty() || days.contains(day.getDayOfWeek()))
                .filter(day -> !now.isBefore(first(day.atTime(start), zone.getRules())))
                .map(day -> last(endOf(day), zone.getRules()))
                .filter(now::isBefore)
                .max(Instant::compareTo);
    }

    private LocalDateTime endOf(LocalDate day) {
        return (end.isAfter(start) ? day : day.plusDays(1)).atTime(end);
    }

    /// The first instant at which the clock shows the time, or a later one because it is turned
    /// forward.
    private static Instant first(LocalDateTime time, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        return offsets.isEmpty()
                ? rules.getTransition(time).getInstant()
                : time.toInstant(offsets.getFirst());
    }

    /// The last of these instants.
    private static Instant last(LocalDateTime time, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        return offsets.isEmpty()
                ? rules.getTransition(time).getInstant()
                : time.toInstant(offsets.getLast());
    }
}
