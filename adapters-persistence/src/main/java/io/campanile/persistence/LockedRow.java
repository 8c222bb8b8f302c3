package io.campanile.persistence;

/// The row of a resource that the caller has locked.
public final class LockedRow {
    private LockedRow() {}

    /// Fails when an update met no row: the caller forgot the lock, or to look whether there is
    /// one.
    ///
    /// @param rows how many rows the update met
    public static void requireMet(int rows, Object name) {
        if (rows != 1) {
            throw new IllegalStateException("an update met " + rows + " rows of " + name);
        }
    }
}
