package io.campanile.application.trigger;

import io.campanile.domain.broadcast.Canary;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells whether two calls with one request id ask for the same: SHA-256 over everything that
/// matters, each part with its length, maps in sorted order. How the caller waits does not matter.
/// Nor does what was found wrong with the call, because the next release may say it in other words.
/// The digest is stored only as a keyed hash ([io.campanile.application.secret.RequestDigests]),
/// because one-time codes are among what it is made of.
final class TriggerDigest {
    private TriggerDigest() {}

    /// The 32 bytes.
    ///
    /// @param payloads the payload of each recipient in its canonical form, in order
    static byte[] of(TriggerCommand command, List<byte[]> payloads) {
        return of(
                command.envelope(),
                out -> {
                    out.writeInt(command.recipients().size());
                    for (int i = 0; i < payloads.size(); i++) {
                        write(out, command.recipients().get(i), payloads.get(i));
                    }
                });
    }

    /// What is written after the envelope.
    @FunctionalInterface
    private interface Rest {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] of(TriggerEnvelope envelope, Rest rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, envelope.campaign().toString());
            write(out, envelope.scheduleTime());
            write(out, envelope.expireTime());
            for (Map.Entry<String, String> label : new TreeMap<>(envelope.metadata()).entrySet()) {
                write(out, label.getKey());
                write(out, label.getValue());
            }
            rest.write(out);
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The same for a trigger of the campaign's audience. It has no recipients, and no trigger with
    /// recipients has a payload in their place.
    static byte[] ofAudience(AudienceTriggerCommand command, byte[] payload) {
        BroadcastOptions options = command.options();
        return of(
                command.envelope(),
                out -> {
                    out.writeInt(0);
                    out.writeInt(payload.length);
                    out.write(payload);
                    out.writeDouble(options.rate().perSecond());
                    write(out, options.canary());
                });
    }

    private static void write(DataOutputStream out, @Nullable Canary canary) throws IOException {
        if (canary != null) {
            out.writeInt(canary.sampleSize());
            out.writeDouble(canary.maxFailedPercent());
            out.writeDouble(canary.maxBouncedPercent());
            out.writeDouble(canary.maxUnknownPercent());
            out.writeDouble(canary.maxComplainedPercent());
            write(out, canary.settleTimeout().toString());
            write(out, canary.observation().toString());
        }
    }

    private static void write(DataOutputStream out, TriggerCommand.Entry entry, byte[] payload)
            throws IOException {
        write(out, entry.recipient().identity().namespace());
        write(out, entry.recipient().identity().value());
        write(out, entry.recipient().address());
        out.writeInt(payload.length);
        out.write(payload);
        write(out, entry.unread());
    }

    private static void write(DataOutputStream out, @Nullable Instant time) throws IOException {
        write(out, time == null ? "" : time.toString());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
