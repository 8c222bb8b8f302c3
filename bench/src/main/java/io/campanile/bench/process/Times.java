package io.campanile.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Points in time that several processes of one machine compare: microseconds since 1970, by number
/// of message, and the files they are passed in.
public final class Times {
    private Times() {}

    public static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    public static void save(Path file, long[] micros) {
        ByteBuffer bytes = ByteBuffer.allocate(micros.length * Long.BYTES);
        bytes.asLongBuffer().put(micros);
        try {
            Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static long[] load(Path file) {
        try {
            var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer();
            var micros = new long[bytes.remaining()];
            bytes.get(micros);
            return micros;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
