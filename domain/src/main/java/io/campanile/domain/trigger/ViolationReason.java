package io.campanile.domain.trigger;

/// What is wrong with one field, for programs; the same spelling in the API, where each value is
/// explained.
public enum ViolationReason {
    SYNTAX,
    REQUIRED,
    FIELD_UNKNOWN,
    FIELD_IMMUTABLE,
    OUT_OF_RANGE,
    REFERENCE_NOT_FOUND,
    IDENTITY_REPEATED,
    ADDRESS_MISSING,
    ADDRESS_MALFORMED,
    CONTEXT_MALFORMED,
    CONTEXT_TOO_LARGE,
    CONTEXT_FIELD_MISSING,
    CONTEXT_FIELD_TYPE,
    CONTEXT_RESERVED,
    CHARACTER_NOT_ALLOWED,
    RENDERING_FAILED
}
