package io.campanile.domain.eligibility;

/// What the allowed list of a workspace says about an address.
public enum AllowedList {
    /// Nothing: it is off.
    OFF,
    /// It is on, and the address or its domain stands on it.
    COVERS,
    /// It is on, and neither does.
    LACKS
}
