package io.campanile.domain.content;

import static io.campanile.domain.content.Contracts.declared;
import static io.campanile.domain.content.Contracts.ofHtml;
import static io.campanile.domain.content.Contracts.pathsOf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/// What a contract says of the data of a trigger.
class ContractCheckTest {
    @Test
    void passesDataThatHasEverything() {
        Contract contract = ofHtml("{{context.name}} {{#context.l}}{{x}}{{/context.l}}");

        assertThat(contract.check(Map.of("name", "Ann", "l", List.of(Map.of("x", 1L))), Map.of()))
                .isEmpty();
    }

    @Test
    void namesWhatIsMissing() {
        Contract contract = ofHtml("{{context.order.id}} {{profile.name}}");

        assertThat(contract.check(Map.of(), Map.of()))
                .containsExactly(
                        new Violation("context.order.id", Violation.Problem.MISSING, "is required"),
                        new Violation("profile.name", Violation.Problem.MISSING, "is required"));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{#context.order}}{{id}}{{/context.order}}",
                "{{#context.order}}{{context.order.id}}{{/context.order}}",
                "{{#context.order}}{{#context.order.id}}x{{/context.order.id}}{{/context.order}}",
            })
    void takesFalseAndAnEmptyTextForNothingWhereASectionMayBeLeftOut(String html) {
        for (Object none : List.of(false, "")) {
            assertThat(ofHtml(html).check(Map.of("order", none), Map.of()))
                    .as("%s", none)
                    .isEmpty();
        }
        assertThat(ofHtml(html).check(Map.of("order", true), Map.of())).hasSize(1);
        assertThat(ofHtml(html).check(Map.of("order", " "), Map.of())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", ""})
    void takesNeitherForAnObjectThatIsNeeded(String text) {
        Object none = text.isEmpty() ? text : (Object) false;

        assertThat(pathsOf(ofHtml("{{context.order.id}}").check(Map.of("order", none), Map.of())))
                .containsExactly("context.order.id");
        assertThat(
                        pathsOf(
                                ofHtml(
                                                "{{#context.order}}{{context.order.id}}{{/context.order}}",
                                                declared("context.order", FieldType.OBJECT))
                                        .check(Map.of("order", none), Map.of())))
                .containsExactly("context.order");
    }

    @Test
    void wantsOfEachElementWhatIsPrintedOfItThoughAnotherWasLookedAt() {
        Contract contract =
                ofHtml(
                        "{{#context.items}}{{#a}}{{#context.items}}{{a}}{{/context.items}}{{/a}}{{/context.items}}",
                        declared("context.items[].a", FieldType.STRING));
        Map<String, Object> context = Map.of("items", List.of(Map.of("a", "x"), Map.of()));

        assertThat(pathsOf(contract.check(context, Map.of())))
                .containsExactly("context.items[1].a");
        assertThat(contract.fields())
                .filteredOn(field -> field.path().equals("context.items[].a"))
                .singleElement()
                .matches(ContractField::required);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t\r\n", "\u00a0", "\u2007\u202f\u3000", "\ufeff"})
    void takesNoBlanksForWhatIsRequired(String blank) {
        var required = new DeclaredField("context.a", FieldType.STRING, true, false, "", "");
        Contract withDefault =
                ofHtml("", Contracts.withDefault("context.a", FieldType.STRING, "\"x\""));

        assertThat(pathsOf(ofHtml("", required).check(Map.of("a", blank), Map.of())))
                .containsExactly("context.a");
        assertThat(withDefault.contextWithDefaults(Map.of("a", blank))).isEqualTo(Map.of("a", "x"));
    }

    @Test
    void refusesTextWhereAListIsNeeded() {
        Contract contract = ofHtml("{{#context.l}}{{id}}{{/context.l}}");

        assertThat(contract.check(Map.of("l", "no list"), Map.of()))
                .containsExactly(
                        new Violation(
                                "context.l",
                                Violation.Problem.WRONG_TYPE,
                                "must be a list or an object; where it is a single value, the"
                                        + " campaign declares its type"));
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
                                "context.a", Violation.Problem.WRONG_TYPE, "must be an object"));
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
