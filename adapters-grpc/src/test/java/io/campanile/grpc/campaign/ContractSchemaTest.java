package io.campanile.grpc.campaign;

import static io.campanile.grpc.campaign.SchemaReader.takes;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.content.Contract;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whatever stands at `context.v`, the JSON Schema takes it just where the check of triggers does.
class ContractSchemaTest {
    private static final String PRINTED = "{{context.v}}";
    private static final String LINES = "{{#context.v}}{{name}}{{/context.v}}";
    private static final String GIFTS = "{{#context.v}}{{#gift}}{{name}}{{/gift}}{{/context.v}}";
    private static final String TEXTS = "{{#context.v}}{{.}}{{/context.v}}";
    private static final String GRID = "{{#context.v}}{{#.}}{{.}}{{/.}}{{/context.v}}";
    private static final String PART = "{{context.v.part}}";
    private static final String OPTIONAL_PART = "{{#context.v}}{{context.v.part}}{{/context.v}}";

    private static final List<@Nullable Object> VALUES =
            Collections.unmodifiableList(
                    new ArrayList<@Nullable Object>(
                            Arrays.<@Nullable Object>asList(
                                    null,
                                    "",
                                    " \t",
                                    "text",
                                    "12",
                                    7L,
                                    1.5,
                                    true,
                                    false,
                                    "2026-12-01T08:00:00Z",
                                    "https://example.com/",
                                    List.of(),
                                    Collections.singletonList(null),
                                    List.of("a"),
                                    List.of(List.of("a")),
                                    List.of(Map.of("name", "a")),
                                    List.of(Map.of()),
                                    Map.of(),
                                    Map.of("name", "a"),
                                    Map.of("part", "a"),
                                    Collections.singletonMap("part", null))));

    static List<Arguments> contracts() {
        var cases = new ArrayList<Arguments>();
        for (String html : List.of(PRINTED, LINES, GIFTS, TEXTS, GRID, PART, OPTIONAL_PART)) {
            cases.add(Arguments.of(html, List.of()));
        }
        for (FieldType type : FieldType.values()) {
            if (type != FieldType.ANY) {
                cases.add(Arguments.of("", List.of(declared(type, true, ""))));
                cases.add(Arguments.of("", List.of(declared(type, false, ""))));
                cases.add(Arguments.of("", List.of(declared(type, false, defaultOf(type)))));
            }
        }
        for (String defaultValue : Set.of("", "\"x\"")) {
            boolean required = defaultValue.isEmpty();
            cases.add(
                    Arguments.of(
                            PRINTED, List.of(declared(FieldType.ANY, required, defaultValue))));
        }
        for (String html : List.of(LINES, TEXTS)) {
            cases.add(Arguments.of(html, List.of(declared(FieldType.LIST, false, ""))));
            cases.add(Arguments.of(html, List.of(declared(FieldType.LIST, true, ""))));
            cases.add(Arguments.of(html, List.of(declared(FieldType.ANY, true, ""))));
            cases.add(Arguments.of(html, List.of(declared(FieldType.LIST, false, "[]"))));
        }
        cases.add(
                Arguments.of(PART, List.of(declared(FieldType.OBJECT, false, "{\"part\":\"x\"}"))));
        return cases;
    }

    private static DeclaredField declared(FieldType type, boolean required, String defaultValue) {
        return new DeclaredField("context.v", type, required, false, "", defaultValue);
    }

    private static String defaultOf(FieldType type) {
        return switch (type) {
            case ANY, STRING -> "\"x\"";
            case NUMBER, INTEGER -> "1";
            case BOOLEAN -> "true";
            case TIMESTAMP -> "\"2026-12-01T08:00:00Z\"";
            case URL -> "\"https://example.com/\"";
            case LIST -> "[]";
            case OBJECT -> "{}";
        };
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void takesWhatTheCheckTakes(String html, List<DeclaredField> declared) {
        Contract contract = Contract.of(new EmailContent("s", "", html, "", ""), declared);
        var schema = ContractSchema.of(contract.fields(), declared);
        for (Object value : VALUES) {
            Map<String, Object> context = Collections.singletonMap("v", value);

            assertThat(takes(schema, Map.of("context", context)))
                    .as("%s in %s", value, schema)
                    .isEqualTo(contract.check(context, Map.of()).isEmpty());
        }
        assertThat(takes(schema, Map.of("context", Map.of())))
                .as("nothing in %s", schema)
                .isEqualTo(contract.check(Map.of(), Map.of()).isEmpty());
    }
}
