package io.campanile.persistence.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.application.content.port.Payload;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class JacksonPayloadCodecTest {
    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

    @Test
    void ordersMembersWhateverOrderTheyCameIn() {
        var one = new LinkedHashMap<String, Object>();
        one.put("b", Map.of("y", 1, "x", 2));
        one.put("a", "text");
        var other = new LinkedHashMap<String, Object>();
        other.put("a", "text");
        other.put("b", Map.of("x", 2, "y", 1));

        assertThat(json(one)).isEqualTo("{\"context\":{\"a\":\"text\",\"b\":{\"x\":2,\"y\":1}}}");
        assertThat(json(other)).isEqualTo(json(one));
    }

    @Test
    void ordersMembersByTheirCodeUnits() {
        // U+10000 is a surrogate pair, which comes before U+FB33 although its code point does not.
        assertThat(json(Map.of("\ufb33", 1, "\ud800\udc00", 2, "\u00e9", 3, "A", 4, "a", 5)))
                .isEqualTo(
                        "{\"context\":{\"A\":4,\"a\":5,\"\u00e9\":3,\"\ud800\udc00\":2,\"\ufb33\":1}}");
    }

    @Test
    void keepsEveryDigitOfANumber() {
        var id = new BigInteger("12345678901234567890");
        var price = new BigDecimal("0.12345678901234567890123456789");

        Payload decoded = codec.decode(codec.encode(payload(Map.of("id", id, "price", price))));

        assertThat(decoded.context().get("id")).hasToString("12345678901234567890");
        assertThat(decoded.context().get("price")).hasToString("0.12345678901234567890123456789");
    }

    @Test
    void spellsEqualNumbersEqually() {
        assertThat(json(Map.of("n", new BigDecimal("1.50")))).isEqualTo(json(Map.of("n", 1.5)));
        assertThat(json(Map.of("n", new BigDecimal("100")))).isEqualTo(json(Map.of("n", 100)));
        assertThat(json(Map.of("n", new BigDecimal("1E+2")))).isEqualTo(json(Map.of("n", 100L)));
        assertThat(json(Map.of("n", -0.0))).isEqualTo(json(Map.of("n", 0)));
    }

    @Test
    void writesVeryLargeAndSmallNumbersWithAnExponent() {
        assertThat(json(Map.of("n", new BigDecimal("1e21")))).contains("\"n\":1e+21");
        assertThat(json(Map.of("n", new BigDecimal("1.5e-7")))).contains("\"n\":1.5e-7");
        assertThat(json(Map.of("n", new BigDecimal("1e20"))))
                .contains("\"n\":100000000000000000000}");
    }

    @Test
    void escapesOnlyWhatMustBeEscaped() {
        assertThat(json(Map.of("t", "\"\\/\n\u001f\u007f\u20ac")))
                .isEqualTo("{\"context\":{\"t\":\"\\\"\\\\/\\n\\u001f\u007f\u20ac\"}}");
    }

    @Test
    void givesBackWhatWasEncoded() {
        var context = new LinkedHashMap<String, Object>();
        context.put("texts", List.of("a", "\ud83d\udd14"));
        context.put("flag", true);
        context.put("nested", Map.of("n", 7));
        var payload = new Payload(context, Map.of("first_name", "Ada"), "de-CH");

        assertThat(codec.decode(codec.encode(payload))).isEqualTo(payload);
    }

    @Test
    void givesBackNullsAndEmptyParts() {
        var context = new LinkedHashMap<String, @Nullable Object>();
        context.put("none", null);

        assertThat(new CanonicalJson().write(context)).hasToString("{\"none\":null}");
        assertThat(codec.decode(codec.encode(payload(Map.of())))).isEqualTo(payload(Map.of()));
    }

    @Test
    void quotesNothingOfAPayloadItCannotRead() {
        byte[] torn =
                "{\"context\":{\"address\":\"ada@example.com".getBytes(StandardCharsets.UTF_8);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.decode(torn))
                .withMessageNotContaining("ada")
                .withNoCause();
    }

    private String json(Map<String, Object> context) {
        return new String(codec.encode(payload(context)), StandardCharsets.UTF_8);
    }

    private static Payload payload(Map<String, Object> context) {
        return new Payload(context, Map.of(), "");
    }
}
