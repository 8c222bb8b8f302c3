package io.campanile.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.SmtpServer.Security;

import org.junit.jupiter.api.Test;

class SmtpServerTest {
    private static final SmtpServer VERIFIED = relay("a.example.com", Security.STARTTLS, true, "A");

    private static SmtpServer relay(
            String host, Security security, boolean verified, String trusted) {
        return new SmtpServer(host, 587, security, verified, trusted, null, "");
    }

    @Test
    void sharesItsPasswordWithItselfHoweverItIsWritten() {
        assertThat(VERIFIED.sharesPasswordWith(VERIFIED)).isTrue();
        assertThat(
                        VERIFIED.sharesPasswordWith(
                                relay("A.EXAMPLE.com", Security.IMPLICIT_TLS, true, "A\n")))
                .isTrue();
    }

    @Test
    void sharesItWithNoOtherRelayNorWithoutProtection() {
        assertThat(
                        VERIFIED.sharesPasswordWith(
                                relay("b.example.com", Security.STARTTLS, true, "A")))
                .isFalse();
        assertThat(
                        VERIFIED.sharesPasswordWith(
                                relay("a.example.com", Security.PLAINTEXT, true, "A")))
                .isFalse();
        assertThat(
                        VERIFIED.sharesPasswordWith(
                                relay("a.example.com", Security.STARTTLS, false, "A")))
                .isFalse();
    }

    @Test
    void sharesItWithNobodyWhomOthersVouchFor() {
        assertThat(
                        VERIFIED.sharesPasswordWith(
                                relay("a.example.com", Security.STARTTLS, true, "B")))
                .isFalse();
        assertThat(VERIFIED.sharesPasswordWith(relay("a.example.com", Security.STARTTLS, true, "")))
                .isFalse();
    }

    @Test
    void asksForNothingWhereNobodyWasVerified() {
        SmtpServer open = relay("a.example.com", Security.PLAINTEXT, true, "A");
        SmtpServer unverified = relay("a.example.com", Security.STARTTLS, false, "A");
        SmtpServer next = relay("a.example.com", Security.STARTTLS, true, "B");

        assertThat(open.sharesPasswordWith(next)).isTrue();
        assertThat(unverified.sharesPasswordWith(next)).isTrue();
    }
}
