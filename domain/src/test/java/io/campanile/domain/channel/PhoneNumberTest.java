package io.campanile.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "+1",
                "436641234567",
                "+0436641234",
                "+43 664",
                "+1234567890123456"
            })
    void isNothingButThePlusAndUpToFifteenDigits(String text) {
        assertThat(PhoneNumber.parse(text)).isEmpty();
    }

    @Test
    void printsItselfMasked() {
        assertThat(new PhoneNumber("+436641234567")).hasToString("+***67");
        assertThat(new PushToken(PushToken.Platform.IOS, "shop", "t-1", true).toString())
                .doesNotContain("t-1");
    }
}
