package io.campanile.domain.consent;

import io.campanile.domain.channel.Category;

/// What messages are for that somebody agrees to or refuses.
public enum Purpose {
    /// Advertising: needs consent.
    MARKETING,
    /// What the person's own doings call for: sent unless refused.
    SERVICE;

    public static Purpose of(Category category) {
        return switch (category) {
            case MARKETING -> MARKETING;
            case TRANSACTIONAL -> SERVICE;
        };
    }
}
