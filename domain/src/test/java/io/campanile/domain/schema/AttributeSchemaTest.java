package io.campanile.domain.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.domain.schema.AttributeExpectation.Anything;
import io.campanile.domain.schema.AttributeExpectation.BelowNoMap;
import io.campanile.domain.schema.AttributeExpectation.OfType;
import io.campanile.domain.schema.AttributeExpectation.Unknown;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;
import java.util.Map;

class AttributeSchemaTest {
    private static final List<AttributeDefinition> DEFINITIONS =
            List.of(
                    defined("plan", AttributeType.STRING),
                    defined("spent", AttributeType.NUMBER),
                    defined("vip", AttributeType.BOOLEAN),
                    defined("birthday", AttributeType.TIMESTAMP),
                    defined("interests", AttributeType.LIST),
                    defined("cart", AttributeType.MAP),
                    defined("address.city", AttributeType.STRING),
                    defined("address.geo.lat", AttributeType.NUMBER));
    private static final AttributeSchema OPEN = new AttributeSchema(DEFINITIONS, false);
    private static final AttributeSchema CLOSED = new AttributeSchema(DEFINITIONS, true);

    private static AttributeDefinition defined(String path, AttributeType type) {
        return new AttributeDefinition(path, type);
    }

    private static AttributeViolation wrong(
            String path, @Nullable AttributeType expected, AttributeType actual) {
        return new AttributeViolation(path, expected, actual);
    }

    private static List<AttributeViolation> violations(
            AttributeSchema schema, Map<String, Object> attributes) {
        return new AttributeCheck(schema).violations(attributes);
    }

    @Test
    void takesValuesOfTheirTypesAndMapsAndListsOfAnything() {
        Map<String, Object> attributes =
                Map.of(
                        "plan",
                        "gold",
                        "spent",
                        12.5,
                        "vip",
                        true,
                        "birthday",
                        "1815-12-10T00:00:00+01:00",
                        "interests",
                        List.of("hiking", 7),
                        "cart",
                        Map.of("items", List.of(1), "open", true),
                        "address",
                        Map.of("city", "Graz", "geo", Map.of("lat", 47L)));

        assertThat(violations(OPEN, attributes)).isEmpty();
        assertThat(violations(CLOSED, attributes)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plan, 7, NUMBER, STRING",
        "spent, many, STRING, NUMBER",
        "vip, yes, STRING, BOOLEAN",
        "birthday, 1815-12-10, STRING, TIMESTAMP",
        "interests, hiking, STRING, LIST",
        "cart, empty, STRING, MAP",
        "address, Graz, STRING, MAP"
    })
    void namesThePathAndBothTypesOfAValueOfAnotherType(
            String path, String value, AttributeType actual, AttributeType expected) {
        Object written = actual == AttributeType.NUMBER ? Long.valueOf(value) : value;

        assertThat(violations(OPEN, Map.of(path, written)))
                .containsExactly(wrong(path, expected, actual));
    }

    @Test
    void looksIntoMaps() {
        Map<String, Object> address = Map.of("geo", Map.of("lat", "north"));

        assertThat(violations(OPEN, Map.of("address", address)))
                .containsExactly(
                        wrong("address.geo.lat", AttributeType.NUMBER, AttributeType.STRING));
    }

    @Test
    void refusesWhatItDoesNotKnowWhereThatIsWanted() {
        Map<String, Object> attributes = Map.of("address", Map.of("zip", "8010"));

        assertThat(violations(OPEN, attributes)).isEmpty();
        assertThat(violations(CLOSED, attributes))
                .containsExactly(wrong("address.zip", null, AttributeType.STRING));
    }

    @Test
    void takesNoNameWithADotForAPath() {
        Map<String, Object> attributes = Map.of("address.city", 7L);

        assertThat(violations(OPEN, attributes)).isEmpty();
        assertThat(violations(CLOSED, attributes))
                .containsExactly(wrong("address.city", null, AttributeType.NUMBER));
    }

    @Test
    void takesWhatIsForgottenWhateverItWas() {
        assertThat(violations(CLOSED, Collections.singletonMap("unknown", null))).isEmpty();
        assertThat(violations(CLOSED, Collections.singletonMap("plan", null))).isEmpty();
    }

    @Test
    void allowsEverythingWhereThereIsNone() {
        assertThat(violations(AttributeSchema.NONE, Map.of("plan", 7L))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plan, STRING",
        "birthday, TIMESTAMP",
        "cart, MAP",
        "address, MAP",
        "address.city, STRING",
        "address.geo, MAP",
        "address.geo.lat, NUMBER"
    })
    void saysOfWhichTypeAnAttributeIs(String path, AttributeType type) {
        assertThat(expected(OPEN, path.split("[.]"))).isEqualTo(new OfType(type));
        assertThat(expected(CLOSED, path.split("[.]"))).isEqualTo(new OfType(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"age", "age/unit", "address/zip", "address/geo/lon", "address.city"})
    void saysWhetherAnybodyMayHaveWhatItDoesNotDefine(String path) {
        assertThat(expected(OPEN, path.split("/"))).isEqualTo(new Anything());
        assertThat(expected(CLOSED, path.split("/"))).isEqualTo(new Unknown());
    }

    @Test
    void expectsAnythingInAMapOfWhichNothingMoreIsDefined() {
        assertThat(expected(CLOSED, "cart", "items", "first")).isEqualTo(new Anything());
    }

    @Test
    void expectsNothingBelowWhatIsNoMap() {
        assertThat(expected(OPEN, "address", "city", "name"))
                .isEqualTo(new BelowNoMap(List.of("address", "city"), AttributeType.STRING));
        assertThat(expected(CLOSED, "interests", "first", "name"))
                .isEqualTo(new BelowNoMap(List.of("interests"), AttributeType.LIST));
    }

    private static AttributeExpectation expected(AttributeSchema schema, String... path) {
        return new AttributeCheck(schema).expectation(List.of(path));
    }

    @Test
    void doesNotContradictItself() {
        var city = defined("address.city", AttributeType.STRING);
        assertThat(AttributeSchema.contradiction(DEFINITIONS)).isEmpty();
        assertThat(
                        AttributeSchema.contradiction(
                                List.of(city, defined("address", AttributeType.MAP))))
                .isEmpty();
        assertThat(
                        AttributeSchema.contradiction(
                                List.of(city, defined("address", AttributeType.LIST))))
                .hasValue(1);
        assertThat(
                        AttributeSchema.contradiction(
                                List.of(defined("address", AttributeType.STRING), city)))
                .hasValue(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AttributeSchema(List.of(city, city), true));
    }
}
