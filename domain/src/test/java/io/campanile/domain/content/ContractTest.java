package io.campanile.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class ContractTest {
    private static Contract ofHtml(String html, DeclaredField... declared) {
        return Contract.of(new EmailContent("s", "", html, "", ""), List.of(declared));
    }

    private static DeclaredField declared(String path, FieldType type) {
        return new DeclaredField(path, type, false, false, "", "");
    }

    private static DeclaredField withDefault(String path, FieldType type, String json) {
        return new DeclaredField(path, type, false, false, "", json);
    }

    private static List<String> pathsOf(List<Violation> violations) {
        return violations.stream().map(Violation::path).toList();
    }

    @Nested
    class Derivation {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                quoteCharacter = '"',
                value = {
                    "{{context.name}}; context.name:required",
                    "{{{context.name}}}; context.name:required",
                    "{{&context.name}}; context.name:required",
                    "{{ context.order.id }}; context.order.id:required",
                    "{{profile.firstName}}; profile.firstName:required",
                    "{{#context.a}}{{context.a}}{{/context.a}}; context.a:optional",
                    "{{#context.a}}{{context.a}}{{/context.a}}{{context.a}}; context.a:required",
                    "{{#context.a}}{{context.b}}{{/context.a}}; context.a:optional"
                            + " context.b:required",
                    "{{^context.a}}{{context.b}}{{/context.a}}; context.a:optional"
                            + " context.b:required",
                    "{{#context.a}}{{.}}{{/context.a}}; context.a:optional context.a[]:required",
                    "{{#context.l}}{{name}}{{/context.l}}; context.l:optional"
                            + " context.l[].name:required",
                    "{{#context}}{{name}}{{/context}}; context.name:required",
                    "{{#context.l}}{{#campaign.name}}{{name}}{{.}}{{/campaign.name}}{{/context.l}};"
                            + " context.l:optional context.l[].name:required",
                    "{{#context.l}}{{#-index}}{{.}}{{/-index}}{{name}}{{/context.l}};"
                            + " context.l:optional context.l[].name:required",
                    "{{#context.l}}{{#-first}}{{.}}{{/-first}}{{/context.l}};"
                            + " context.l:optional context.l[]:required",
                    "{{campaign.name}} {{campaign.displayName}} {{message.id}}; ",
                })
        void saysWhatIsNeeded(String html, String expected) {
            String fields =
                    ofHtml(html).fields().stream()
                            .map(f -> f.path() + (f.required() ? ":required" : ":optional"))
                            .collect(Collectors.joining(" "));

            assertThat(fields).isEqualTo(expected == null ? "" : expected);
        }

        @ParameterizedTest
        @CsvSource({
            "STRING, context.coupon context.l",
            "INTEGER, context.coupon context.l",
            "BOOLEAN, context.coupon context.l context.l[]"
        })
        void takesASingleValueForItselfInsideASectionOverIt(FieldType type, String paths) {
            Contract contract =
                    ofHtml(
                            "{{#context.l}}{{#context.coupon}}{{.}}{{/context.coupon}}{{/context.l}}",
                            declared("context.coupon", type));

            assertThat(contract.fields())
                    .extracting(ContractField::path)
                    .containsExactly(paths.split(" "));
        }

        @Test
        void looksAtEveryPart() {
            var content =
                    new EmailContent(
                            "{{context.a}}",
                            "{{context.b}}",
                            "{{context.c}}",
                            "{{context.d}}",
                            "{{context.e}}");

            assertThat(Contract.of(content, List.of()).fields())
                    .extracting(ContractField::path)
                    .containsExactly(
                            "context.a", "context.b", "context.c", "context.d", "context.e");
        }

        @Test
        void takesTheAuthorsWordForTypeSensitivityAndExample() {
            var declared =
                    new DeclaredField("context.code", FieldType.STRING, false, true, "\"123\"", "");

            Contract contract = ofHtml("{{context.code}}", declared);

            assertThat(contract.fields())
                    .containsExactly(
                            new ContractField(
                                    "context.code", FieldType.STRING, true, true, "\"123\"", ""));
            assertThat(contract.sensitivePaths()).containsExactly("context.code");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "context.order.code",
                    "context.lines[].code",
                    "context.lines[].code.value",
                    "context.grid[].cells[].code",
                    "context.codes[]"
                })
        void keepsSensitiveWhatNoTemplateReads(String path) {
            Contract contract =
                    ofHtml(
                            "Hello.",
                            new DeclaredField(path, FieldType.STRING, false, true, "", ""));

            assertThat(contract.sensitivePaths()).containsExactly(path);
        }

        @Test
        void needsNothingThatHasADefault() {
            Contract contract =
                    ofHtml("{{context.a}}", withDefault("context.a", FieldType.STRING, "\"x\""));

            assertThat(contract.fields()).singleElement().matches(field -> !field.required());
        }
    }

    @Nested
    class Check {
        @Test
        void passesDataThatHasEverything() {
            Contract contract = ofHtml("{{context.name}} {{#context.l}}{{x}}{{/context.l}}");

            assertThat(
                            contract.check(
                                    Map.of("name", "Ann", "l", List.of(Map.of("x", 1L))), Map.of()))
                    .isEmpty();
        }

        @Test
        void namesWhatIsMissing() {
            Contract contract = ofHtml("{{context.order.id}} {{profile.name}}");

            assertThat(contract.check(Map.of(), Map.of()))
                    .containsExactly(
                            new Violation(
                                    "context.order.id", Violation.Problem.MISSING, "is required"),
                            new Violation(
                                    "profile.name", Violation.Problem.MISSING, "is required"));
        }

        @Test
        void takesNullForMissing() {
            Map<String, Object> context = Collections.singletonMap("name", null);

            assertThat(pathsOf(ofHtml("{{context.name}}").check(context, Map.of())))
                    .containsExactly("context.name");
        }

        @Test
        void namesTheElementThatLacksSomething() {
            Contract contract = ofHtml("{{#context.l}}{{#m}}{{name}}{{/m}}{{/context.l}}");
            Map<String, Object> context =
                    Map.of(
                            "l",
                            List.of(
                                    Map.of("m", List.of(Map.of("name", "a"))),
                                    Map.of("m", List.of(Map.of("name", "b"), Map.of()))));

            assertThat(pathsOf(contract.check(context, Map.of())))
                    .containsExactly("context.l[1].m[1].name");
        }

        @Test
        void letsASingleObjectStandWhereNobodyDeclaredAList() {
            Contract contract = ofHtml("{{#context.order}}{{id}}{{/context.order}}");

            assertThat(pathsOf(contract.check(Map.of("order", Map.of()), Map.of())))
                    .containsExactly("context.order.id");
            assertThat(contract.check(Map.of("order", Map.of("id", "7")), Map.of())).isEmpty();
        }

        @Test
        void refusesTextWhereAListIsNeeded() {
            Contract contract = ofHtml("{{#context.l}}{{id}}{{/context.l}}");

            assertThat(contract.check(Map.of("l", "no list"), Map.of()))
                    .containsExactly(
                            new Violation(
                                    "context.l",
                                    Violation.Problem.WRONG_TYPE,
                                    "must be a list or an object"));
        }

        @Test
        void refusesToPrintObjects() {
            assertThat(ofHtml("{{context.a}}").check(Map.of("a", Map.of()), Map.of()))
                    .containsExactly(
                            new Violation(
                                    "context.a",
                                    Violation.Problem.WRONG_TYPE,
                                    "must be a string, a number or a boolean"));
        }

        @Test
        void refusesAnObjectThatIsNone() {
            assertThat(ofHtml("{{context.a.b}}").check(Map.of("a", "text"), Map.of()))
                    .containsExactly(
                            new Violation(
                                    "context.a",
                                    Violation.Problem.WRONG_TYPE,
                                    "must be an object"));
        }

        @Test
        void asksForWhatTheAuthorRequiresEvenIfNoTemplateUsesIt() {
            var required = new DeclaredField("context.id", FieldType.ANY, true, false, "", "");

            assertThat(pathsOf(ofHtml("hello", required).check(Map.of(), Map.of())))
                    .containsExactly("context.id");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\n"})
        void takesABlankTextForMissingWhereTheAuthorRequiresOne(String blank) {
            var required = new DeclaredField("context.name", FieldType.STRING, true, false, "", "");

            assertThat(ofHtml("", required).check(Map.of("name", blank), Map.of()))
                    .containsExactly(
                            new Violation(
                                    "context.name",
                                    Violation.Problem.MISSING,
                                    "is required and must not be blank"));
            assertThat(ofHtml("{{context.name}}").check(Map.of("name", blank), Map.of())).isEmpty();
        }

        @Test
        void neverWritesAValue() {
            Contract contract = ofHtml("{{context.a}}", declared("context.a", FieldType.INTEGER));

            assertThat(contract.check(Map.of("a", "geheim"), Map.of()).toString())
                    .doesNotContain("geheim");
        }

        @Test
        void staysShortForAHostileCall() {
            Contract contract = ofHtml("{{#context.l}}{{x}}{{/context.l}}");
            Map<String, Object> context = Map.of("l", Collections.nCopies(10_000, Map.of()));

            assertThat(contract.check(context, Map.of())).hasSize(100);
        }
    }

    @Nested
    class Types {
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
        @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
        void keepNumbersThatAreNoneOutOfMails(double value) {
            assertThat(ofHtml("{{context.a}}").check(Map.of("a", value), Map.of())).hasSize(1);
        }
    }

    @Nested
    class Defaults {
        @Test
        void stepInWhereTheTriggerSaysNothing() {
            Contract contract =
                    ofHtml(
                            "{{context.order.currency}}{{#context.l}}{{x}}{{/context.l}}",
                            withDefault("context.order.currency", FieldType.STRING, "\"EUR\""),
                            withDefault("context.l[].x", FieldType.INTEGER, "7"));
            Map<String, Object> context = Map.of("l", List.of(Map.of(), Map.of("x", 1L)));

            assertThat(contract.check(context, Map.of())).isEmpty();
            assertThat(contract.contextWithDefaults(context))
                    .isEqualTo(
                            Map.of(
                                    "order",
                                    Map.of("currency", "EUR"),
                                    "l",
                                    List.of(Map.of("x", 7L), Map.of("x", 1L))));
        }

        @Test
        void areCompletedByThoseBelowThem() {
            Contract contract =
                    ofHtml(
                            "{{context.a.b}}{{context.a.c}}",
                            withDefault("context.a", FieldType.OBJECT, "{\"c\":1}"),
                            withDefault("context.a.b", FieldType.ANY, "2"));

            assertThat(contract.contextWithDefaults(Map.of()))
                    .isEqualTo(Map.of("a", Map.of("b", 2L, "c", 1L)));
        }

        @Test
        void stepInForBlankTexts() {
            Contract contract =
                    ofHtml(
                            "{{context.name}}{{context.other}}{{context.url}}",
                            withDefault("context.name", FieldType.STRING, "\"there\""),
                            withDefault("context.url", FieldType.URL, "\"https://example.com/\""));
            Map<String, Object> context = Map.of("name", " ", "other", "", "url", "");

            assertThat(contract.check(context, Map.of())).isEmpty();
            assertThat(contract.contextWithDefaults(context))
                    .isEqualTo(Map.of("name", "there", "other", "", "url", "https://example.com/"));
        }

        @Test
        void leaveTheTriggersOwnValuesAlone() {
            Contract contract =
                    ofHtml(
                            "{{profile.name}}",
                            withDefault("profile.name", FieldType.STRING, "\"there\""));

            assertThat(contract.profileWithDefaults(Map.of("name", "Ann", "other", 1L)))
                    .isEqualTo(Map.of("name", "Ann", "other", 1L));
        }

        @Test
        void doNotBringBackWhatASectionGuards() {
            Contract contract =
                    ofHtml(
                            "{{#context.o}}{{context.o.x}}{{/context.o}}",
                            withDefault("context.o.x", FieldType.STRING, "\"d\""));

            assertThat(contract.contextWithDefaults(Map.of())).isEmpty();
        }

        @Test
        void costNothingWhenThereAreNone() {
            Map<String, Object> context = Map.of("a", "b");

            assertThat(ofHtml("{{context.a}}").contextWithDefaults(context)).isSameAs(context);
        }
    }
}
