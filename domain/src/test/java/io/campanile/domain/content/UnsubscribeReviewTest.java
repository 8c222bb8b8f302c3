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
