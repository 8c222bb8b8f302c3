package io.campanile.domain.suppression;

import org.jspecify.annotations.Nullable;

/// When a bounced address is written to no more: after a hard bounce at once, after soft ones when
/// there are too many.
///
/// @param softBounces how many are too many
public record BounceRule(int softBounces) {
    public BounceRule {
        if (softBounces < 1) {
            throw new IllegalArgumentException("nobody could be written to: " + softBounces);
        }
    }

    /// What follows from a bounce.
    public sealed interface Verdict {
        /// The address is suppressed, and nothing of it is counted any more.
        record Suppress(SuppressionReason reason) implements Verdict {}

        /// The address is still written to.
        record Count(BounceCount count) implements Verdict {}
    }

    /// What follows from a bounce of an address with this count.
    ///
    /// @param before absent when nothing is counted
    public Verdict after(Bounce bounce, @Nullable BounceCount before) {
        return switch (bounce.kind()) {
            case HARD -> new Verdict.Suppress(SuppressionReason.HARD_BOUNCE);
            case SOFT ->
                    counted(
                            before == null
                                    ? BounceCount.first(bounce.time())
                                    : before.next(bounce.time()));
        };
    }

    private Verdict counted(BounceCount count) {
        return count.bounces() < softBounces
                ? new Verdict.Count(count)
                : new Verdict.Suppress(SuppressionReason.SOFT_BOUNCES);
    }
}
