package io.campanile.domain.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class ContentReviewTest {
    private static List<Finding> review(String html) {
        return ContentReview.of(new EmailContent("s", "p", html, "t", ""), List.of());
    }

    private static List<Finding> review(DeclaredField declared) {
        return ContentReview.of(
                new EmailContent("s", "p", "{{context.a}}", "t", ""), List.of(declared));
    }

    private static List<Finding> errors(List<Finding> findings) {
        return findings.stream().filter(Finding::isError).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{{context.name ~ 1:1 ~ A tag is opened and not closed.",
                "a{{context.name <b>{{context.x}} ~ 1:2 ~ A tag is opened and not closed.",
                "{{{context.name}} ~ 1:1 ~ A tag is opened and not closed.",
                "{{}} ~ 1:1 ~ A tag names nothing.",
                "{{#}}{{/}} ~ 1:1 ~ A tag names nothing.",
                "{{#context.a}} ~ 1:1 ~ The section context.a is not closed.",
                "{{/context.a}} ~ 1:1 ~ {{/context.a}} closes a section that is not open.",
                "{{#context.a}}{{/context.b}} ~ 1:15 ~ {{/context.b}} closes the section context.a"
                        + " of line 1.",
                "{{>footer}} ~ 1:1 ~ Fragments, {{>…}}, are not supported.",
                "{{=<% %>=}} ~ 1:1 ~ Other delimiters are not supported.",
                "{{<parent}} ~ 1:1 ~ Template inheritance is not supported.",
                "{{context.a | upper}} ~ 1:1 ~ Filters, such as | upper, are not supported.",
                "{{#if context.a}}{{/if}} ~ 1:1 ~ \"if context.a\" is not the name of a variable.",
                "{{#context.a}}x{{else}}y{{/context.a}} ~ 1:16 ~ {{else}} is not supported.",
                "{{!-- {{context.a}} --}} ~ 1:1 ~ Comments of Handlebars, {{!-- --}}, with a tag"
                        + " inside are not supported.",
                "{{context..a}} ~ 1:1 ~ \"context..a\" is not the name of a variable.",
                "{{context.gro\u0308\u00dfe}} ~ 1:1 ~ \"context.gro\u0308\u00dfe\" is not the name"
                        + " of a variable.",
                "{{this}} ~ 1:1 ~ \"this\" is not the name of a variable.",
                "{{name}} ~ 1:1 ~ name does not begin with a root and stands in no section"
                        + " over a list or an object.",
                "{{#campaign.name}}{{name}}{{/campaign.name}} ~ 1:19 ~ name does not begin with a"
                        + " root and stands in no section over a list or an object.",
                "{{links.mirror}} ~ 1:1 ~ links.mirror does not exist.",
                "{{campaign.state}} ~ 1:1 ~ campaign.state does not exist.",
                "{{message}} ~ 1:1 ~ message does not exist.",
                "{{#context.l}}{{message}}{{/context.l}} ~ 1:15 ~ message does not exist.",
                "{{context}} ~ 1:1 ~ context as a whole cannot be printed.",
                "{{-index}} ~ 1:1 ~ -index stands in no section over a list.",
                "{{#profile}}{{-last}}{{/profile}} ~ 1:13 ~ -last stands in no section over a"
                        + " list.",
                "{{^context.l}}{{-index}}{{/context.l}} ~ 1:15 ~ -index stands in no section over a"
                        + " list.",
                "{{^context.a}}{{context.a.b}}{{/context.a}} ~ 1:15 ~ context.a.b is printed where"
                        + " a section says that it is not there.",
                "{{context.a}}{{context.a.b}} ~ 1:1 ~ context.a is printed in one place and has"
                        + " parts in another.",
                "{{#context.a}}{{b}}{{/context.a}}{{context.a.b}} ~ 1:1 ~ context.a is an object in"
                        + " one place and a list in another.",
            })
    void refuses(String html, String position, String message) {
        assertThat(errors(review(html.strip())))
                .anySatisfy(finding -> {
                    assertThat(finding.code()).isEqualTo(Finding.Code.TEMPLATE_INVALID);
                    assertThat(finding.place()).isEqualTo("content.html:" + position);
                    assertThat(finding.message()).isEqualTo(message);
                    assertThat(finding.whatToDo()).endsWith(".");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain { braces } and }} are text",
                "{{! a comment with {{ in it }}",
                "{{!-- a comment --}}",
                "{{#context.l}}{{-index}}. {{name}}{{^-last}}, {{/-last}}{{/context.l}}",
                "{{#context.l}}{{#context.currency}}{{context.currency}}{{/context.currency}}{{/context.l}}",
                "{{#profile}}{{firstName}}{{/profile}}",
                "<p style=\"a{b}\">{{context.größe}}</p>",
                "<p>{{context.\u0928\u093e\u092e}}</p>",
            })
    void acceptsWhatCanBeRendered(String html) {
        assertThat(errors(review(html))).isEmpty();
    }

    @Test
    void countsLinesAndColumnsFromOne() {
        assertThat(errors(review("<p>\n  {{x}}\n</p>")))
                .extracting(Finding::place)
                .containsExactly("content.html:2:3");
    }

    @Test
    void oneMistakeDoesNotHideTheNext() {
        assertThat(errors(review("{{x}}{{context.a | b}}{{#context.c}}")))
                .extracting(Finding::place)
                .containsExactlyInAnyOrder(
                        "content.html:1:1", "content.html:1:6", "content.html:1:23");
    }

    @Test
    void refusesSectionsNobodyCouldFollow() {
        String html = "{{#context.a}}".repeat(5_000) + "{{/context.a}}".repeat(5_000);

        assertThat(errors(review(html)))
                .singleElement()
                .matches(finding -> finding.message().contains("nested deeper than 32"));
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 100_000})
    void refusesPathsNobodyCouldFollow(int names) {
        String path = "context" + ".a".repeat(names - 1);

        assertThat(errors(review("{{" + path + "}}{{#" + path + "}}{{/" + path + "}}")))
                .hasSize(2)
                .allMatch(finding -> finding.message().endsWith("is not the name of a variable."));
    }

    @Test
    void followsPathsOfAsManyNamesAsSectionsMayNest() {
        assertThat(errors(review("{{context" + ".a".repeat(31) + "}}"))).isEmpty();
    }

    @Test
    void asksForASubjectAndABody() {
        assertThat(ContentReview.of(new EmailContent(" ", "", "", "", ""), List.of()))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.SUBJECT_EMPTY, Finding.Code.BODY_EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{! later }}",
                " {{! one }}\n{{! other }}",
                "{{#context.x}} {{! later }}{{/context.x}}",
                "\u00a0"
            })
    void takesNoPartForOneThatComesToNothing(String part) {
        var content = new EmailContent(part, part, part, part, "");

        assertThat(errors(ContentReview.of(content, List.of())))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.SUBJECT_EMPTY, Finding.Code.BODY_EMPTY);
        assertThat(ContentReview.of(new EmailContent("s", part, "<p>", part, ""), List.of()))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.TEXT_PART_GENERATED, Finding.Code.PREHEADER_MISSING);
    }

    @ParameterizedTest
    @CsvSource({"BOOLEAN, 1", "STRING, 1", "OBJECT, 1", "LIST, 0", "ANY, 0"})
    void countsElementsOfWhatMayBeAListOnly(FieldType type, int errors) {
        var vip = new DeclaredField("context.vip", type, false, false, "", "");
        var html = "{{#context.vip}}{{-index}}{{/context.vip}}";

        assertThat(
                        errors(
                                ContentReview.of(
                                        new EmailContent("s", "p", html, "t", ""), List.of(vip))))
                .hasSize(errors);
    }

    @ParameterizedTest
    @CsvSource({"BOOLEAN, 0", "OBJECT, 1"})
    void countsTheElementsAroundInsideAConditionOnly(FieldType type, int errors) {
        var gift = new DeclaredField("context.l[].gift", type, false, false, "", "");
        var html = "{{#context.l}}{{#gift}}{{-index}}{{/gift}}{{/context.l}}";

        assertThat(
                        errors(
                                ContentReview.of(
                                        new EmailContent("s", "p", html, "t", ""), List.of(gift))))
                .hasSize(errors);
    }

    @Test
    void warnsOfPartsThatAreMissing() {
        assertThat(ContentReview.of(new EmailContent("s", "", "<p>", "", ""), List.of()))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.TEXT_PART_GENERATED, Finding.Code.PREHEADER_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "Ann <ann@example.com>"})
    void refusesAReplyToThatIsNoAddress(String replyTo) {
        var content = new EmailContent("s", "p", "h", "t", replyTo);

        assertThat(errors(ContentReview.of(content, List.of())))
                .extracting(Finding::place)
                .containsExactly("content.reply_to");
    }

    @Test
    void warningsHideNoError() {
        var html = new StringBuilder();
        for (int field = 0; field < 200; field++) {
            html.append("{{context.a").append(field).append("}}");
        }
        var contradicting =
                new EmailContent("s", "p", html + "{{profile.a}}{{profile.a.b}}", "t", "");

        List<Finding> findings = ContentReview.of(contradicting, List.of());

        assertThat(findings).hasSize(100);
        assertThat(errors(findings)).hasSize(1);
    }

    @Test
    void warnsOfLargeHtml() {
        assertThat(review("ä".repeat(50_001)))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.HTML_LARGE);
    }

    @Test
    void warnsOfAVariableNobodyGaveAnExampleFor() {
        assertThat(review("{{context.a}}"))
                .extracting(Finding::code)
                .containsExactly(Finding.Code.VARIABLE_WITHOUT_EXAMPLE);
    }

    @Test
    void warnsOfADeclarationNobodyUses() {
        var declared = new DeclaredField("context.b", FieldType.STRING, false, false, "\"x\"", "");

        assertThat(review(declared)).extracting(Finding::code).contains(Finding.Code.FIELD_UNUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "a, declared_fields[0].path",
        "context, declared_fields[0].path",
        "context.a b, declared_fields[0].path",
        "links.a, declared_fields[0].path",
        "campaign.name, declared_fields[0].path",
    })
    void refusesADeclarationOfNoVariable(String path, String place) {
        var declared = new DeclaredField(path, FieldType.ANY, false, false, "", "");

        assertThat(errors(review(declared))).extracting(Finding::place).containsExactly(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"there", "\"x\"", "{", "null", "7 8", "{\"a\":1,}"})
    void refusesADefaultThatDoesNotFit(String json) {
        var declared = new DeclaredField("context.a", FieldType.INTEGER, false, false, "", json);

        assertThat(errors(review(declared)))
                .extracting(Finding::place)
                .containsExactly("declared_fields[0].default_value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "context.a; {{context.a}}; {\"b\":1}; context.a must be a string, a number or a"
                        + " boolean",
                "context.a; {{context.a.b}}; {\"c\":1}; context.a.b is required",
                "context.a; {{context.a.b}}; \"x\"; context.a must be an object",
                "context.a; {{#context.a}}{{b}}{{/context.a}}; [{\"b\":1},{}]; context.a[1].b is"
                        + " required",
                "context.l[].a; {{#context.l}}{{#a}}{{b}}{{/a}}{{/context.l}}; [{}];"
                        + " context.l.a[0].b is required",
            })
    void refusesADefaultThatTheContentCannotUse(
            String path, String html, String json, String problem) {
        var declared = new DeclaredField(path, FieldType.ANY, false, false, "", json);
        var content = new EmailContent("s", "p", html, "t", "");

        assertThat(errors(ContentReview.of(content, List.of(declared))))
                .extracting(Finding::code, Finding::place, Finding::message)
                .containsExactly(
                        tuple(
                                Finding.Code.FIELD_DECLARATION_INVALID,
                                "declared_fields[0].default_value",
                                "The content cannot use it: " + problem + "."));
    }

    @Test
    void acceptsADefaultThatDefaultsBelowItComplete() {
        var outer = new DeclaredField("context.a", FieldType.OBJECT, false, false, "", "{\"c\":1}");
        var inner = new DeclaredField("context.a.b", FieldType.ANY, false, false, "", "2");
        var content = new EmailContent("s", "p", "{{context.a.b}}{{context.a.c}}", "t", "");

        assertThat(errors(ContentReview.of(content, List.of(outer, inner)))).isEmpty();
    }

    @Test
    void refusesAListThatIsDeclaredAString() {
        var declared = new DeclaredField("context.l", FieldType.LIST, false, false, "", "");
        var content = new EmailContent("s", "p", "{{context.l}}", "t", "");

        assertThat(errors(ContentReview.of(content, List.of(declared))))
                .extracting(Finding::message)
                .containsExactly("context.l is printed in one place and has parts in another.");
    }
}
