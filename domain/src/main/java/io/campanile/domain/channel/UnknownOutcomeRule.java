package io.campanile.domain.channel;

/// What becomes of a message when nobody can say whether the provider took it.
public enum UnknownOutcomeRule {
    /// Transactional messages are tried again, marketing messages settle.
    BY_CATEGORY,
    /// Tried again, until that was in vain three times: a message may arrive as often.
    TRY_AGAIN,
    /// Settles as `UNKNOWN`: may lose a message.
    SETTLE;

    /// Whether a message of the category is tried again.
    public boolean triesAgain(Category category) {
        return switch (this) {
            case BY_CATEGORY -> category == Category.TRANSACTIONAL;
            case TRY_AGAIN -> true;
            case SETTLE -> false;
        };
    }
}
