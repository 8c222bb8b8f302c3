package io.campanile.bench;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/// What a benchmark found; printed as one line of JSON. Figures a benchmark does not have are null.
///
/// @param baselines what the system was compared with, in the same unit as what it is compared to
/// @param ratios the system's figure divided by a baseline's
/// @param cpuMicrosPerMessage processor time by process, and of the server by stage
record Report(
        String bench,
        String mode,
        long messages,
        double seconds,
        @Nullable Double acceptedPerS,
        @Nullable Double handedOverPerS,
        @Nullable Double acceptP50Ms,
        @Nullable Double acceptP99Ms,
        @Nullable Double handoverP50Ms,
        @Nullable Double handoverP99Ms,
        @Nullable Long lost,
        @Nullable Long duplicated,
        Map<String, Double> baselines,
        Map<String, Double> ratios,
        List<Map<String, Object>> levels,
        Map<String, Double> cpuMicrosPerMessage) {

    /// Whether any message is known to be lost or doubled.
    boolean losesOrDoubles() {
        return isPositive(lost) || isPositive(duplicated);
    }

    private static boolean isPositive(@Nullable Long count) {
        return count != null && count > 0;
    }

    /// Four digits are more than repeats.
    static double round(double figure) {
        if (figure == 0 || !Double.isFinite(figure)) {
            return 0;
        }
        return new BigDecimal(figure).round(new MathContext(4)).doubleValue();
    }
}
