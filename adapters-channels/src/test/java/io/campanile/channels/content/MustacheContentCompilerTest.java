package io.campanile.channels.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.campanile.application.content.port.ContentCompiler;
import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.domain.content.EmailContent;
import io.campanile.testkit.content.ContentCompilerContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class MustacheContentCompilerTest extends ContentCompilerContract {
    private static final String DIV =
            "<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">";

    @Override
    protected ContentCompiler compiler() {
        return new MustacheContentCompiler();
    }

    private String textOf(String html, Map<String, Object> context) {
        return render(new EmailContent("s", "", html, "", ""), context).text();
    }

    @Test
    void hidesThePreheaderAtTheBeginningOfTheBody() {
        var content =
                new EmailContent("s", "Hi {{context.x}}", "<body class=a><p>b</p></body>", "", "");

        RenderedEmail mail = render(content, Map.of("x", "<"));

        assertThat(mail.html())
                .matches("<body class=a><div style=\"[^\"]*\">Hi &lt;</div><p>b</p></body>");
        assertThat(mail.text()).isEqualTo("b");
    }

    @Test
    void hidesThePreheaderInNoBodyForOneMailProgramOnly() {
        String html = "<!--[if mso]>\n<body class=a><![endif]--><BODY>\nb</BODY>";

        assertThat(render(new EmailContent("s", "Hi", html, "", ""), Map.of()).html())
                .startsWith("<!--[if mso]>\n<body class=a><![endif]--><BODY><div ")
                .contains(">Hi</div>\nb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<!DOCTYPE html><html><head><style>p {}</style></head>$<p>b</p></html>",
                "<style>p {}</style>$<p>b</p>",
                "<body data-t=\"a>b\">$b",
                "<body class={{context.x}}>$b",
                "<body {{#context.x}}class=\"a>b\"{{/context.x}}>$b",
                "<!-- {{#context.x}}<body>{{/context.x}} -->$b",
                "<script>'<body>'</script>$b",
                "{{#context.x}}<html><body>$a</body></html>{{/context.x}}"
                        + "{{^context.x}}<html><body>$b</body></html>{{/context.x}}",
                "{{#context.x}}{{#context.y}}<body>{{/context.y}}{{/context.x}}$<p>b</p>",
                "{{#context.x}}a{{/context.x}}<body>$b",
                "$c{{#context.x}}a{{/context.x}}b",
                "$a",
                "{{! none }}<body>$<p>{{context.x}}</p>",
            })
    void putsThePreheaderWhereTheBodyBegins(String where) {
        Map<String, Object> context = Map.of("x", "v", "y", true);
        String html = where.replace("$", "");

        String expected = render(new EmailContent("s", "", where, "t", ""), context).html();

        assertThat(render(new EmailContent("s", "Hi", html, "t", ""), context).html())
                .isEqualTo(expected.replace("$", DIV + "Hi</div>"));
    }

    @Test
    void putsNothingInFrontOfADocumentTypeThoughTheTemplateBeginsWithAByteOrderMark() {
        var content = new EmailContent("s", "Hi", "\ufeff<!doctype html><p>b</p>", "", "");

        RenderedEmail mail = render(content, Map.of());

        assertThat(mail.html()).isEqualTo("<!doctype html>" + DIV + "Hi</div><p>b</p>");
        assertThat(mail.text()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Soon"})
    void leavesAPartOutOfWhichNothingIsLeft(String preheader) {
        var content =
                new EmailContent(
                        "s",
                        preheader,
                        "\n{{#context.a}}<p>A</p>{{/context.a}}\n",
                        "{{#context.b}}B{{/context.b}}\n",
                        "");

        RenderedEmail textOnly = render(content, Map.of("b", true));
        assertThat(textOnly.html()).isEmpty();
        assertThat(textOnly.text()).isEqualTo("B\n");
        assertThat(render(content, Map.of("a", true)).text()).isEmpty();
        assertThatThrownBy(() -> render(content, Map.of()))
                .isInstanceOf(RenderingFailed.class)
                .hasMessage("the content is empty once rendered");
    }

    @Nested
    class GeneratedText {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "<p>a</p><p>b</p>|a~~b",
                    "a<br>b|a~b",
                    "<ul><li>a</li><li>b</li></ul>|- a~- b",
                    "<a href=\"https://example.com/?u={{context.x}}\">go</a>|go"
                            + " (https://example.com/?u=v<)",
                    "<head><title>t</title><style>p {}</style></head><p>{{context.x}}</p>|v<",
                    "&amp;&lt;|&<",
                    "<table>{{#context.l}}<tr><td>{{n}}</td></tr>{{/context.l}}</table>|1~2",
                })
        void readsWell(String html, String expected) {
            Map<String, Object> context =
                    Map.of("x", "v<", "l", List.of(Map.of("n", 1L), Map.of("n", 2L)));

            assertThat(textOf(html, context).strip().replaceAll(" *\n+ *", "\n"))
                    .isEqualTo(expected.replaceAll("~+", "\n"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "<dl><dt>a</dt><dd>b</dd></dl><center>c</center><address>d</address>|a~b~c~d",
                    "a<center>b</center>c<main>d</main>e|a~b~c~d~e",
                    "<ul><li>a</li><li>b</li></ul>c|- a~- b~~c",
                    "<table><tr><td>a<td>b</tr><tr><td>c</table>|a b~c",
                    "<a href=\"https://example.com/\"><img alt=\"Shop now\"></a>|Shop now"
                            + " (https://example.com/)",
                    "<a href=\"{{context.x}}\">{{context.x}}</a>|v",
                    "<a href=\"{{context.x}}\"> {{context.x}} </a><a href=v>v</a>|v v"
                })
        void keepsLinesApart(String html, String expected) {
            assertThat(textOf(html, Map.of("x", "v"))).isEqualTo(expected.replace('~', '\n'));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{context.x}} is it.",
                    "{{context.x}}, <p>b",
                    "<style>p {}</style>{{context.x}}, b",
                    "<!-- layout -->{{context.x}}, b",
                    "<head><meta charset=utf-8></head>{{context.x}}, b",
                    "<body>b</body></html>{{context.x}}",
                    "{{#context.l}}{{n}}{{/context.l}}"
                })
        void hasWhatStandsBeforeTheBodyAndBehindIt(String html) {
            Map<String, Object> context = Map.of("x", "4711", "l", List.of(Map.of("n", "4711")));

            assertThat(textOf(html, context)).contains("4711");
        }

        @Test
        void isMadeInTimeThoughAValueIsAllBlanks() {
            String html =
                    "{{{context.markup}}}<a href=\"https://example.com/?q={{context.q}}x\">b</a>";

            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> textOf(html, Map.of("markup", "<p>a</p>", "q", " ".repeat(200_000))));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "<!--[if mso]><v:roundrect href=\"{{context.url}}\" style=\"height:40px\""
                            + " fillcolor=\"#d62828\">x<![endif]-->Hello|Hello",
                    "Hello<!-- order {{context.url}} -->|Hello",
                    "Hello<!--{{context.url}}-->|Hello",
                    "<a href={{context.url}}>Hello</a>|Hello (https://example.com/?a=b)",
                    "<p title={{context.word}}>Hello|Hello",
                    "<p {{#context.word}}title=\"x\"{{/context.word}}>Hello|Hello",
                    "<{{context.word}}>Hello|Hello",
                    "{{{context.markup}}}|Hello",
                    "{{&context.markup}}|Hello",
                    "&#123;&#123;word}}|{{word}}",
                    "{<b>{context.word}}</b>|{{context.word}}",
                    "{<b>{{context.word}}</b>}|{b}",
                    "<p title=\"{{context.word}}\">Hello|Hello",
                    "<!--campanile:7-->Hello|Hello",
                    "<textarea>{{context.word}}</textarea>|b",
                })
        void holdsNoMarkup(String html, String expected) {
            Map<String, Object> context =
                    Map.of(
                            "url", "https://example.com/?a=b",
                            "word", "b",
                            "markup", "<p style=\"x\">Hello</p>");

            assertThat(textOf(html, context)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "<p style=\"{{^context.x}}display:none{{/context.x}}\">L-7</p> | L-7 | ``",
                    "<p style=\"display:{{#context.x}}block{{/context.x}}{{^context.x}}none{{/context.x}}\">L-7</p>"
                        + " | L-7 | ``",
                    "<p style=\"display:{{context.y}}\">L-7</p> | L-7 | ``",
                    "<p style=\"color:{{context.y}}\">L-7</p> | L-7 | L-7",
                    "<a href=\"{{#context.x}}https://s/{{/context.x}}\">L-7</a> | L-7 (https://s/)"
                            + " | L-7",
                })
        void showsWhatTheMailShows(String html, String withX, String without) {
            assertThat(textOf(html, Map.of("x", true, "y", "block"))).isEqualTo(withX);
            assertThat(textOf(html, Map.of("y", "none"))).isEqualTo(without);
        }

        @Test
        void comesFromTheRenderedMailWhereTheTemplateAloneMakesNoSense() {
            String html = "<style>{{#context.x}}</style><p>a</p>{{/context.x}}";

            assertThat(textOf(html, Map.of())).isEmpty();
        }
    }
}
