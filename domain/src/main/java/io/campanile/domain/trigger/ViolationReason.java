package io.campanile.domain.trigger;

/// What is wrong with a field of a trigger, for programs; the same names as in the API.
public enum ViolationReason {
    /// Breaks the rule the field is annotated with in the API.
    SYNTAX,
    REQUIRED,
    OUT_OF_RANGE,
    IDENTITY_REPEATED,
    IDENTITY_NAMESPACE,
    ADDRESS_MISSING,
    ADDRESS_MALFORMED,
    CONTEXT_MALFORMED,
    CONTEXT_TOO_LARGE,
    CONTEXT_FIELD_MISSING,
    CONTEXT_FIELD_TYPE,
    CONTEXT_RESERVED,
    CHARACTER_NOT_ALLOWED,
    CONTEXT_SENSITIVE,
    ATTRIBUTE_TYPE,
    ATTRIBUTE_UNKNOWN,
    RENDERING_FAILED
}
