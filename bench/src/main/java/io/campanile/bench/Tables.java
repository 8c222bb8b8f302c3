package io.campanile.bench;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// Reports for people.
final class Tables {
    private Tables() {}

    static String text(Report report) {
        var text = new StringBuilder();
        text.append(
                "%s (%s): %,d messages in %.1f s%n"
                        .formatted(
                                report.bench(),
                                report.mode(),
                                report.messages(),
                                report.seconds()));
        line(text, "lost", report.lost());
        line(text, "duplicated", report.duplicated());
        line(text, "accepted/s", report.acceptedPerS());
        line(text, "handed over/s", report.handedOverPerS());
        line(text, "accept p50 ms", report.acceptP50Ms());
        line(text, "accept p99 ms", report.acceptP99Ms());
        line(text, "hand-over p50 ms", report.handoverP50Ms());
        line(text, "hand-over p99 ms", report.handoverP99Ms());
        report.levels()
                .forEach(level -> text.append("  level ").append(figures(level)).append('\n'));
        section(text, "baselines", report.baselines());
        section(text, "ratios", report.ratios());
        section(text, "CPU µs/message", report.cpuMicrosPerMessage());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable Long count) {
        if (count != null) {
            text.append("  %-18s %,d%n".formatted(name, count));
        }
    }

    private static void line(StringBuilder text, String name, @Nullable Double figure) {
        if (figure != null) {
            text.append("  %-18s %,.2f%n".formatted(name, figure));
        }
    }

    private static void section(StringBuilder text, String name, Map<String, Double> figures) {
        if (!figures.isEmpty()) {
            text.append("  %-18s %s%n".formatted(name, figures(figures)));
        }
    }

    private static String figures(Map<String, ?> figures) {
        return figures.toString().replaceAll("[{}]", "");
    }
}
