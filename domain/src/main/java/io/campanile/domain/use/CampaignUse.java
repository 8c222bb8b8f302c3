package io.campanile.domain.use;

/// A campaign that depends on something.
///
/// @param campaign the last part of its name
public record CampaignUse(String campaign, Tie tie) {
    /// Why it does; of several reasons, the first.
    public enum Tie {
        /// It is scheduled, live or paused, and its live revision names it.
        LIVE,
        /// It has broadcasts or messages to send that were triggered under a revision that names
        /// it.
        OPEN,
        /// Its draft names it.
        DRAFT,
        /// A revision names it, whose messages may still need it.
        FORMER;

        /// Whether something may still be sent with it.
        boolean isRunning() {
            return this == LIVE || this == OPEN;
        }
    }
}
