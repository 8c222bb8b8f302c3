package io.campanile.persistence.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.audience.port.AudienceRules.Check;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelAudienceRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
                    profile.attributes.plan = "gold"            ~ Compare by ==.
                    profile.attributes.vip == true and true     ~ Join by &&.
                    profile.attributes.vip == true OR true      ~ Join by ||.
                    profile.attributes.größe == 7               ~ attributes["any name"].
                    profile.attributes.ölig == 7                ~ attributes["any name"].
                    true ) true                                 ~ from here on.
                    true &&                                     ~ from here on.
                    """)
    void saysWhatToWriteInPlaceOfOtherLanguages(String rule, String end) {
        assertThat(new CelAudienceRules().check(rule))
                .isInstanceOfSatisfying(
                        Check.Invalid.class,
                        invalid -> assertThat(invalid.problems().getFirst().text()).endsWith(end));
    }
}
