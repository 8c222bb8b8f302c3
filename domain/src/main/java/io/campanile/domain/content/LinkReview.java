package io.campanile.domain.content;

import java.util.List;
import java.util.function.Function;

/// Links that lead nowhere.
public final class LinkReview {
    /// Enough to work on; a hostile template must not make us write megabytes.
    private static final int MOST = 100;

    private LinkReview() {}

    /// A warning for each of them, of the first 100.
    ///
    /// @param links reads some HTML
    public static List<Finding> of(EmailContent content, Function<String, List<HtmlLink>> links) {
        return links.apply(content.html()).stream()
                .filter(LinkReview::leadsNowhere)
                .limit(MOST)
                .map(link ->
                        new Finding(
                                Finding.Level.WARNING,
                                Finding.Code.LINK_WITHOUT_TARGET,
                                "content.html:" + link.position(),
                                "The link leads nowhere.",
                                "Give it an href, or remove it."))
                .toList();
    }

    private static boolean leadsNowhere(HtmlLink link) {
        return link.element().equals("a") && (link.target().isEmpty() || link.target().equals("#"));
    }
}
