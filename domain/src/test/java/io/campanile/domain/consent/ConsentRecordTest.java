package io.campanile.domain.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class ConsentRecordTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ConsentLevel NEWS = level("news");

    @ParameterizedTest(name = "{0} at {1} outweighs {2} at {3}: {4}")
    @CsvSource({
        "DENIED,  1, GRANTED, 2, true",
        "GRANTED, 2, DENIED,  1, false",
        "DENIED,  1, PENDING, 2, true",
        "PENDING, 2, DENIED,  1, false",
        "GRANTED, 1, PENDING, 2, true",
        "PENDING, 2, GRANTED, 1, false",
        "DENIED,  2, DENIED,  1, true",
        "DENIED,  1, DENIED,  2, false",
        "GRANTED, 2, GRANTED, 1, true",
        "GRANTED, 1, GRANTED, 2, false",
        "GRANTED, 1, GRANTED, 1, false",
        "PENDING, 2, PENDING, 1, true",
        "PENDING, 1, PENDING, 2, false"
    })
    void ofOnePersonWithTwoProfilesANoCountsBeforeAYesAndAYesBeforeAQuestion(
            ConsentState state,
            int second,
            ConsentState other,
            int otherSecond,
            boolean outweighs) {
        assertThat(said(NEWS, state, second).outweighs(said(NEWS, other, otherSecond)))
                .isEqualTo(outweighs);
    }

    @Test
    void aboutAnotherLevelStandsInNobodysWay() {
        ConsentRecord denial = said(level("offers"), ConsentState.DENIED, 2);
        ConsentRecord question = said(NEWS, ConsentState.PENDING, 1);

        assertThat(question.outweighs(denial)).isTrue();
        assertThat(ConsentRecord.ofLevel(NEWS, List.of(denial, question))).contains(question);
        assertThat(ConsentRecord.ofLevel(NEWS, List.of(denial))).isEmpty();
    }

    /// The database keeps no less than a microsecond.
    @ParameterizedTest(name = "{0} microseconds later: {1} microseconds later")
    @CsvSource({"-5, 1", "0, 1", "1, 1", "2, 2"})
    void isSaidAMicrosecondAfterAnotherAtLeast(int micros, int placed) {
        ConsentRecord before = said(NEWS, ConsentState.GRANTED, 0);
        Instant now = NOON.plusNanos(1_000L * micros);

        assertThat(said(NEWS, ConsentState.DENIED, now).saidAfter(before).time())
                .isEqualTo(NOON.plusNanos(1_000L * placed));
    }

    @Test
    void isConfirmedWithTheProofGivenAndElseWithTheQuestion() {
        ConsentRecord question = said(NEWS, ConsentState.PENDING, 0);

        assertThat(question.confirmed("clicked at noon", Actor.SYSTEM, NOON))
                .extracting(ConsentRecord::state, ConsentRecord::proof)
                .containsExactly(ConsentState.GRANTED, "clicked at noon");
        assertThat(question.confirmed("", Actor.SYSTEM, NOON).proof())
                .isEqualTo("confirms " + question.name());
    }

    @ParameterizedTest
    @CsvSource({
        "019a0000-1111-7222-8333-444444444444, 019a0000-1111-8222-8333-444444444444",
        "ffffffff-ffff-7fff-bfff-ffffffffffff, ffffffff-ffff-8fff-bfff-ffffffffffff"
    })
    void isConfirmedUnderAnIdOfItsOwn(UUID question, UUID confirmation) {
        assertThat(new ConsentRecordId(question).confirmation().value()).isEqualTo(confirmation);
    }

    private static ConsentLevel level(String topic) {
        return new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, topic);
    }

    private static ConsentRecord said(ConsentLevel level, ConsentState state, int second) {
        return said(level, state, NOON.plusSeconds(second));
    }

    private static ConsentRecord said(ConsentLevel level, ConsentState state, Instant time) {
        return new ConsentRecord(
                new ConsentRecordId(new UUID(0, 1)),
                WorkspaceId.DEFAULT,
                new ConsentSubject.OfProfile(new ProfileId(new UUID(0, 7))),
                level,
                state,
                "",
                "",
                Actor.SYSTEM,
                time,
                time);
    }
}
