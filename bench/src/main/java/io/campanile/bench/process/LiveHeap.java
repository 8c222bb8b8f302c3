package io.campanile.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a JVM keeps: its heap after a full collection.
public final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);
    private static final double BYTES_PER_MEGABYTE = 1 << 20;

    private LiveHeap() {}

    /// Collects everything, which stops that JVM for a moment, and says what is left in megabytes.
    public static double megabytes(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        // Counting the live objects by class begins with a full collection.
        var builder = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram");
        try {
            Process process = builder.redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = TOTAL.matcher(output);
            if (!matcher.find()) {
                throw new IllegalStateException("jcmd does not say how large the heap is");
            }
            return Long.parseLong(matcher.group(1)) / BYTES_PER_MEGABYTE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
