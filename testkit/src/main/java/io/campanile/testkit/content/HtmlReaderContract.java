package io.campanile.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.HtmlReader;
import io.campanile.domain.content.HtmlLink;
import io.campanile.domain.content.TemplateNode.Position;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [HtmlReader] must find.
public abstract class HtmlReaderContract {
    protected abstract HtmlReader reader();

    @Test
    void tellsOfEachLinkWhereItLeadsAndWhereItStands() {
        String html =
                "<p>a</p>\n <a class=\"b\" href=\" https://example.com/a \">b</a><a>c</a>"
                        + "<map><area href='#d'></map><abbr>e</abbr>";

        assertThat(reader().links(html))
                .containsExactly(
                        new HtmlLink("a", "https://example.com/a", true, new Position(2, 2)),
                        new HtmlLink("a", "", true, new Position(2, 51)),
                        new HtmlLink("area", "#d", true, new Position(2, 64)));
    }

    @Test
    void takesNoLinkInACommentForOne() {
        assertThat(reader().links("<!-- <a href=\"#a\">a</a> -->\n<p>b</p>")).isEmpty();
        assertThat(reader().links("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"#a\" style=\"display:none\">a</a>",
                "<a href=\"#a\" style=\"visibility:hidden\">a</a>",
                "<a href=\"#a\" hidden>a</a>",
                "<a hidden href=\"#a\">a</a>",
                "<a href=\"#a\" hidden=\"hidden\">a</a>",
                "<a href=\"#a\"></a>",
                "<a href=\"#a\"> <b> </b>\n</a>",
                "<area href=\"#a\" hidden>"
            })
    void tellsWhichLinksNobodySees(String hidden) {
        assertThat(reader().links(hidden + "<a href=\"#b\">b</a>"))
                .extracting(HtmlLink::isSeen)
                .containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"#a\" class=\"hidden\">a</a>",
                "<a href=\"#hidden\"><b>a</b></a>",
                "<a href=\"#a\"><img src=\"a.png\"></a>",
                "<area href=\"#a\">"
            })
    void takesWordsAndPicturesForSomethingToSee(String seen) {
        assertThat(reader().links(seen)).extracting(HtmlLink::isSeen).containsExactly(true);
    }
}
