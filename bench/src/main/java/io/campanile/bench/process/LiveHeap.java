package io.campanile.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a JVM keeps: its heap after a full collection.
public final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);
    private static final long PATIENCE_SECONDS = 60;
    private static final double BYTES_PER_MEGABYTE = 1 << 20;

    private LiveHeap() {}

    /// Collects everything, which stops that JVM for a moment, and says what is left in megabytes.
    public static double megabytes(long pid) throws InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        // Counting the live objects by class begins with a full collection.
        var builder = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram");
        try {
            Path output = Files.createTempFile("histogram", ".txt");
            try {
                run(builder.redirectErrorStream(true).redirectOutput(output.toFile()).start());
                return megabytes(Files.readString(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("jcmd does not come back");
        }
    }

    private static double megabytes(String histogram) {
        Matcher matcher = TOTAL.matcher(histogram);
        if (!matcher.find()) {
            throw new IllegalStateException("jcmd does not say how large the heap is");
        }
        return Long.parseLong(matcher.group(1)) / BYTES_PER_MEGABYTE;
    }
}
