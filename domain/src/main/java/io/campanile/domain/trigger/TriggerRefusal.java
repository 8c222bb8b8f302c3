package io.campanile.domain.trigger;

/// Why a campaign takes no triggers.
public enum TriggerRefusal {
    DRAFT,
    NOT_STARTED,
    PAUSED,
    STOPPED,
    ENDED,
    ARCHIVED
}
