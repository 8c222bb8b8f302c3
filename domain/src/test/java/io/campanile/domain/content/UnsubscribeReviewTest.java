package io.campanile.domain.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.domain.channel.Category;
import io.campanile.domain.content.Finding.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.regex.Pattern;

class UnsubscribeReviewTest {
    private static final String LINK = "<a href=\"{{links.unsubscribe}}\">No more</a>";

    private static List<Finding> review(Category category, String html, String text) {
        var content = new EmailContent("Hello", "", html, text, "");
        return UnsubscribeReview.of(category, content, UnsubscribeReviewTest::links);
    }

    private static List<HtmlLink> links(String html) {
        return Pattern.compile("<(a|area) href=\"([^\"]*)\"( hidden)?>")
                .matcher(html)
                .results()
                .map(match ->
                        new HtmlLink(
                                match.group(1),
                                match.group(2),
                                match.group(3) == null,
                                new TemplateNode.Position(1, 1)))
                .toList();
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
                "Hello {{!links.unsubscribe}}",
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
                "<a href=\"#\">{{links.unsubscribe}}</a>",
                "<a href=\"{{links.unsubscribe}}\" hidden>b</a>",
                "{{#context.member}}" + LINK + "{{/context.member}}",
                "<a href=\"{{#context.member}}{{links.unsubscribe}}{{/context.member}}\">b</a>",
                "<area href=\"{{links.unsubscribe}}\">",
                "<a href=\"{{links.unsubscribe}}>b</a><p class=\">",
                "<a href=\"http://{{links.unsubscribe}}\">b</a>",
                "<a href=\"#{{links.unsubscribe}}\">b</a>",
                "<a href=\"mailto:ann@example.com?body={{links.unsubscribe}}\">b</a>",
                "<a href=\"{{context.base}}{{links.unsubscribe}}\">b</a>",
                "<a href=\"{{links.unsubscribe}}?from=mail\">b</a>",
                "<a href=\"{{links.unsubscribe}}/\">b</a>",
                "<a href=\"{{links.unsubscribe}}{{context.place}}\">b</a>",
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
                "<a href=\"{{{links.unsubscribe}}}\">b</a>",
                "<a href=\" {{links.unsubscribe}} \">b</a>",
                "<a href=\"{{links.unsubscribe}}&from={{context.place}}\">b</a>",
                "<a href=\"{{links.unsubscribe}}#bye\">b</a>",
                "{{#context.member}}<p>a</p>{{/context.member}}" + LINK
            })
    void takesALinkForOneThatEverybodyCanFollow(String html) {
        assertThat(review(Category.MARKETING, html, "")).isEmpty();
    }

    @Test
    void takesATextOfCommentsForOneThatIsMadeOfTheHtml() {
        assertThat(review(Category.MARKETING, LINK, "{{! later }}")).isEmpty();
        assertThat(review(Category.MARKETING, "{{! later }}", "No more: {{links.unsubscribe}}"))
                .isEmpty();
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
