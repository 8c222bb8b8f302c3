package io.campanile.server.node;

import io.campanile.server.settings.PemFile;
import io.campanile.server.settings.Settings;
import io.campanile.server.settings.SettingsInvalid;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Watches when the certificate of the API ends: from then on nobody calls any more, while the node
/// itself is well. It is that of the start, whatever the file holds by now.
final class CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration AHEAD = Duration.ofDays(14);

    private final Instant start;
    private final Instant end;
    private final InstantSource clock;

    CertificateWatch(Path certificate, InstantSource clock) {
        this.start = PemFile.startOf(certificate);
        this.end = PemFile.endOf(certificate);
        this.clock = clock;
    }

    /// For a node that shows one.
    static Optional<CertificateWatch> of(Settings settings, InstantSource clock) {
        return settings.grpc()
                .tls()
                .filter(_ -> settings.answersCalls())
                .map(tls -> new CertificateWatch(tls.certificate(), clock));
    }

    /// @throws SettingsInvalid when it is over, or has not begun
    void refuseInvalid() {
        if (clock.instant().isBefore(start)) {
            throw new SettingsInvalid(
                    List.of(
                            "CAMPANILE_TLS_CERTIFICATE begins on %s: name one that is valid, or set the clock"
                                    .formatted(start)));
        }
        if (isOver()) {
            throw new SettingsInvalid(
                    List.of(
                            "CAMPANILE_TLS_CERTIFICATE ended on %s: name one that is valid"
                                    .formatted(end)));
        }
    }

    /// Says in the log what there is to say.
    void look() {
        warning().ifPresent(LOG::warn);
    }

    /// That it ends soon, or is over.
    Optional<String> warning() {
        boolean isFar = clock.instant().plus(AHEAD).isBefore(end);
        return isFar
                ? Optional.empty()
                : Optional.of(
                        (isOver()
                                        ? "the certificate is over, and nobody can call"
                                        : "the certificate ends soon")
                                + ": renew CAMPANILE_TLS_CERTIFICATE and start again end="
                                + end);
    }

    private boolean isOver() {
        return !clock.instant().isBefore(end);
    }
}
