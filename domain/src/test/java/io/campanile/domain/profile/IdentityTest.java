package io.campanile.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

class IdentityTest {
    @ParameterizedTest
    @CsvSource({
        "email, ada@example.com",
        "email, ada",
        "crmId, 4711",
        "crmId, a***@example.com@example.com",
        "crmId, 4",
        "crmId, \ud83d\ude00",
        "shop, stra\u00dfe@example.com"
    })
    void isRefusedAsItsMaskAndNotAsItself(String namespace, String value) {
        var identity = new Identity(namespace, value);

        assertThat(identity.fault()).isEmpty();
        assertThat(new Identity(namespace, identity.masked()).fault()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "crmId, 4***2",
        "crmId, a***@example.com",
        "crmId, ***",
        "email, ad***@example.com"
    })
    void isNoMaskForHavingStars(String namespace, String value) {
        assertThat(new Identity(namespace, value).fault()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "email, ada@stra\u00dfe.de, true",
        "email, ada@xn--strae-oqa.de, false",
        "crmId, ada@stra\u00dfe.de, false"
    })
    void hasADomainThatIsTheSameToEverybodyWhereItIsAnAddress(
            String namespace, String value, boolean refused) {
        assertThat(new Identity(namespace, value).fault().isPresent()).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({"Email, true", "EMAIL, true", "email, false", "e-mail, false", "Crm, false"})
    void isOfTheNamespaceOfAddressesInSmallLettersOnly(String namespace, boolean refused) {
        assertThat(new Identity(namespace, "ada@example.com").fault().map(Identity.Fault::part))
                .isEqualTo(refused ? Optional.of("namespace") : Optional.empty());
    }
}
