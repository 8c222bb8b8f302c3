package io.campanile.domain.eligibility;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What the allowed list of a workspace says about an address.
///
/// @param until from when on it covers it no more; never when absent
public record AllowedList(Says says, @Nullable Instant until) {
    /// What it can say.
    public enum Says {
        /// Nothing: it is off.
        OFF,
        /// It is on, and the address or its domain stands on it.
        COVERS,
        /// It is on, and neither does.
        LACKS
    }

    public static final AllowedList OFF = new AllowedList(Says.OFF, null);
    public static final AllowedList LACKS = new AllowedList(Says.LACKS, null);

    /// For good.
    public static final AllowedList COVERS = new AllowedList(Says.COVERS, null);

    /// It is on, and covers the address until then; for good when absent.
    public static AllowedList coversUntil(@Nullable Instant until) {
        return new AllowedList(Says.COVERS, until);
    }

    /// Where it is on: the one of the two that covers the address for longer.
    public AllowedList orLonger(AllowedList other) {
        if (says != Says.COVERS || other.says != Says.COVERS) {
            return says == Says.COVERS ? this : other;
        }
        boolean longer = until == null || (other.until != null && until.isAfter(other.until));
        return longer ? this : other;
    }

    /// Whether a message may go to the address now.
    boolean lets(Instant now) {
        return switch (says) {
            case OFF -> true;
            case COVERS -> until == null || now.isBefore(until);
            case LACKS -> false;
        };
    }
}
