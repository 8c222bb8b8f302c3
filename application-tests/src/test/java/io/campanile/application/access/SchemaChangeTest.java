package io.campanile.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class SchemaChangeTest {
    @Test
    void namesWhatWasAddedRemovedAndRetyped() {
        var before = schema(false, text("city"), text("age"), text("plan"));
        var after =
                schema(
                        true,
                        text("plan"),
                        new AttributeDefinition("age", AttributeType.NUMBER),
                        text("work.email"));

        assertThat(SchemaChange.text(before, after))
                .isEqualTo(
                        "attribute_schema: added work.email; removed city; changed the type of"
                                + " age; unknown_refused became true");
        assertThat(
                        SchemaChange.text(
                                schema(false, text("a"), text("b")),
                                schema(false, text("b"), text("a"))))
                .isEqualTo("attribute_schema: another order");
    }

    @Test
    void namesTenOfAKindAtMost() {
        var many =
                schema(
                        false,
                        IntStream.range(0, 200)
                                .mapToObj(i -> text("a" + i))
                                .toArray(AttributeDefinition[]::new));

        assertThat(SchemaChange.text(AttributeSchema.NONE, many))
                .isEqualTo(
                        "attribute_schema: added a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 and 190"
                                + " more");
    }

    private static AttributeSchema schema(
            boolean unknownRefused, AttributeDefinition... definitions) {
        return new AttributeSchema(List.of(definitions), unknownRefused);
    }

    private static AttributeDefinition text(String path) {
        return new AttributeDefinition(path, AttributeType.STRING);
    }
}
