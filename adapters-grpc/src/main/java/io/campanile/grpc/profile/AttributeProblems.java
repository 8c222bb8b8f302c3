package io.campanile.grpc.profile;

import io.campanile.domain.schema.AttributeType;
import io.campanile.domain.schema.AttributeViolation;
import io.campanile.grpc.call.GrpcErrors.FieldProblem;
import io.campanile.v1.ViolationReason;

/// What a schema says against attributes, for callers.
final class AttributeProblems {
    private AttributeProblems() {}

    /// With the field relative to the profile.
    static ProfileRefused of(AttributeViolation violation) {
        String field = "attributes." + violation.path();
        AttributeType expected = violation.expected();
        return new ProfileRefused(
                expected == null
                        ? new FieldProblem(
                                field,
                                ViolationReason.VIOLATION_REASON_ATTRIBUTE_UNKNOWN,
                                "is no attribute of the workspace's schema")
                        : new FieldProblem(
                                field,
                                ViolationReason.VIOLATION_REASON_ATTRIBUTE_TYPE,
                                "must be a "
                                        + expected
                                        + " by the workspace's schema, not a "
                                        + violation.actual()));
    }
}
