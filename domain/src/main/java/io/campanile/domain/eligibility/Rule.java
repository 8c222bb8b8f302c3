package io.campanile.domain.eligibility;

/// The rules about who may be written to, in the order they are asked.
public enum Rule {
    PROFILE,
    ADDRESS,
    CONSENT,
    ADDRESS_SUPPRESSION,
    DOMAIN_SUPPRESSION,
    ALLOWED_LIST,
    QUIET_HOURS,
    FREQUENCY
}
