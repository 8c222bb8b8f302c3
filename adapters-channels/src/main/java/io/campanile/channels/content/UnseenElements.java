package io.campanile.channels.content;

import org.jsoup.nodes.Element;

import java.util.Locale;
import java.util.Set;

/// Elements of HTML that nobody sees, with all that is in them: the review of links and the text
/// made of HTML have to agree about them.
final class UnseenElements {
    private static final Set<String> NAMES = Set.of("head", "style", "script", "template", "title");

    private UnseenElements() {}

    static boolean holds(Element element) {
        return NAMES.contains(element.normalName()) || isHidden(element.attr("style"));
    }

    /// @param style empty where there is none
    private static boolean isHidden(String style) {
        return !style.isEmpty()
                && style.replaceAll("\\s", "").toLowerCase(Locale.ROOT).contains("display:none");
    }
}
