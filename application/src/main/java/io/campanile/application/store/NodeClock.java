package io.campanile.application.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// The clock of a node, and whether it can be believed.
///
/// @param time what it says
/// @param apart whether it is too far from the database's at the moment
/// @param jumped whether it has gone ahead so far of late that it may be wrong
public record NodeClock(InstantSource time, BooleanSupplier apart, BooleanSupplier jumped)
        implements InstantSource {
    /// One that is never in doubt.
    public static NodeClock believed(InstantSource time) {
        return new NodeClock(time, () -> false, () -> false);
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    /// Whether nothing may be taken, marked or settled by it.
    public boolean isApart() {
        return apart.getAsBoolean();
    }

    /// Whether nothing that cannot be undone may be decided by it.
    public boolean isInDoubt() {
        return isApart() || hasJumped();
    }

    /// Whether nothing that is open may expire by it.
    public boolean hasJumped() {
        return jumped.getAsBoolean();
    }
}
