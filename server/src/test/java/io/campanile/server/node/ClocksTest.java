package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.operation.KeepStore;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.log.LogLines;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfileImports;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemoryBounceCounts;
import io.campanile.testkit.suppression.InMemorySuppressions;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;

class ClocksTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @AutoClose private final LogLines lines = LogLines.of(Clocks.class.getName());

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void toleratesFiveMinutes(long seconds) {
        assertThatCode(() -> differingBy(seconds).refuseSkew()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301})
    void refusesMoreThanFiveMinutesInEitherDirection(long seconds) {
        assertThatThrownBy(() -> differingBy(seconds).refuseSkew())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The clocks of this machine and of the database differ by 301 seconds: set"
                                + " them to within five minutes");
    }

    /// The clock jumps after the start, so that all that is kept seems to be too old.
    @Test
    void dropsNothingWhileTheClockIsAYearOff() {
        var machine = new SettableTime(NOON);
        var clocks = new Clocks(machine, () -> NOON);
        var store = new InMemoryStore(machine);
        store.partitions().makeAhead(NOON, Period.ofDays(7));
        SequencedMap<String, Runnable> steps = keeping(store, machine);
        steps.replaceAll(clocks::unlessApart);

        machine.advance(Duration.ofDays(365));
        steps.values().forEach(Runnable::run);

        // Yesterday, today and seven more.
        assertThat(
                        store.partitions()
                                .dropOlderThan(
                                        NOON.plus(Duration.ofDays(99)),
                                        NOON.plus(Duration.ofDays(99))))
                .isEqualTo(9);
    }

    @Test
    void saysWhatIsLeftOutNotEachTime() {
        Runnable job = differingBy(301).unlessApart("advance", () -> {});

        job.run();
        job.run();

        assertThat(lines.all())
                .containsExactly(
                        "WARNING a job is left out job=advance cause=the clocks of this machine and"
                                + " of the database are apart");
    }

    @Test
    void goesOnOnceTheClocksAreTogetherAgain() {
        var machine = new SettableTime(NOON.plusSeconds(301));
        var clocks = new Clocks(machine, () -> NOON);
        var runs = new AtomicInteger();
        Runnable job = clocks.unlessApart("job", runs::incrementAndGet);

        job.run();
        assertThat(runs).hasValue(0);

        machine.set(NOON.plusSeconds(300));
        job.run();
        assertThat(runs).hasValue(1);
    }

    @Test
    void noticesAJumpBetweenTwoLooks() {
        var machine = new SettableTime(NOON);
        var watch = new ClockWatch(new Clocks(machine, () -> NOON), () -> 0);

        machine.set(NOON.minusSeconds(301));
        assertThat(watch.isApart()).isTrue();

        machine.set(NOON.plusSeconds(300));
        assertThat(watch.isApart()).isFalse();
    }

    @Test
    void remembersThatTheClocksAreApartUntilTheyAreTogetherAgain() {
        var machine = new SettableTime(NOON);
        var database = new SettableTime(NOON);
        var watch = new ClockWatch(new Clocks(machine, database), () -> 0);
        var runs = new AtomicInteger();
        Runnable job = watch.whenClocksAgree(runs::incrementAndGet);

        database.set(NOON.plusSeconds(301));
        watch.look();
        job.run();
        assertThat(runs).hasValue(0);

        database.set(NOON);
        watch.look();
        job.run();
        assertThat(runs).hasValue(1);
    }

    /// As a machine that was asleep.
    @Test
    void takesNoJumpForOneThatBothClocksMade() {
        var machine = new SettableTime(NOON);
        var database = new SettableTime(NOON);
        var watch = new ClockWatch(new Clocks(machine, database), () -> 0);

        machine.set(NOON.plusSeconds(3_600));
        database.set(NOON.plusSeconds(3_600));
        watch.look();

        assertThat(watch.isApart()).isFalse();
    }

    private static SequencedMap<String, Runnable> keeping(
            InMemoryStore store, InstantSource clock) {
        var stores =
                new KeepStore.Stores(
                        store.partitions(),
                        store.intake(),
                        store.broadcastUpkeep(),
                        store.reservations(),
                        new InMemoryProfileImports(),
                        new InMemoryBounceCounts(),
                        new InMemorySuppressions(),
                        new InMemoryAllowedEntries(),
                        new InMemoryRequestLog(),
                        new InMemoryAuditEntries());
        var retention =
                new KeepStore.Retention(
                        Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(365));
        return new KeepStore(stores, clock, retention).steps();
    }

    private static Clocks differingBy(long seconds) {
        return new Clocks(() -> NOON.plusSeconds(seconds), () -> NOON);
    }
}
