package io.campanile.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;

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
                "\u0930\u093e\u092e@\u0909\u0926\u093e\u0939\u0930\u0923.\u092d\u093e\u0930\u0924",
                "a@\u0939\u093f\u0928\u094d\u0926\u0940.\u092d\u093e\u0930\u0924",
                "a@\u0e15\u0e31\u0e27\u0e2d\u0e22\u0e48\u0e32\u0e07.\u0e44\u0e17\u0e22"
            })
    void knowsAnAddressAtADomainWrittenWithMarks(String text) {
        assertThat(EmailAddress.parse(text))
                .hasValueSatisfying(
                        address -> assertThat(address.asciiDomain()).startsWith("xn--"));
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
                "a***@example.com",
                "a@\u093eb.example"
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@stra\u00dfe.de",
                "ada@STRA\u1e9eE.de",
                "ada@\u03bf\u03b4\u03cc\u03c2.gr",
                "ada@\uff45xample.com",
                "ada@\ufb01sh.example",
                "ada@xn--bcher-kva.b\u00fccher.example",
                "ada@\u1112\u1161\u11ab.example"
            })
    void refusesADomainThatIsAnotherOneToOthersAndSaysWhatToDo(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
        assertThat(EmailAddress.fault(text)).contains("xn--");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@xn--strae-oqa.de",
                "ada@XN--Strae-OQA.de",
                "ada@xn--strae-oqa.b\u00fccher.example",
                "ada@\ud55c.example",
                "stra\u00dfe@example.com"
            })
    void takesADomainThatIsTheSameToEverybody(String text) {
        assertThat(EmailAddress.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "a***@stra\u00dfe.de",
                "e\u0301***@example.com",
                "ada@stra\u00dfe..de"
            })
    void saysOfOtherFaultsOnlyThatItIsNoAddress(String text) {
        assertThat(EmailAddress.fault(text)).isEqualTo("is not an email address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00a0ann@example.com",
                "\ufeffann@example.com",
                "a\u200bnn@example.com",
                "an\u00adn@example.com",
                "ann\u202e@example.com",
                "a\u0085nn@example.com",
                "\ud835ann@example.com"
            })
    void refusesWhatNobodySeesAndSaysSo(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
        assertThat(EmailAddress.fault(text)).contains("nobody sees");
    }

    @ParameterizedTest
    @CsvSource({
        "jose\u0301@example.com, jos\u00e9@example.com",
        "JOSE\u0301@example.com, jos\u00e9@example.com",
        "JOS\u00c9@example.com, jos\u00e9@example.com",
        // There is no capital letter with a caron in one piece.
        "J\u030c@example.com, \u01f0@example.com",
        "\u03a3\u0391\u03a3@example.com, \u03c3\u03b1\u03c3@example.com",
        "\u0130da@example.com, ida@example.com",
        "Ada@example.com, ada@example.com"
    })
    void isTheSameHoweverItsLettersArePutTogether(String text, String form) {
        assertThat(new EmailAddress(text).comparable()).isEqualTo(form);
    }

    @Test
    void comparesEveryLetterInAFormThatStaysAsItIs() {
        assertThat(
                        IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
                                .filter(Character::isDefined)
                                .mapToObj(letter -> Character.toString(letter) + "@example.com")
                                .flatMap(text -> EmailAddress.parse(text).stream())
                                .map(EmailAddress::comparable)
                                .filter(form -> !new EmailAddress(form).comparable().equals(form)))
                .isEmpty();
    }

    @Test
    void isWrittenWithAccentsInTheirLettersAndBehindThem() {
        assertThat(new EmailAddress("Jos\u00e9@example.com").spellings())
                .containsExactly("jos\u00e9@example.com", "jose\u0301@example.com");
    }

    @Test
    void isWrittenWithItsDomainInAsciiAndInLetters() {
        assertThat(new EmailAddress("Ada@B\u00dcCHER.example").spellings())
                .containsExactly("ada@xn--bcher-kva.example", "ada@b\u00fccher.example");
        assertThat(new EmailAddress("ada@xn--strae-oqa.de").spellings())
                .containsExactly("ada@xn--strae-oqa.de");
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
