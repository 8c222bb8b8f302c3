package io.campanile.domain.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.domain.channel.Category;
import io.campanile.domain.content.Finding.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class UnsubscribeReviewTest {
    private static final String LINK = "<a href=\"{{links.unsubscribe}}\">No more</a>";

    private static List<Finding> review(Category category, String html, String text) {
        return UnsubscribeReview.of(category, new EmailContent("Hello", "", html, text, ""));
    }

    @Test
    void wantsTheLinkInEveryPartOfMarketing() {
        assertThat(review(Category.MARKETING, "<p>Hello</p>", "Hello"))
                .extracting(Finding::code, Finding::place, Finding::isError)
                .containsExactly(
                        tuple(Code.UNSUBSCRIBE_LINK_MISSING, "content.html", true),
                        tuple(Code.UNSUBSCRIBE_LINK_MISSING, "content.text", true));
        assertThat(review(Category.MARKETING, LINK, "No more: {{{links.unsubscribe}}}")).isEmpty();
        assertThat(review(Category.MARKETING, LINK, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{#context.member}}{{links.unsubscribe}}{{/context.member}}",
                "{{^context.member}}{{links.unsubscribe}}{{/context.member}}",
                "{{!links.unsubscribe}}",
                "{{context.unsubscribe}}",
                "{{links.unsubscribe"
            })
    void takesNoLinkForOneThatMayNotBeThere(String text) {
        assertThat(review(Category.MARKETING, "", text))
                .extracting(Finding::code)
                .containsExactly(Code.UNSUBSCRIBE_LINK_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{links.unsubscribe}}",
                "<!-- " + LINK + " -->",
                "<!--[if mso]>" + LINK + "<![endif]-->",
                "<style>/* " + LINK + " */</style>",
                "<SCRIPT>" + LINK + "</SCRIPT>",
                "<head><title>t</title>" + LINK + "</head>",
                "<head>" + LINK + "<body>b",
                "<p title=\"<a href='{{links.unsubscribe}}'>\">b</p>",
                "<img src=\"{{links.unsubscribe}}\">",
                "<a title=\"{{links.unsubscribe}}\" href=\"#\">b</a>",
                "<a href=\"{{links.unsubscribe}}\" style=\"display: none\">b</a>",
                "<a href=\"{{links.unsubscribe}}\" style=\"DISPLAY:\tNone\">b</a>",
                "<div style=\"display:none\">" + LINK + "</div>",
                "<DIV STYLE='Display: NONE;'><p>" + LINK + "</p></DIV>",
                "<div style=\"display:none\"><div>a</div>" + LINK + "</div>",
                "<table style=\"display:none\"><tr><td>" + LINK + "</td></tr></table>",
                "<p style=\"display:none\"><b>a</b>" + LINK,
                "{{#context.member}}" + LINK + "{{/context.member}}",
                "<a href=\"{{#context.member}}{{links.unsubscribe}}{{/context.member}}\">b</a>",
                "<area href=\"{{links.unsubscribe}}\">",
                "<a",
                "<a href=\"",
                "<a href=\"{{links.unsubscribe}}>b</a>",
                "<a href=\"{{links.unsubscribe}}>b</a><p class=\"c\">",
            })
    void takesNothingInHtmlForALinkThatNobodyCanFollow(String html) {
        assertThat(review(Category.MARKETING, html, ""))
                .extracting(Finding::code, Finding::place)
                .containsExactly(tuple(Code.UNSUBSCRIBE_LINK_MISSING, "content.html"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINK,
                "<A class=b HREF = '{{links.unsubscribe}}'>b</A>",
                "<a href={{links.unsubscribe}}>b</a>",
                "<a/href=\"{{links.unsubscribe}}\">b</a>",
                "<a href=\"{{{links.unsubscribe}}}\" title=\"a > b\">b</a>",
                "<head><style>p > a {}</style></head><body>" + LINK,
                "<!-- a --><!--[if !mso]><!-->" + LINK + "<!--<![endif]-->",
                "<header>" + LINK + "</header>",
                "1 < 2 " + LINK,
                "<div style=\"display:none\">a<div>b</div></div>" + LINK,
                "<p style=\"display:none\">a<p>" + LINK,
                "<p style=\"display:none\">a</p>" + LINK,
                "<img style=\"display:none\">" + LINK,
                "<style style=\"display:none\">p {}</style>" + LINK,
                "<div style=\"display:block\">" + LINK + "</div>",
            })
    void takesAnyWayToWriteALink(String html) {
        assertThat(review(Category.MARKETING, html, "")).isEmpty();
    }

    @Test
    void takesALinkInAnImageMapUnlessTheTextIsMadeOfIt() {
        String html = "<area href=\"{{links.unsubscribe}}\">";

        assertThat(review(Category.MARKETING, html, "No more: {{links.unsubscribe}}")).isEmpty();
    }

    @Test
    void refusesTheLinkInTransactionalMailsWhereverItStands() {
        assertThat(
                        review(
                                Category.TRANSACTIONAL,
                                LINK,
                                "{{#context.a}}{{links.unsubscribe}}{{/context.a}}"))
                .extracting(Finding::code)
                .containsExactly(
                        Code.UNSUBSCRIBE_LINK_TRANSACTIONAL, Code.UNSUBSCRIBE_LINK_TRANSACTIONAL);
        assertThat(review(Category.TRANSACTIONAL, "<p>Hello</p>", "Hello")).isEmpty();
    }
}
