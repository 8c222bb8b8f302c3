package io.campanile.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

class JsonTextTest {
    @Test
    void readsEveryKindOfValue() {
        String json =
                " {\"a\": [1, -2.50, true, false, \"x\\n\\u00e4\\\"\"], \"b\": {}, \"c\": []} ";

        assertThat(JsonText.parse(json))
                .hasValue(
                        new JsonText.Value(
                                Map.of(
                                        "a",
                                        List.of(1L, new BigDecimal("-2.50"), true, false, "x\nä\""),
                                        "b",
                                        Map.of(),
                                        "c",
                                        List.of())));
    }

    @ParameterizedTest
    @CsvSource({"3.0, 3", "1.0E7, 10000000", "-0.0, 0", "9.007199254740992E15, 9007199254740992"})
    void readsDoublesThatAreWholeAsTheyAreMeant(String json, long number) {
        assertThat(JsonText.parse(json)).hasValue(new JsonText.Value(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5", "1.0E300", "1.0E-300"})
    void keepsOtherDoubles(String json) {
        assertThat(JsonText.parse(json)).hasValue(new JsonText.Value(new BigDecimal(json)));
    }

    @Test
    void keepsAllDigitsOfLargeIntegers() {
        assertThat(JsonText.parse("99999999999999999999"))
                .hasValue(new JsonText.Value(new BigInteger("99999999999999999999")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "there",
                "01",
                "+1",
                ".5",
                "1.",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1,\"a\":2}",
                "[1 2]",
                "nul",
                "\"\n\"",
                "1 2",
                "NaN",
                "'a'"
            })
    void refusesWhatIsNotJson(String text) {
        assertThat(JsonText.parse(text)).isEmpty();
    }

    @Test
    void refusesToBeDrivenIntoTheDepth() {
        assertThat(JsonText.parse("[".repeat(100_000))).isEmpty();
    }
}
