package io.campanile.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What every [PayloadCodec] must do.
public abstract class PayloadCodecContract {
    /// Always the same codec within a test.
    protected abstract PayloadCodec codec();

    @Test
    void givesBackWhatWasEncoded() {
        var context = new LinkedHashMap<String, Object>();
        context.put("texts", Arrays.asList("a", "\ud83d\udd14", null));
        context.put("flag", true);
        context.put("nested", Map.of("n", 7));
        var payload = new Payload(context, Map.of("first_name", "Ada"));
        var other = new Payload(Map.of(), Map.of());
        byte[] otherBytes = codec().encode(other).stored();

        assertThat(stored(payload)).isEqualTo(payload);
        assertThat(codec().decode(otherBytes)).isEqualTo(other);
    }

    @Test
    void survivesBeingKeptAsText() {
        Payload payload = payload(Map.of("t", "\"\\\nGrüße \ud83d\udd14"));

        String text = new String(codec().encode(payload).stored(), StandardCharsets.UTF_8);

        assertThat(codec().decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(payload);
    }

    @Test
    void keepsEveryDigitOfANumber() {
        var id = new BigInteger("12345678901234567890");
        var price = new BigDecimal("0.12345678901234567890123456789");

        Payload decoded = stored(payload(Map.of("id", id, "price", price)));

        assertThat(decoded.context().get("id")).hasToString("12345678901234567890");
        assertThat(decoded.context().get("price")).hasToString("0.12345678901234567890123456789");
    }

    /// The node that took a message renders it without storing and reading it first.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "19.90",
                "19.9",
                "100.00",
                "0.00",
                "-0.50",
                "1E+3",
                "1.50E+3",
                "0.0000001",
                "1.50E-7",
                "0E-9",
                "1E+21",
                "1.20E+22",
                "123456789012345678901234.50"
            })
    void keepsTheSpellingOfADecimal(String spelled) {
        var number = new BigDecimal(spelled);

        Object decoded = stored(payload(Map.of("n", number))).context().get("n");

        assertThat(new BigDecimal(String.valueOf(decoded)).toPlainString())
                .isEqualTo(number.toPlainString());
    }

    @Test
    void ordersMembersWhateverOrderTheyCameIn() {
        var one = new LinkedHashMap<String, Object>();
        one.put("b", Map.of("y", 1, "x", 2));
        one.put("a", "text");
        var other = new LinkedHashMap<String, Object>();
        other.put("a", "text");
        other.put("b", Map.of("x", 2, "y", 1));

        assertThat(json(payload(one)))
                .isEqualTo("{\"context\":{\"a\":\"text\",\"b\":{\"x\":2,\"y\":1}}}");
        assertThat(json(payload(other))).isEqualTo(json(payload(one)));
    }

    @Test
    void spellsEqualNumbersEquallyForTheDigest() {
        assertThat(number(new BigDecimal("1.50"))).isEqualTo(number(1.5));
        assertThat(number(new BigDecimal("100"))).isEqualTo(number(100));
        assertThat(number(new BigDecimal("1E+2"))).isEqualTo(number(100L));
        assertThat(number(-0.0)).isEqualTo(number(0));
    }

    @Test
    void tellsPayloadsApartThatDiffer() {
        Map<String, Object> field = Map.of("a", "1");

        assertThat(
                        Stream.of(
                                        new Payload(field, Map.of()),
                                        new Payload(Map.of(), field),
                                        new Payload(field, field),
                                        payload(Map.of("a", 1)),
                                        payload(Map.of("a", List.of("1"))),
                                        payload(Map.of("a", field)),
                                        payload(Map.of("a", "true")),
                                        payload(Map.of("a", true)),
                                        payload(Map.of("a", "1\",\"b\":\"1")),
                                        payload(Map.of("a", "1", "b", "1")))
                                .map(this::json))
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesWhatItDidNotEncode() {
        String json = json(payload(Map.of("address", "ada@example.com")));

        refuses("");
        refuses(json.substring(0, json.length() - 3));
        refuses(json + "}");
        refuses(json + json);
    }

    /// Without quoting any of it.
    private void refuses(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec().decode(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageNotContaining("ada")
                .withNoCause();
    }

    private String number(Number number) {
        return json(payload(Map.of("n", number)));
    }

    private String json(Payload payload) {
        return new String(codec().encode(payload).canonical(), StandardCharsets.UTF_8);
    }

    private Payload stored(Payload payload) {
        return codec().decode(codec().encode(payload).stored());
    }

    private static Payload payload(Map<String, Object> context) {
        return new Payload(context, Map.of());
    }
}
