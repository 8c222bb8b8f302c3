package io.campanile.channels.resilience;

/// Counts what becomes of a guard's permits: taken, used by an attempt, given back. Not
/// thread-safe: used under the lock of its guard.
///
/// Whoever gives permits back does not say which were used, and may do so while attempts go on;
/// nobody checks that each attempt has a permit. So no count falls below nothing.
final class Permits {
    /// What kind of permit was given back.
    enum GivenBack {
        /// An attempt has used it, or is under way with it.
        USED,

        /// No attempt used it, and the epoch it was taken in is over.
        UNUSED_OF_EARLIER,

        /// No attempt used it, and it was taken in this epoch.
        UNUSED
    }

    /// How often the breaker has changed its state. Its permissions, and what comes of them, are
    /// void in another state than they were given in.
    private int epoch;

    /// Permissions of this epoch whose attempt is not over yet.
    private int underWay;

    private int taken;

    /// Taken permits of this epoch that no attempt has used yet.
    private int unused;

    /// Taken permits of earlier epochs that no attempt has used yet.
    private int unusedOfEarlier;

    /// Taken permits whose attempt is over.
    private int used;

    /// Ends the epoch: permissions of it are void.
    void newEpoch() {
        epoch++;
        unusedOfEarlier += unused;
        unused = 0;
        underWay = 0;
    }

    void take() {
        taken++;
        unused++;
        underWay++;
    }

    int taken() {
        return taken;
    }

    /// Whether a permission of this epoch waits for its attempt, or for the end of it.
    boolean isAnyUnderWay() {
        return underWay > 0;
    }

    /// Begins an attempt; permits of this epoch go first.
    ///
    /// @return the epoch of the permission that is used
    int begin() {
        if (unused == 0 && unusedOfEarlier > 0) {
            unusedOfEarlier--;
            return epoch - 1;
        }
        unused = Math.max(0, unused - 1);
        return epoch;
    }

    boolean isOfNow(int begunIn) {
        return begunIn == epoch;
    }

    /// Ends an attempt.
    ///
    /// @param begunIn what [#begin] answered
    /// @return whether its permission is still of this epoch
    boolean end(int begunIn) {
        boolean ofNow = endPassedOver(begunIn);
        if (ofNow) {
            underWay = Math.max(0, underWay - 1);
        }
        return ofNow;
    }

    /// The attempts of this epoch that have begun do not count as under way any longer, though they
    /// are not over.
    ///
    /// @return how many there are
    int passOver() {
        int begun = Math.max(0, underWay - unused);
        underWay -= begun;
        return begun;
    }

    /// Ends an attempt that was passed over; the same as [#end] otherwise.
    boolean endPassedOver(int begunIn) {
        used = Math.min(used + 1, taken - unused - unusedOfEarlier);
        return isOfNow(begunIn);
    }

    /// Gives one of those back that were taken; used ones go first.
    GivenBack giveBack() {
        taken--;
        if (used > 0) {
            used--;
            return GivenBack.USED;
        }
        if (unusedOfEarlier > 0) {
            unusedOfEarlier--;
            return GivenBack.UNUSED_OF_EARLIER;
        }
        if (unused > 0) {
            unused--;
            underWay = Math.max(0, underWay - 1);
            return GivenBack.UNUSED;
        }
        return GivenBack.USED;
    }
}
