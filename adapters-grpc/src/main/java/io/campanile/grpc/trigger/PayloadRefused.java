package io.campanile.grpc.trigger;

import io.campanile.domain.trigger.FieldViolation;

/// Ends the reading of a payload at its first fault.
final class PayloadRefused extends Exception {
    private final transient FieldViolation violation;

    PayloadRefused(FieldViolation violation) {
        super("payload refused", null, false, false);
        this.violation = violation;
    }

    FieldViolation violation() {
        return violation;
    }
}
