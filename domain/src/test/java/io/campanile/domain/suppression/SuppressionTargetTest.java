package io.campanile.domain.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.EmailAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionTargetTest {
    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ada@example.com",
        "Ada.Lovelace@Example.COM, ada.lovelace@example.com",
        "ada@b\u00fccher.example, ada@xn--bcher-kva.example",
        "ada@B\u00dcCHER.example, ada@xn--bcher-kva.example",
        "D\u00d6rte@example.com, d\u00f6rte@example.com",
        "Example.com, example.com",
        "ada@localhost, ada@localhost",
        "xn--strae-oqa.de, xn--strae-oqa.de",
        "B\u00fccher.example, xn--bcher-kva.example"
    })
    void comparesEverySpellingInOneForm(String text, String form) {
        assertThat(SuppressionTarget.parse(text)).contains(new SuppressionTarget(form));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@example.com",
                "ada@",
                "exam ple.com",
                "example..com",
                "-a.com",
                "a-.com",
                "4711",
                "ada",
                "com",
                "\u00a0ann@example.com",
                "\u00a0example.com",
                "\u00e9@foo-.com"
            })
    void refusesWhatIsNeitherAddressNorDomain(String text) {
        assertThat(SuppressionTarget.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stra\u00dfe.de", "ada@stra\u00dfe.de"})
    void refusesADomainThatIsAnotherOneToOthers(String text) {
        assertThat(SuppressionTarget.parse(text)).isEmpty();
        assertThat(SuppressionTarget.fault(text)).contains("xn--");
        assertThat(SuppressionTarget.fault("-a.com"))
                .isEqualTo("is neither an email address nor a domain");
    }

    @Test
    void refusesAStarForEverybodyAtADomain() {
        assertThat(SuppressionTarget.parse("*@example.com")).isEmpty();
        assertThat(SuppressionTarget.fault("*@example.com")).contains("write the domain alone");
    }

    @Test
    void isTheSameForAnAddressAndItsDomainAsForTheirTexts() {
        var address = new EmailAddress("Ada@B\u00fccher.example");

        assertThat(SuppressionTarget.parse("ada@b\u00fccher.example"))
                .contains(SuppressionTarget.of(address));
        assertThat(SuppressionTarget.parse("b\u00fccher.example"))
                .contains(SuppressionTarget.domainOf(address));
    }

    @Test
    void printsAddressesMasked() {
        assertThat(SuppressionTarget.parse("ada@example.com").orElseThrow())
                .hasToString("a***@example.com");
        assertThat(SuppressionTarget.parse("example.com").orElseThrow()).hasToString("example.com");
    }
}
