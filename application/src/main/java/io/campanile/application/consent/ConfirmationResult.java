package io.campanile.application.consent;

import io.campanile.domain.consent.ConsentRecord;

/// What came of following a confirmation link.
public sealed interface ConfirmationResult {
    /// It is granted, by this or by an earlier visit.
    record Granted(ConsentRecord record) implements ConfirmationResult {}

    /// The person has said no since they were asked.
    record Overtaken(ConsentRecord counting) implements ConfirmationResult {}

    /// Made up, of another workspace, or about somebody who was erased.
    record TokenUnknown() implements ConfirmationResult {}
}
