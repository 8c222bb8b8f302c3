package io.campanile.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.com",
                "ada.lovelace+news@sub.example.com",
                "o'brien@example.com",
                "d\u00f6rte@b\u00fccher.example",
                "x@localhost"
            })
    void knowsAnAddress(String text) {
        assertThat(EmailAddress.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.com",
                "ada@",
                "ada@@example.com",
                "ada@exam ple.com",
                "ada@example.com\r\nBcc: eve@example.com",
                "ada@example.com,eve@example.com",
                "Ada <ada@example.com>",
                ".ada@example.com",
                "ada.@example.com",
                "a..da@example.com",
                "ada@-example.com",
                "ada@example..com",
                "a\u0000da@example.com",
                "a***@example.com"
            })
    void refusesWhatIsNotOne(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@xn--b\u00fccher.example",
                "ada@\u05d0a.example",
                "ada@\u2488example.com",
                "ada@\u2474.example",
                "d\u00f6rte@\u05d0a.example"
            })
    void refusesADomainWithoutAnAsciiForm(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void refusesADomainThatIsTooLongInAscii() {
        assertThat(EmailAddress.parse("ada@" + "\u00fc".repeat(63) + ".example")).isEmpty();
        assertThat(EmailAddress.parse("ada@" + "b\u00fccher.".repeat(20) + "example")).isEmpty();
    }

    @Test
    void refusesWhatSmtpCannotCarry() {
        assertThat(EmailAddress.parse("a".repeat(65) + "@example.com")).isEmpty();
        assertThat(
                        EmailAddress.parse(
                                "ada@" + "a".repeat(63) + ".".concat("b".repeat(190)) + ".com"))
                .isEmpty();
    }

    @Test
    void printsItselfMasked() {
        assertThat(new EmailAddress("ada@example.com")).hasToString("a***@example.com");
    }
}
