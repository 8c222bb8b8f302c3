package io.campanile.domain.broadcast;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A part of a broadcast that goes first, and what must not become of it for the rest to follow.
///
/// @param sampleSize how many members go first; no more than may be in delivery at once. A larger
///   sample would never be written whole, and so never be judged, with a provider that takes
///   nothing
/// @param maxFailedPercent of those tried; messages that are stuck at a provider count as failed.
///   More than this halts the broadcast, and so do the other limits
/// @param settleTimeout how long messages of the sample are waited for that stay open
/// @param observation how long after that the sample is judged: bounces come later
public record Canary(
        int sampleSize,
        double maxFailedPercent,
        double maxBouncedPercent,
        double maxUnknownPercent,
        double maxComplainedPercent,
        Duration settleTimeout,
        Duration observation) {
    public static final double USUAL_MAX_FAILED_PERCENT = 5;
    public static final double USUAL_MAX_BOUNCED_PERCENT = 2;
    public static final double USUAL_MAX_UNKNOWN_PERCENT = 5;
    public static final double USUAL_MAX_COMPLAINED_PERCENT = 0.3;
    public static final Duration USUAL_SETTLE_TIMEOUT = Duration.ofHours(24);
    public static final Duration USUAL_OBSERVATION = Duration.ofMinutes(10);

    /// Complaints above this are worth a look, though the rest follows: large mailbox providers ask
    /// senders to stay below, long before they refuse their mail.
    private static final double MANY_COMPLAINED_PERCENT = 0.1;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public Canary {
        if (sampleSize < 1 || sampleSize > Broadcast.MOST_IN_DELIVERY) {
            throw new IllegalArgumentException("no sample: " + sampleSize);
        }
        requirePercent(maxFailedPercent);
        requirePercent(maxBouncedPercent);
        requirePercent(maxUnknownPercent);
        requirePercent(maxComplainedPercent);
        if (settleTimeout.isNegative() || observation.isNegative()) {
            throw new IllegalArgumentException(settleTimeout + ", " + observation);
        }
    }

    private static void requirePercent(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("no percentage: " + percent);
        }
    }

    /// Why what became of the sample halts the broadcast; empty when it goes on.
    public List<HaltCause> judge(SampleCounts sample) {
        if (sample.tried() == 0) {
            return List.of(new HaltCause.NobodyTried());
        }
        var causes = new ArrayList<HaltCause>();
        for (HaltCause.Measure measure : HaltCause.Measure.values()) {
            double most = most(measure);
            long count = count(measure, sample);
            if (isMore(count, sample.tried(), most)) {
                causes.add(
                        new HaltCause.ThresholdPassed(
                                measure, count, 100.0 * count / sample.tried(), most));
            }
        }
        return List.copyOf(causes);
    }

    /// Whether somebody should look at the complaints, also where the broadcast goes on.
    public boolean warns(SampleCounts sample) {
        return isMore(sample.complained(), sample.tried(), MANY_COMPLAINED_PERCENT);
    }

    private double most(HaltCause.Measure measure) {
        return switch (measure) {
            case FAILED -> maxFailedPercent;
            case BOUNCED -> maxBouncedPercent;
            case UNKNOWN -> maxUnknownPercent;
            case COMPLAINED -> maxComplainedPercent;
        };
    }

    private static long count(HaltCause.Measure measure, SampleCounts sample) {
        return switch (measure) {
            // A provider that refuses us puts everything off and fails nothing.
            case FAILED -> sample.failed() + sample.stuck();
            case BOUNCED -> sample.bounced();
            case UNKNOWN -> sample.unknown();
            case COMPLAINED -> sample.complained();
        };
    }

    /// Exact: 3 of 3,000 are not more than 0.1 %.
    private static boolean isMore(long count, long of, double percent) {
        BigDecimal allowed = BigDecimal.valueOf(percent).multiply(BigDecimal.valueOf(of));
        return BigDecimal.valueOf(count).multiply(HUNDRED).compareTo(allowed) > 0;
    }
}
