package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.server.settings.PemFile;
import io.campanile.server.settings.SettingsInvalid;
import io.campanile.server.testing.PemCertificate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

class CertificateWatchTest {
    @TempDir private Path folder;

    @Test
    void refusesOneThatIsOver() throws IOException {
        Path expired = PemCertificate.makeExpired(folder, "expired").file();

        assertThatThrownBy(
                        () -> new CertificateWatch(expired, InstantSource.system()).refuseInvalid())
                .isInstanceOf(SettingsInvalid.class)
                .hasMessageContaining(
                        "CAMPANILE_TLS_CERTIFICATE ended on " + PemFile.endOf(expired));
    }

    @Test
    void refusesOneThatHasNotBegun() throws IOException {
        Path file = PemCertificate.make(folder, "server").file();
        Instant start = PemFile.startOf(file);

        assertThatThrownBy(() -> watch(file, start.minusSeconds(1)).refuseInvalid())
                .isInstanceOf(SettingsInvalid.class)
                .hasMessageContaining("CAMPANILE_TLS_CERTIFICATE begins on " + start);
        assertThatCode(() -> watch(file, start).refuseInvalid()).doesNotThrowAnyException();
    }

    @Test
    void takesOneWhoseAuthorityBehindItIsOver() throws IOException {
        Path expired = PemCertificate.makeExpired(folder, "expired").file();
        Path chain = PemCertificate.make(folder, "server").file();
        Files.writeString(chain, Files.readString(chain) + Files.readString(expired));

        assertThatCode(() -> new CertificateWatch(chain, InstantSource.system()).refuseInvalid())
                .doesNotThrowAnyException();
    }

    @Test
    void warnsFromFourteenDaysBeforeTheEndOn() throws IOException {
        Path file = PemCertificate.make(folder, "server").file();
        Instant end = PemFile.endOf(file);

        assertThat(warningAt(file, end.minus(Duration.ofDays(14)).minusSeconds(1))).isEmpty();
        assertThat(warningAt(file, end.minus(Duration.ofDays(14))))
                .hasValue(
                        "the certificate ends soon: renew CAMPANILE_TLS_CERTIFICATE and start again"
                                + " end="
                                + end);
        assertThat(warningAt(file, end))
                .hasValueSatisfying(
                        warning -> assertThat(warning).startsWith("the certificate is over"));
    }

    private static Optional<String> warningAt(Path file, Instant time) {
        return watch(file, time).warning();
    }

    private static CertificateWatch watch(Path file, Instant time) {
        return new CertificateWatch(file, InstantSource.fixed(time));
    }
}
