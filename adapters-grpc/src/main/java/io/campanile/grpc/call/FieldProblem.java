package io.campanile.grpc.call;

import com.google.rpc.BadRequest;

import io.campanile.domain.trigger.FieldViolation;
import io.campanile.v1.ViolationReason;

/// A field that is wrong, and why.
public record FieldProblem(String field, ViolationReason reason, String description) {
    private static final String PREFIX = "VIOLATION_REASON_";

    /// A violation the application found.
    public static FieldProblem of(FieldViolation violation) {
        return new FieldProblem(
                violation.field(),
                Enums.proto(ViolationReason.class, PREFIX, violation.reason()),
                violation.description());
    }

    /// The same for the application; for problems with the syntax only.
    public FieldViolation toViolation() {
        return new FieldViolation(
                field,
                io.campanile.domain.trigger.ViolationReason.valueOf(
                        reason.name().substring(PREFIX.length())),
                description);
    }

    public BadRequest.FieldViolation toProto() {
        return BadRequest.FieldViolation.newBuilder()
                .setField(field)
                .setReason(reason.name().substring(PREFIX.length()))
                .setDescription(description)
                .build();
    }
}
