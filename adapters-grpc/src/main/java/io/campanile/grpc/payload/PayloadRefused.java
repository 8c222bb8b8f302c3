package io.campanile.grpc.payload;

import io.campanile.domain.trigger.FieldViolation;

/// Ends the reading of a payload at its first fault.
public final class PayloadRefused extends Exception {
    private final transient FieldViolation violation;

    PayloadRefused(FieldViolation violation) {
        super("payload refused", null, false, false);
        this.violation = violation;
    }

    public FieldViolation violation() {
        return violation;
    }
}
