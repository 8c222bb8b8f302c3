package io.campanile.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.content.port.CompiledContent;
import io.campanile.application.content.port.ContentCompiler;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.application.content.port.TemplateInvalid;
import io.campanile.domain.content.EmailContent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// What every [ContentCompiler] and its [CompiledContent] must do.
public abstract class ContentCompilerContract {
    protected abstract ContentCompiler compiler();

    protected final RenderedEmail render(EmailContent content, Map<String, Object> context) {
        return compiler().compile(content).render(roots(context));
    }

    private static Map<String, Object> roots(Map<String, Object> context) {
        return Map.of(
                "context",
                context,
                "profile",
                Map.of("name", "Ann"),
                "campaign",
                Map.of("name", "c"),
                "message",
                Map.of("id", "m"));
    }

    private String text(String template, Map<String, Object> context) {
        return render(new EmailContent("s", "", "", template, ""), context).text();
    }

    @Test
    void rendersEveryPartForOneRecipientAfterTheOther() {
        CompiledContent content =
                compiler()
                        .compile(
                                new EmailContent(
                                        "s {{context.x}}",
                                        "",
                                        "<p>h {{context.x}}</p>",
                                        "t {{context.x}}",
                                        "{{context.x}}@example.com"));

        assertThat(content.render(roots(Map.of("x", "ann"))))
                .isEqualTo(new RenderedEmail("s ann", "<p>h ann</p>", "t ann", "ann@example.com"));
        assertThat(content.render(roots(Map.of("x", "bob"))))
                .isEqualTo(new RenderedEmail("s bob", "<p>h bob</p>", "t bob", "bob@example.com"));
    }

    @Test
    void makesUpATextPartButNoHtmlPart() {
        RenderedEmail generated =
                render(new EmailContent("s", "", "<p>{{context.x}}</p>", "", ""), Map.of("x", "<"));
        RenderedEmail textOnly = render(new EmailContent("s", "unseen", "", "t", ""), Map.of());

        assertThat(generated.text().strip()).isEqualTo("<");
        assertThat(textOnly).isEqualTo(new RenderedEmail("s", "", "t", ""));
    }

