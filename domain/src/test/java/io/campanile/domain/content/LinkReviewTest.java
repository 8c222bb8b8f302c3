package io.campanile.domain.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

class LinkReviewTest {
    private static final EmailContent CONTENT = new EmailContent("s", "p", "<p>", "t", "");

    private static HtmlLink link(String element, String target) {
        return new HtmlLink(element, target, true, new TemplateNode.Position(2, 7));
    }

    private static List<Finding> review(List<HtmlLink> links) {
        return LinkReview.of(CONTENT, html -> html.equals(CONTENT.html()) ? links : List.of());
    }

    @Test
    void warnsOfLinksThatLeadNowhere() {
        assertThat(review(List.of(link("a", ""), link("a", "#"))))
                .extracting(Finding::level, Finding::code, Finding::place)
                .containsOnly(
                        tuple(
                                Finding.Level.WARNING,
                                Finding.Code.LINK_WITHOUT_TARGET,
                                "content.html:2:7"))
                .hasSize(2);
    }

    @Test
    void letsLinksPassThatLeadSomewhere() {
        assertThat(
                        review(
                                List.of(
                                        link("a", "https://example.com/"),
                                        link("a", "#part"),
                                        link("area", ""))))
                .isEmpty();
    }

    @Test
    void saysNoMoreThanSomebodyCanWorkOn() {
        assertThat(review(Collections.nCopies(200, link("a", "")))).hasSize(100);
    }
}
