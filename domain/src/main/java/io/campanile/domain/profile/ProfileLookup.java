package io.campanile.domain.profile;

/// What a campaign does with the identity of a recipient.
public enum ProfileLookup {
    /// Looks nobody up: the call carries everything. What the person said is not known; what was
    /// said for the address counts.
    NONE,

    /// Uses what is known of the person, if anything is.
    IF_KNOWN,

    /// Writes to known people only.
    REQUIRED,

    /// Makes a profile of an identity that points at nobody.
    CREATE
}
