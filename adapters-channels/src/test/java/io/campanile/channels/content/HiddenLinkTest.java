package io.campanile.channels.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Category;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.UnsubscribeReview;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A link that the review takes for one is in the text that is made of the HTML, and no other is.
class HiddenLinkTest {
    private static final String TAG = "{{links.unsubscribe}}";
    private static final String URL = "https://example.com/unsubscribe";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href='%s'>b</a>",
                "<a href='%s' style='DISPLAY: none'>b</a>",
                "<div style='display:none'><a href='%s'>b</a></div>",
                "<div style='display :\tNone !important'><a href='%s'>b</a></div>",
                "<div style='display:none'><div>a</div><a href='%s'>b</a></div>",
                "<div style='display:none'>a<div>b</div></div><a href='%s'>b</a>",
                "<table style='display:none'><tr><td><a href='%s'>b</a></td></tr></table>",
                "<p style='display:none'>a<a href='%s'>b</a>",
                "<p style='display:none'>a<p><a href='%s'>b</a>",
                "<p style='display:none'>a<div><a href='%s'>b</a></div>",
                "<img style='display:none'><a href='%s'>b</a>",
                "<div style='display:block'><a href='%s'>b</a></div>"
            })
    void isOneInBoth(String html) {
        var content = new EmailContent("Hello", "", html.formatted(TAG), "", "");
        boolean passes = UnsubscribeReview.of(Category.MARKETING, content).isEmpty();

        assertThat(HtmlToText.convert(html.formatted(URL)).contains(URL)).isEqualTo(passes);
    }
}
