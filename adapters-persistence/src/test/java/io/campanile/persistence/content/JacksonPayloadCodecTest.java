package io.campanile.persistence.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.testkit.content.PayloadCodecContract;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class JacksonPayloadCodecTest extends PayloadCodecContract {
    private final PayloadCodec codec = new JacksonPayloadCodec();

    @Override
    protected PayloadCodec codec() {
        return codec;
    }

    @Test
    void ordersMembersByTheirCodeUnits() {
        // U+10000 is a surrogate pair, which comes before U+FB33 although its code point does not.
        assertThat(json(Map.of("\ufb33", 1, "\ud800\udc00", 2, "\u00e9", 3, "A", 4, "a", 5)))
                .isEqualTo(
                        "{\"context\":{\"A\":4,\"a\":5,\"\u00e9\":3,\"\ud800\udc00\":2,\"\ufb33\":1}}");
    }

    @Test
    void writesVeryLargeAndSmallNumbersWithAnExponent() {
        assertThat(json(Map.of("n", new BigDecimal("1e21")))).contains("\"n\":1e+21");
        assertThat(json(Map.of("n", new BigDecimal("1.5e-7")))).contains("\"n\":1.5e-7");
        assertThat(json(Map.of("n", new BigDecimal("1e20"))))
                .contains("\"n\":100000000000000000000}");
    }

    @Test
    void readsNamesOfAnyLength() {
        Map<String, Object> context = Map.of("n".repeat(60_000), "x");

        assertThat(codec.decode(codec.encode(payload(context)).stored()).context())
                .isEqualTo(context);
    }

    @Test
    void escapesOnlyWhatMustBeEscaped() {
        assertThat(json(Map.of("t", "\"\\/\n\u001f\u007f\u20ac")))
                .isEqualTo("{\"context\":{\"t\":\"\\\"\\\\/\\n\\u001f\u007f\u20ac\"}}");
    }

    @Test
    void storesDecimalsAsTheirCallersWroteThem() {
        PayloadCodec.Encoded encoded = codec.encode(payload(Map.of("n", new BigDecimal("19.90"))));

        assertThat(encoded.stored()).asString().isEqualTo("{\"context\":{\"n\":19.90}}");
        assertThat(encoded.canonical()).asString().isEqualTo("{\"context\":{\"n\":19.9}}");
    }

    @Test
    void writesNoNumberMuchLongerThanItsCallerDid() {
        PayloadCodec.Encoded encoded = codec.encode(payload(Map.of("n", new BigDecimal("1e-400"))));

        assertThat(encoded.stored()).asString().isEqualTo("{\"context\":{\"n\":1e-400}}");
    }

    @Test
    void encodesOnceWhatIsSpelledCanonically() {
        PayloadCodec.Encoded encoded = codec.encode(payload(Map.of("n", 1L, "d", 2.5)));

        assertThat(encoded.stored()).isSameAs(encoded.canonical());
    }

    private String json(Map<String, Object> context) {
        return new String(codec.encode(payload(context)).canonical(), StandardCharsets.UTF_8);
    }

    private static Payload payload(Map<String, Object> context) {
        return new Payload(context, Map.of());
    }
}