    @Test
    void putsThePreheaderBeforeTheBodyInTheHtmlPartOnly() {
        RenderedEmail mail =
                render(
                        new EmailContent("s", "{{context.x}}", "<p>b</p>", "", ""),
                        Map.of("x", "<"));

        assertThat(mail.html()).containsSubsequence("&lt;", "<p>b</p>");
        assertThat(mail.text().strip()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{! The <body> begins below }}<html><body><p>b</p></body></html>",
                "{{#context.dark}}<body class=\"dark\">{{/context.dark}}"
                        + "{{^context.dark}}<body>{{/context.dark}}<p>b</p></body>",
                "{{#context.dark}}<body class=\"dark\">{{/context.dark}}<p>b</p>",
                "<body data-t=\"a>b\" class=\"{{context.x}}\"><p>b</p></body>",
                "<!DOCTYPE html><html>{{#context.l}}<p>{{.}}</p>{{/context.l}}<p>b</p></html>",
            })
    void hasThePreheaderOnceWhateverStandsAroundTheBody(String html) {
        var content = new EmailContent("s", "News for {{context.x}}.", html, "", "");
        for (boolean dark : List.of(true, false)) {
            RenderedEmail mail =
                    render(content, Map.of("x", "Ann", "dark", dark, "l", List.of("a")));

            assertThat(mail.html())
                    .containsOnlyOnce("News for Ann.")
                    .containsSubsequence("News for Ann.", "<p>b</p>")
                    .doesNotContain("begins");
        }
    }

    @Test
    void takesCommentsForNothing() {
        var content = new EmailContent("s", "p", "{{! later }}", "t", "");
        var generated = new EmailContent("s", "{{! later }}", "<p>b</p>", " {{! later }}\n", "");

        assertThat(render(content, Map.of())).isEqualTo(new RenderedEmail("s", "", "t", ""));
        assertThat(render(generated, Map.of()))
                .isEqualTo(new RenderedEmail("s", "<p>b</p>", "b", ""));
    }

    @Test
    void escapesInTheHtmlPartOnly() {
        var content =
                new EmailContent(
                        "{{context.x}}", "", "{{context.x}}|{{{context.x}}}", "{{context.x}}", "");

        RenderedEmail mail = render(content, Map.of("x", "<b>&\"'"));

        assertThat(mail.subject()).isEqualTo("<b>&\"'");
        assertThat(mail.html()).isEqualTo("&lt;b&gt;&amp;&quot;&#39;|<b>&\"'");
        assertThat(mail.text()).isEqualTo("<b>&\"'");
    }

    @Test
    void knowsAllRoots() {
        assertThat(
                        text(
                                "{{context.x}} {{profile.name}} {{campaign.name}} {{message.id}}",
                                Map.of("x", 1L)))
                .isEqualTo("1 Ann c m");
    }

    @Test
    void walksThroughLists() {
        Map<String, Object> context =
                Map.of("l", List.of(Map.of("n", "a"), Map.of("n", "b"), Map.of("n", "c")));

        assertThat(
                        text(
                                "{{#context.l}}{{-index}}{{n}}{{^-last}}, {{/-last}}{{/context.l}}",
                                context))
                .isEqualTo("1a, 2b, 3c");
    }

    @Test
    void takesASingleObjectForAListOfOne() {
        String template =
                "{{#context.l}}{{-index}}. {{n}}{{#-first}}!{{/-first}}{{^-last}},"
                        + " {{/-last}}{{/context.l}}";

        assertThat(text(template, Map.of("l", Map.of("n", "a")))).isEqualTo("1. a!");
        assertThat(text(template, Map.of("l", List.of(Map.of("n", "a"))))).isEqualTo("1. a!");
    }

    @Test
    void countsElementsInsideAConditionOnThem() {
        Map<String, Object> context = Map.of("l", List.of(Map.of("n", "a"), Map.of("n", "b")));

        assertThat(text("{{#context.l}}{{#n}}{{-index}}{{n}}{{/n}}{{/context.l}}", context))
                .isEqualTo("1a2b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{#context.l}}{{outer}}{{/context.l}}",
                "{{#context.l}}{{#inner}}{{n}}{{/inner}}{{/context.l}}",
            })
    void neverLooksIntoAnOuterScope(String template) {
        Map<String, Object> element = Map.of("n", "outer", "inner", List.of(Map.of()));
        Map<String, Object> context = Map.of("l", List.of(element), "outer", "x");

        assertThatThrownBy(() -> text(template, context)).isInstanceOf(RenderingFailed.class);
    }

    @Test
    void letsNoElementPassForARoot() {
        Map<String, Object> context =
                Map.of("x", "right", "l", List.of(Map.of("context", Map.of("x", "wrong"))));

        assertThat(text("{{#context.l}}{{context.x}}{{/context.l}}", context)).isEqualTo("right");
    }

    @Test
    void keepsTheElementInsideACondition() {
        Map<String, Object> context = Map.of("l", List.of(Map.of("n", "a", "flag", "yes")));

        assertThat(text("{{#context.l}}{{#flag}}{{n}}{{/flag}}{{/context.l}}", context))
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({"text, xx", "true, ab"})
    void takesASingleValueForItselfInsideASectionOverIt(String kind, String expected) {
        Object value = kind.equals("true") ? (Object) true : "x";

        assertThat(
                        text(
                                "{{#context.l}}{{#context.v}}{{.}}{{/context.v}}{{/context.l}}",
                                Map.of("l", List.of("a", "b"), "v", value)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{context.x.length}}", "{{context.x.class}}", "{{context.l.size}}"})
    void neverReflectsIntoValues(String template) {
        assertThatThrownBy(() -> text(template, Map.of("x", "text", "l", List.of())))
                .isInstanceOf(RenderingFailed.class);
    }

    @Test
    void namesTheVariableThatIsMissingAndNoValue() {
        assertThatThrownBy(() -> text("{{context.a}}{{context.o.x}}", Map.of("a", "geheim")))
                .isInstanceOf(RenderingFailed.class)
                .hasMessage("content.text: context.o.x has no value");
    }

    @Test
    void leavesOutSectionsOverWhatIsMissingEmptyOrFalse() {
        String template =
                "{{#context.none}}1{{/context.none}}{{#context.empty}}2{{/context.empty}}"
                        + "{{#context.no}}3{{/context.no}}{{#context.list}}4{{/context.list}}"
                        + "{{^context.none}}5{{/context.none}}";

        assertThat(text(template, Map.of("empty", "", "no", false, "list", List.of())))
                .isEqualTo("5");
    }

    @Test
    void printsNumbersWithoutSurprises() {
        Map<String, Object> context =
                Map.of(
                        "a", 3.0,
                        "b", 2.5,
                        "c", 1e15,
                        "d", new BigDecimal("1E+3"),
                        "e", 7L,
                        "f", new BigDecimal("19.90"),
                        "g", 1e-5);

        assertThat(
                        text(
                                "{{context.a}} {{context.b}} {{context.c}} {{context.d}}"
                                        + " {{context.e}} {{context.f}} {{context.g}}",
                                context))
                .isEqualTo("3 2.5 1000000000000000 1000 7 19.90 0.00001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\nBcc: x", "a\nBcc: x", "a\rBcc: x", "a\u2028Bcc: x", "a\u0000Bcc: x"})
    void keepsTheSubjectOnOneLine(String value) {
        var content = new EmailContent("{{context.x}}", "", "", "t", "");

        assertThat(render(content, Map.of("x", value)).subject()).isEqualTo("a Bcc: x");
    }

    @Test
    void refusesASubjectThatComesToNothing() {
        var content =
                new EmailContent("{{#context.x}}Hi {{context.x}}{{/context.x}} ", "", "", "t", "");

        assertThat(render(content, Map.of("x", "Ann")).subject()).isEqualTo("Hi Ann");
        assertThatThrownBy(() -> render(content, Map.of("x", "")))
                .isInstanceOf(RenderingFailed.class)
                .hasMessage("content.subject is empty");
    }

    @Test
    void refusesAReplyToThatIsNoAddressOnceRendered() {
        var content = new EmailContent("s", "", "", "t", "{{context.x}}");

        assertThat(render(content, Map.of("x", "ann@example.com")).replyTo())
                .isEqualTo("ann@example.com");
        assertThatThrownBy(
                        () -> render(content, Map.of("x", "ann@example.com\r\nBcc: x@example.com")))
                .isInstanceOf(RenderingFailed.class)
                .hasMessageNotContaining("ann@");
    }

    @Test
    void stopsWhatGrowsWithoutMeasure() {
        Map<String, Object> context = Map.of("l", Collections.nCopies(100_000, Map.of()));

        assertThatThrownBy(
                        () -> text("{{#context.l}}" + "x".repeat(100) + "{{/context.l}}", context))
                .isInstanceOf(RenderingFailed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{#context.l}}{{#context.l}}{{/context.l}}{{/context.l}}",
                "{{#context.l}}{{#context.l}}{{#context.l}}{{.}}{{/context.l}}{{/context.l}}{{/context.l}}",
            })
    void stopsWhatTakesTooLongWithoutWritingMuch(String template) {
        Map<String, Object> context = Map.of("l", Collections.nCopies(2_000, ""));

        assertThatThrownBy(() -> text(template, context))
                .isInstanceOf(RenderingFailed.class)
                .hasMessageStartingWith("content.text takes ");
    }

    @Test
    void walksThroughListsOfLists() {
        Map<String, Object> context =
                Map.of("l", List.of(List.of("a", "b"), List.of(), List.of("c")));

        assertThat(text("{{#context.l}}[{{#.}}{{.}}{{/.}}]{{/context.l}}", context))
                .isEqualTo("[ab][][c]");
    }

    @Test
    void refusesTemplatesThatDoNotCompile() {
        assertThatThrownBy(() -> text("{{#context.a}}", Map.of()))
                .isInstanceOf(TemplateInvalid.class)
                .hasMessageStartingWith("content.text:1:1: ");
    }
}
