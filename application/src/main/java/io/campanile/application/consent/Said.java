package io.campanile.application.consent;

import io.campanile.domain.access.Actor;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What somebody said, before it is recorded.
///
/// @param source where it was said; may be empty
/// @param proof what shows that it was said; may be empty
/// @param sayTime when, to the microsecond; absent for now
public record Said(
        ConsentLevel level,
        ConsentState state,
        String source,
        String proof,
        @Nullable Instant sayTime) {
    /// What is said now.
    public Said(ConsentLevel level, ConsentState state, String source, String proof) {
        this(level, state, source, proof, null);
    }

    /// The record of it.
    ConsentRecord record(
            ConsentRecordId id,
            WorkspaceId workspace,
            ConsentSubject subject,
            Actor by,
            Instant now) {
        return new ConsentRecord(
                id, workspace, subject, level, state, source, proof, by, time(now), now);
    }

    /// When it was said. A caller's clock may be ahead, see [ConsentState#fault]: nothing is said
    /// later than now.
    private Instant time(Instant now) {
        return sayTime != null && sayTime.isBefore(now) ? sayTime : now;
    }

    @Override
    public String toString() {
        return level + " " + state;
    }
}
