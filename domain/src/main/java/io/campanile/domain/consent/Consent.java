package io.campanile.domain.consent;

import java.time.Instant;

/// What somebody said last about one level.
///
/// @param record where it stands
/// @param source where it was said; may be empty
/// @param since when it was said
public record Consent(
        ConsentRecordId record,
        ConsentLevel level,
        ConsentState state,
        String source,
        Instant since) {}
