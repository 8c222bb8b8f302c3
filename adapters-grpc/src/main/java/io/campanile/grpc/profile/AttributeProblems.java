package io.campanile.grpc.profile;

import io.campanile.domain.schema.AttributeViolation;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.v1.ViolationReason;

/// What a schema says against attributes, for callers.
final class AttributeProblems {
    private AttributeProblems() {}

    /// With the field relative to the profile.
    static ProfileRefused of(AttributeViolation violation) {
        return new ProfileRefused(
                new FieldProblem(
                        "attributes." + violation.path(),
                        violation.expected() == null
                                ? ViolationReason.VIOLATION_REASON_ATTRIBUTE_UNKNOWN
                                : ViolationReason.VIOLATION_REASON_ATTRIBUTE_TYPE,
                        violation.description()));
    }
}
