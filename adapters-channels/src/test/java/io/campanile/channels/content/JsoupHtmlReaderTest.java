package io.campanile.channels.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.HtmlReader;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.HtmlLink;
import io.campanile.domain.content.UnsubscribeReview;
import io.campanile.testkit.content.HtmlReaderContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsoupHtmlReaderTest extends HtmlReaderContract {
    private static final String TAG = "{{links.unsubscribe}}";
    private static final String URL = "https://example.com/unsubscribe";
    private static final String LINK = "<a href='%s'>b</a>";

    @Override
    protected HtmlReader reader() {
        return new JsoupHtmlReader();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINK,
                "<A class=b HREF = '%s'>b</A>",
                "<a href=%s>b</a>",
                "<a/href=\"%s\">b</a>",
                "<a href=\"%s\" title=\"a > b\">b</a>",
                "<head><style>p > a {}</style></head><body>" + LINK,
                "<!-- a --><!--[if !mso]><!-->" + LINK + "<!--<![endif]-->",
                "<header>" + LINK + "</header>",
                "1 < 2 " + LINK,
                "<div style='display:none'>a<div>b</div></div>" + LINK,
                "<p style='display:none'>a</p>" + LINK,
                "<p style='display:none'>a<p>" + LINK,
                "<p style='display:none'>a<div>" + LINK + "</div>",
                "<ul><li style='display:none'>a<li>" + LINK + "</ul>",
                "<table><tr><td style='display:none'>a<td>" + LINK + "</table>",
                "<img style='display:none'>" + LINK,
                "<style style='display:none'>p {}</style>" + LINK,
                "<div style='display:block'>" + LINK + "</div>",
                "<a href='%s'><img src='a.png'></a>",
                "<a href='%s'><b hidden>c</b><i>b</i></a>",
                "<p><a href='%s'><p>b",
                "<td style='font-size:0'><div style='font-size:14px'>" + LINK + "</div></td>"
            })
    void findsALinkHoweverItIsWritten(String html) {
        assertThat(passes(html)).isTrue();
        assertThat(HtmlToText.convert(html.formatted(URL))).contains(URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!-- " + LINK + " -->",
                "<!--[if mso]>" + LINK + "<![endif]-->",
                "<style>/* " + LINK + " */</style>",
                "<SCRIPT>" + LINK + "</SCRIPT>",
                "<template>" + LINK + "</template>",
                "<p title=\"" + LINK + "\">b</p>",
                "<img src='%s'>",
                "<a title='%s' href='#'>b</a>",
                "<a href='%s' style='DISPLAY:\tNone'>b</a>",
                "<div style='display :\tNone !important'>" + LINK + "</div>",
                "<DIV STYLE='Display: NONE;'><p>" + LINK + "</p></DIV>",
                "<div style='display:none'><div>a</div>" + LINK + "</div>",
                "<table style='display:none'><tr><td>" + LINK + "</td></tr></table>",
                "<p style='display:none'><b>a</b>" + LINK,
                "<a href='%s' hidden>b</a>",
                "<div hidden>" + LINK + "</div>",
                "<div style='Visibility: hidden'>" + LINK + "</div>",
                "<a href='%s'></a>",
                "<a href='%s'> &nbsp;<!-- b --></a>",
                "<a href='%s'><span style='display:none'>b</span></a>",
                "<a href='%s'><img src='a.png' hidden></a>",
                "<a",
                "<a href='"
            })
    void findsNoneThatNobodyCanFollow(String html) {
        assertThat(passes(html)).isFalse();
        assertThat(HtmlToText.convert(html.formatted(URL))).doesNotContain(URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a href=\"%s>b</a>", "<a href=\"%s>b</a><p class=\"c\">"})
    void takesNothingWithoutAnEndForALink(String html) {
        assertThat(passes(html)).isFalse();
    }

    private boolean passes(String html) {
        var content = new EmailContent("Hello", "", html.formatted(TAG), "", "");
        return UnsubscribeReview.of(Category.MARKETING, content, reader()::links).isEmpty();
    }

    @Test
    void tellsOfALinkOnceThoughItsEndIsMissing() {
        assertThat(reader().links("<p><a href='#a'>b<p>c"))
                .extracting(HtmlLink::target)
                .containsExactly("#a");
    }
}
