package io.campanile.domain.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;

class ConsentHistoryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NOW = NOON.plusSeconds(3_600);

    @ParameterizedTest(name = "{0} at {1}, then {2} of {3}: counts {4}")
    @CsvSource({
        "DENIED, 5, GRANTED, 4, false",
        "DENIED, 5, GRANTED, 6, true",
        "GRANTED, 5, DENIED, 4, false",
        "GRANTED, 5, DENIED, 5, true",
        "DENIED, 5, GRANTED, 5, false",
        "DENIED, 5, DENIED, 5, false",
        "GRANTED, 5, GRANTED, 5, false",
        "PENDING, 5, PENDING, 5, false",
        "DENIED, 5, PENDING, 6, false",
        "GRANTED, 5, PENDING, 4, false",
        "PENDING, 5, GRANTED, 4, true",
        "PENDING, 5, DENIED, 4, true",
        "PENDING, 5, PENDING, 4, false",
        "PENDING, 5, PENDING, 6, true"
    })
    void countsByWhenItWasSaid(
            ConsentState before, int then, ConsentState state, int second, boolean counts) {
        ConsentHistory history = ConsentHistory.of(List.of(said(before, then)));

        assertThat(history.letsCount(said(state, second))).isEqualTo(counts);
    }

    @Test
    void letsTheFirstCountThatIsSaid() {
        for (ConsentState state : ConsentState.values()) {
            assertThat(ConsentHistory.of(List.of()).letsCount(said(state, 0))).isTrue();
        }
    }

    @Test
    void movesNothingThatWasBroughtOver() {
        ConsentHistory history = ConsentHistory.of(List.of(said(ConsentState.PENDING, 9)));

        assertThat(history.placed(said(ConsentState.DENIED, 3)).time())
                .isEqualTo(NOON.plusSeconds(3));
        assertThat(history.placed(said(ConsentState.DENIED, NOON, NOON)).time())
                .isAfter(NOON.plusSeconds(9));
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /// Whatever the order in which things are recorded: what counts is what would, had each been
    /// recorded when it was said.
    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfRecordingChangesNothing(long seed) {
        var random = new Random(seed);
        List<ConsentRecord> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ConsentState[] states = ConsentState.values();
            all.add(said(states[random.nextInt(states.length)], random.nextInt(5)));
        }
        List<ConsentRecord> asSaid = new ArrayList<>(all);
        asSaid.sort(Comparator.comparing(ConsentRecord::time));

        Collections.shuffle(all, random);

        assertThat(counting(all).map(ConsentHistoryTest::words))
                .isEqualTo(counting(asSaid).map(ConsentHistoryTest::words));
    }

    private static Optional<ConsentRecord> counting(List<ConsentRecord> recorded) {
        List<ConsentRecord> before = new ArrayList<>();
        Optional<ConsentRecord> counting = Optional.empty();
        for (ConsentRecord record : recorded) {
            if (ConsentHistory.of(before).letsCount(record)) {
                counting = Optional.of(record);
            }
            before.add(record);
        }
        return counting;
    }

    private static String words(ConsentRecord record) {
        return record.state() + " " + record.time();
    }

    private static ConsentRecord said(ConsentState state, int second) {
        return said(state, NOON.plusSeconds(second), NOW);
    }

    private static ConsentRecord said(ConsentState state, Instant time, Instant recorded) {
        return new ConsentRecord(
                new ConsentRecordId(UUID.randomUUID()),
                WorkspaceId.DEFAULT,
                new ConsentSubject.OfAddress(new EmailAddress("ada@example.com")),
                new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news"),
                state,
                "",
                "",
                Actor.SYSTEM,
                time,
                recorded);
    }
}
