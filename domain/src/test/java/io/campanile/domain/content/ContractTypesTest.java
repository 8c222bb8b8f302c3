package io.campanile.domain.content;

import static io.campanile.domain.content.Contracts.declared;
import static io.campanile.domain.content.Contracts.ofHtml;
import static io.campanile.domain.content.Contracts.pathsOf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/// What passes for a value of each type.
class ContractTypesTest {
    static List<Arguments> right() {
        return List.of(
                Arguments.of(FieldType.STRING, ""),
                Arguments.of(FieldType.NUMBER, 1.5),
                Arguments.of(FieldType.NUMBER, new BigDecimal("1.5")),
                Arguments.of(FieldType.INTEGER, 9_007_199_254_740_993L),
                Arguments.of(FieldType.INTEGER, new BigInteger("99999999999999999999")),
                Arguments.of(FieldType.INTEGER, new BigDecimal("1E+2")),
                Arguments.of(FieldType.INTEGER, 0x1p53),
                Arguments.of(FieldType.INTEGER, "99999999999999999999"),
                Arguments.of(FieldType.BOOLEAN, false),
                Arguments.of(FieldType.TIMESTAMP, "2026-01-31T09:30:00Z"),
                Arguments.of(FieldType.TIMESTAMP, "2026-01-31T09:30:00.123+02:00"),
                Arguments.of(FieldType.URL, "https://example.com/a?b=c"),
                Arguments.of(FieldType.URL, "https://m\u00fcnchen.de/x"),
                Arguments.of(FieldType.URL, "HTTPS://ann@\u4f8b\u3048.\u30c6\u30b9\u30c8.:8443?b"),
                Arguments.of(FieldType.URL, "http://my_shop.example.com:/x"),
                Arguments.of(FieldType.URL, "http://[::1]:8080/"),
                Arguments.of(FieldType.LIST, List.of()),
                Arguments.of(FieldType.OBJECT, Map.of()));
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of(FieldType.STRING, 1L),
                Arguments.of(FieldType.NUMBER, "1"),
                Arguments.of(FieldType.NUMBER, Double.NaN),
                Arguments.of(FieldType.INTEGER, 1.5),
                Arguments.of(FieldType.INTEGER, 0x1p54),
                Arguments.of(FieldType.INTEGER, Double.POSITIVE_INFINITY),
                Arguments.of(FieldType.INTEGER, "12x"),
                Arguments.of(FieldType.BOOLEAN, "true"),
                Arguments.of(FieldType.TIMESTAMP, "2026-01-31"),
                Arguments.of(FieldType.TIMESTAMP, "2026-01-31T09:30Z"),
                Arguments.of(FieldType.TIMESTAMP, "2026-02-30T09:30:00Z"),
                Arguments.of(FieldType.URL, "javascript:alert(1)"),
                Arguments.of(FieldType.URL, "/relative"),
                Arguments.of(FieldType.URL, "https:///x"),
                Arguments.of(FieldType.URL, "https://"),
                Arguments.of(FieldType.URL, "https:example.com"),
                Arguments.of(FieldType.URL, "https://m\u00fcnchen..de"),
                Arguments.of(FieldType.URL, "https://m\u00fcnchen.de:port"),
                Arguments.of(FieldType.URL, "https://-m\u00fcnchen.de"),
                Arguments.of(FieldType.URL, "https://m\u00fcnchen.256"),
                Arguments.of(FieldType.URL, "https://256.1.1.1"),
                Arguments.of(FieldType.URL, "https://my shop.example.com"),
                Arguments.of(FieldType.URL, "ftp://m\u00fcnchen.de"),
                Arguments.of(FieldType.LIST, Map.of()),
                Arguments.of(FieldType.OBJECT, List.of()));
    }

    @ParameterizedTest
    @MethodSource("right")
    void areRecognised(FieldType type, Object value) {
        Contract contract = ofHtml("", declared("context.a", type));

        assertThat(contract.check(Map.of("a", value), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void areEnforced(FieldType type, Object value) {
        Contract contract = ofHtml("", declared("context.a", type));

        assertThat(pathsOf(contract.check(Map.of("a", value), Map.of())))
                .containsExactly("context.a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", "a_.", "\u00fc.", "1."})
    void nameNoHostOfThousandsOfLabels(String label) {
        Contract contract = ofHtml("", declared("profile.website", FieldType.URL));
        String url = "http://a_." + label.repeat(60_000 / label.length()) + "a";

        assertThat(contract.checkProfile(Map.of("website", url)))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.path()).isEqualTo("profile.website");
                    assertThat(violation.description())
                            .isEqualTo("must be an absolute http or https URL");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a@%s@b", "http://%s@1_"})
    void nameNoHostBehindThousandsOfLabels(String form) {
        Contract contract = ofHtml("", declared("profile.website", FieldType.URL));

        assertThat(contract.checkProfile(Map.of("website", form.formatted("a.".repeat(30_000)))))
                .hasSize(1);
    }

    @Test
    void takeTheLongestNameOfAHost() {
        Contract contract = ofHtml("", declared("context.a", FieldType.URL));
        String host = "a_." + "a.".repeat(125) + "ab";

        assertThat(contract.check(Map.of("a", "http://" + host + ":65535/x"), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void keepNumbersThatAreNoneOutOfMails(double value) {
        assertThat(ofHtml("{{context.a}}").check(Map.of("a", value), Map.of())).hasSize(1);
    }
}
