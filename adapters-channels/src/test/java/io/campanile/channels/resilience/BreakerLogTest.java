package io.campanile.channels.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.log.LogLines;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;

import javax.net.ssl.SSLHandshakeException;

class BreakerLogTest {
    private static final String NAME = "workspaces/default/channelConfigurations/deep";
    private final BreakerLog log =
            new BreakerLog(new ChannelConfigurationName(WorkspaceId.DEFAULT, "deep"));

    @Test
    void endsWithTheInnermostCauseHoweverDeepItLies() {
        Exception failure = new CertificateExpiredException("mail.example.com");
        failure = new CertPathValidatorException("mail.example.com", failure);
        failure = new CertificateException("mail.example.com", failure);
        failure = new SSLHandshakeException("mail.example.com", failure);
        failure = new IOException("mail.example.com", failure);
        failure = new IllegalStateException("mail.example.com", failure);

        assertThat(opened(failure))
                .contains(
                        " failure=IllegalStateException/IOException/SSLHandshakeException"
                                + "/CertificateException/…/CertificateExpiredException ")
                .doesNotContain("example.com");
    }

    @Test
    void namesAllCausesWhereTheyAreFew() {
        assertThat(opened(new IOException(new IllegalStateException())))
                .contains(" failure=IOException/IllegalStateException ");
        assertThat(opened(null)).contains(" failure=none ");
    }

    @Test
    void comesToAnEndWhereCausesGoInCircles() {
        var outer = new IOException();
        var inner = new IllegalStateException(outer);
        outer.initCause(inner);

        assertThat(opened(outer)).contains(" failure=IOException/IllegalStateException/");
    }

    private String opened(@Nullable Exception failure) {
        var outcome =
                new AttemptOutcome.Busy(Reason.PROVIDER_MISCONFIGURED, ProviderReply.NONE, null);
        try (var lines = LogLines.of(BreakerLog.class.getName())) {
            log.opened(new Attempt(outcome, failure, null), Duration.ofSeconds(30));
            return lines.all().stream()
                    .filter(line -> line.contains(NAME))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
