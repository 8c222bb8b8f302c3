package io.campanile.grpc.campaign;

import static io.campanile.grpc.campaign.SchemaReader.takes;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.trigger.RecipientsCheck;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whatever stands at `context.v`, the JSON Schema takes it just where the check of triggers does.
class ContractSchemaTest {
    private static final String PRINTED = "{{context.v}}";
    private static final String LINES = "{{#context.v}}{{name}}{{/context.v}}";
    private static final String GIFTS = "{{#context.v}}{{#gift}}{{name}}{{/gift}}{{/context.v}}";
    private static final String TEXTS = "{{#context.v}}{{.}}{{/context.v}}";
    private static final String CONDITION = "{{#context.v}}x{{/context.v}}";
    private static final String CONDITIONS = "{{#context.v}}{{#.}}x{{/.}}{{/context.v}}";
    private static final String GRID_OF_CONDITIONS =
            "{{#context.v}}{{#.}}{{#.}}x{{/.}}{{/.}}{{/context.v}}";
    private static final String PART_CONDITION =
            "{{#context.v}}{{#context.v.part}}x{{/context.v.part}}{{/context.v}}";
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
                                    "\u00a0",
                                    "\u00a0x",
                                    "text",
                                    "12",
                                    7L,
                                    1.5,
                                    true,
                                    false,
                                    "2026-12-01T08:00:00Z",
                                    "https://example.com/",
                                    "HTTP://example.com",
                                    "ftp://example.com/",
                                    List.of(),
                                    Collections.singletonList(null),
                                    List.of("a"),
                                    List.of(""),
                                    List.of(false),
                                    List.of(List.of("a")),
                                    List.of(Map.of("name", "a")),
                                    List.of(Map.of()),
                                    Map.of(),
                                    Map.of("name", "a"),
                                    Map.of("part", "a"),
                                    Map.of("part", Map.of("of", "a")),
                                    Collections.singletonMap("part", null))));

    private static final Map<String, Object> WHOLE_PROFILE =
            Map.of("name", "Ann", "home", Map.of("city", "Bath"), "title", "Dr");

    private static final List<@Nullable Object> PROFILE_VALUES =
            Collections.unmodifiableList(
                    Arrays.<@Nullable Object>asList(
                            null,
                            "",
                            " ",
                            "text",
                            false,
                            Map.of(),
                            Map.of("city", "Bath"),
                            List.of(Map.of()),
                            List.of(Map.of("name", "Rex"))));

    static List<Arguments> contracts() {
        var cases = new ArrayList<Arguments>();
        for (String html :
                List.of(
                        PRINTED,
                        LINES,
                        GIFTS,
                        TEXTS,
                        CONDITION,
                        CONDITIONS,
                        GRID_OF_CONDITIONS,
                        GRID,
                        PART,
                        PART_CONDITION,
                        OPTIONAL_PART,
                        "{{#context.v}}{{context.v.part.of}}{{/context.v}}")) {
            cases.add(Arguments.of(html, List.of()));
        }
        for (String html : List.of(PART, OPTIONAL_PART, PART_CONDITION)) {
            cases.add(Arguments.of(html, List.of(declared(FieldType.OBJECT, false, ""))));
            cases.add(Arguments.of(html, List.of(declared(FieldType.OBJECT, true, ""))));
            cases.add(Arguments.of(html, List.of(declared(FieldType.ANY, true, ""))));
            cases.add(Arguments.of(html, List.of(declared(FieldType.ANY, false, ""))));
            cases.add(Arguments.of(html, List.of(withDefault("context.v.part"))));
        }
        cases.add(Arguments.of(PART, List.of(declared(FieldType.ANY, false, "{\"part\":\"x\"}"))));
        cases.add(Arguments.of(CONDITION, List.of(declared(FieldType.ANY, true, ""))));
        cases.add(Arguments.of(CONDITION, List.of(declared(FieldType.ANY, false, "\"x\""))));
        cases.add(
                Arguments.of(
                        CONDITION,
                        List.of(
                                new DeclaredField(
                                        "context.v[]", FieldType.OBJECT, false, false, "", ""))));
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

    private static DeclaredField withDefault(String path) {
        return new DeclaredField(path, FieldType.STRING, false, false, "", "\"x\"");
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
        var schema = ContractSchema.of(contract.fields(), declared, ProfileLookup.NONE);
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

    /// A call may leave to the profile what it does not bring, but hides what it brings less of.
    @ParameterizedTest
    @EnumSource(ProfileLookup.class)
    void takesOfProfilesWhatTheCheckTakes(ProfileLookup lookup) {
        var content =
                new EmailContent(
                        "s",
                        "",
                        "{{profile.name}} {{#profile.pets}}{{name}}{{/profile.pets}}",
                        "{{profile.home.city}} {{profile.title}}",
                        "");
        var declared =
                List.of(new DeclaredField("profile.title", FieldType.STRING, true, false, "", ""));
        Contract contract = Contract.of(content, declared);
        var schema = ContractSchema.of(contract.fields(), declared, lookup);
        for (String name : List.of("name", "home", "pets", "title", "other")) {
            for (Object value : PROFILE_VALUES) {
                Map<String, Object> profile = new HashMap<>(WHOLE_PROFILE);
                profile.put(name, value);
                Map<String, Object> brought = Collections.singletonMap(name, value);
                for (Map<String, Object> one :
                        List.of(profile, brought, Map.<String, Object>of())) {
                    assertThat(takes(schema, Map.of("profile", one)))
                            .as("%s in %s", one, schema)
                            .isEqualTo(isTaken(one, content, lookup, contract));
                }
            }
        }
        assertThat(takes(schema, Map.of())).isEqualTo(isTaken(Map.of(), content, lookup, contract));
    }

    private static boolean isTaken(
            Map<String, Object> profile,
            EmailContent content,
            ProfileLookup lookup,
            Contract contract) {
        var definition =
                new CampaignDefinition(
                        "mail",
                        "",
                        List.of(),
                        "",
                        lookup,
                        DeliveryMode.STANDARD,
                        "",
                        content,
                        List.of(),
                        Schedule.ALWAYS);
        var ann = new Identity(Identity.EMAIL, "ann@example.com");
        return new RecipientsCheck(definition, contract, new AttributeCheck(AttributeSchema.NONE))
                .next(new Recipient(ann, "", Map.of(), profile), List.of())
                .isEmpty();
    }
}
