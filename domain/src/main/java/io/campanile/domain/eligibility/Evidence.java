package io.campanile.domain.eligibility;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What a rule's no rests on.
///
/// @param record full name of the record that says no; empty when there is none, because it is the
///   absence of a record that says it
/// @param source where the record comes from, such as `MANUAL`; empty when there is none
/// @param since from when on the record has said so
public record Evidence(String record, String source, @Nullable Instant since) {
    /// It is the absence of a record that says no.
    public static final Evidence NOTHING_ON_RECORD = new Evidence("", "", null);
}
