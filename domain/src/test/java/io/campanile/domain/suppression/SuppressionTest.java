package io.campanile.domain.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class SuppressionTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void notesAComplaintWithinTheLimitOfNotes() {
        String words = "\uD83D\uDD14".repeat(Suppression.LONGEST_NOTE);

        String note = noting(words).afterComplaint().note();

        assertThat(note.codePointCount(0, note.length())).isEqualTo(Suppression.LONGEST_NOTE);
        assertThat(note)
                .startsWith("\uD83D\uDD14")
                .endsWith("\uD83D\uDD14; there was a complaint before");
        assertThat(noting("550").afterComplaint().note())
                .isEqualTo("550; there was a complaint before");
    }

    private static Suppression noting(String note) {
        return new Suppression(
                new SuppressionId(new UUID(0, 1)),
                WorkspaceId.DEFAULT,
                new SuppressionTarget("ada@example.com"),
                SuppressionReason.HARD_BOUNCE,
                note,
                NOON,
                null);
    }

    @ParameterizedTest
    @CsvSource({
        // one, until; the other, until; both, until
        "HARD_BOUNCE, never, MANUAL, 2027, HARD_BOUNCE, never",
        "HARD_BOUNCE, 2027, MANUAL, 2028, MANUAL, 2028",
        "HARD_BOUNCE, 2027, MANUAL, never, MANUAL, never",
        "COMPLAINT, 2027, COMPLAINT, 2028, COMPLAINT, 2028",
        "COMPLAINT, never, HARD_BOUNCE, never, HARD_BOUNCE, never",
        "COMPLAINT, 2027, SOFT_BOUNCES, never, SOFT_BOUNCES, never",
        "COMPLAINT, never, MANUAL, 2027, MANUAL, never",
        "COMPLAINT, 2028, MANUAL, 2027, MANUAL, 2028",
        "COMPLAINT, never, MANUAL, 2025, COMPLAINT, never",
        "COMPLAINT, 2025, MANUAL, 2027, MANUAL, 2027",
        "HARD_BOUNCE, never, MANUAL, 2025, HARD_BOUNCE, never"
    })
    void holdsBackWhatEitherDoesForAsLongAsEitherDoes(
            SuppressionReason one,
            String oneUntil,
            SuppressionReason other,
            String otherUntil,
            SuppressionReason both,
            String bothUntil) {
        Suppression first = suppression(one, oneUntil);
        Suppression second = suppression(other, otherUntil);

        for (Suppression kept : List.of(first.and(second, NOON), second.and(first, NOON))) {
            assertThat(kept.reason()).isEqualTo(both);
            assertThat(kept.expireTime()).isEqualTo(until(bothUntil));
        }
    }

    /// Otherwise the address would be written to again when the entry expires.
    @ParameterizedTest
    @CsvSource({
        // there is, until; so there is
        "MANUAL, 2027, HARD_BOUNCE",
        "MANUAL, 2025, HARD_BOUNCE",
        "COMPLAINT, 2027, HARD_BOUNCE",
        "COMPLAINT, never, HARD_BOUNCE",
        "MANUAL, never, MANUAL"
    })
    void aBounceStaysForGood(SuppressionReason reason, String until, SuppressionReason afterwards) {
        Suppression former = suppression(reason, until);
        Suppression bounced = suppression(SuppressionReason.HARD_BOUNCE, "never");

        Suppression standing = former.afterBounce(bounced, NOON).orElse(former);

        assertThat(standing.reason()).isEqualTo(afterwards);
        assertThat(standing.expireTime()).isNull();
    }

    private static Suppression suppression(SuppressionReason reason, String until) {
        return new Suppression(
                new SuppressionId(UUID.randomUUID()),
                WorkspaceId.DEFAULT,
                new SuppressionTarget("ada@example.com"),
                reason,
                "",
                Instant.EPOCH,
                until(until));
    }

    private static @Nullable Instant until(String year) {
        return year.equals("never") ? null : Instant.parse(year + "-01-01T00:00:00Z");
    }
}
