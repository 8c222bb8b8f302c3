package io.campanile.channels.content;

import io.campanile.domain.content.Blanks;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Elements of HTML that nobody sees, with all that is in them: the review of links and the text
/// made of HTML have to agree about them.
final class UnseenElements {
    private static final Set<String> NAMES = Set.of("head", "style", "script", "template", "title");
    private static final Pattern HIDDEN = Pattern.compile("display:none|visibility:hidden");

    private UnseenElements() {}

    static boolean holds(Element element) {
        return NAMES.contains(element.normalName())
                || element.hasAttr("hidden")
                || isHidden(element.attr("style"));
    }

    /// @param style empty where there is none
    private static boolean isHidden(String style) {
        return !style.isEmpty()
                && HIDDEN.matcher(style.replaceAll("\\s", "").toLowerCase(Locale.ROOT)).find();
    }

    /// Whether there is something to see where it stands, unless what is around it is hidden: words
    /// or a picture.
    static boolean showsItself(Node node) {
        return switch (node) {
            case TextNode text -> !Blanks.isBlank(text.getWholeText());
            case Element element -> element.normalName().equals("img") && !holds(element);
            default -> false;
        };
    }
}
