package io.campanile.domain.message;

/// How often nodes died with a message in memory that they had not marked. That alone says little,
/// because a message may only have waited there. So a message that was claimed in vain several
/// times is tried alone, and the try is counted before it begins. When a node dies then, this
/// message was the cause.
///
/// @param claimsWithoutMark how often in a row it was claimed, this time included, since it was
///   last marked
/// @param loneTries how often it was about to be prepared alone since then
public record ClaimHistory(int claimsWithoutMark, int loneTries) {
    /// A message that was claimed for the first time.
    public static final ClaimHistory FRESH = new ClaimHistory(1, 0);

    /// As many may lie in memory beside others.
    public static final int MOST_CLAIMS_AMONG_OTHERS = 3;

    /// As many nodes may die while they prepare a message alone before it is given up: a crash
    /// loop. One or two may have been killed just then.
    public static final int MOST_LONE_TRIES = 3;

    /// Whether it must be prepared alone, so that no other message is blamed with it.
    public boolean isSuspect() {
        return claimsWithoutMark > MOST_CLAIMS_AMONG_OTHERS;
    }

    boolean isHopeless() {
        return loneTries >= MOST_LONE_TRIES;
    }
}
