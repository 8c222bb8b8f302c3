package io.campanile.channels.content;

import io.campanile.domain.content.TemplateNode;
import io.campanile.domain.content.TemplateNode.Section;
import io.campanile.domain.content.TemplateNode.Text;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The hidden element mail programs take their preview line from. It is put between the pieces of
/// the parsed template, so that no tag can swallow it, at the place where HTML5 sees a body begin.
final class Preheader {
    private static final Text OPENING =
            new Text("<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">");
    private static final Text CLOSING = new Text("</div>");

    private final List<TemplateNode> element;

    private Preheader(List<TemplateNode> preheader) {
        element = joined(Stream.of(List.of(OPENING), preheader, List.of(CLOSING)));
    }

    /// The HTML part with the preheader as the first thing in its body. The preheader's own tags
    /// are escaped like all others of the HTML part; its text is HTML, too.
    static List<TemplateNode> into(List<TemplateNode> html, List<TemplateNode> preheader) {
        return new Preheader(preheader).into(html);
    }

    /// Some rendered HTML without the element, where that is the first of it.
    static String without(String html) {
        String stripped = html.stripLeading();
        int end = stripped.indexOf(CLOSING.value());
        return stripped.startsWith(OPENING.value()) && end >= 0
                ? stripped.substring(end + CLOSING.value().length())
                : html;
    }

    /// A body that stands in sections only is there for some: where one section or its opposite
    /// always has one, each gets the element, and else it follows them.
    private List<TemplateNode> into(List<TemplateNode> nodes) {
        Element body = body(textForAll(nodes));
        boolean isForSome = !isWritten(body) && isWritten(body(wholeText(nodes)));
        List<Section> holding = isForSome ? holding(nodes) : List.of();
        if (holding.isEmpty()) {
            return at(start(body), nodes);
        }
        return areOpposites(holding)
                ? nodes.stream().map(node -> within(node, holding)).toList()
                : behind(nodes.indexOf(holding.getLast()), nodes);
    }

    private TemplateNode within(TemplateNode node, List<Section> holding) {
        return node instanceof Section section && holding.contains(section)
                ? new Section(
                        section.reference(),
                        section.inverted(),
                        into(section.children()),
                        section.position())
                : node;
    }

    private List<TemplateNode> behind(int index, List<TemplateNode> nodes) {
        return joined(
                Stream.of(
                        nodes.subList(0, index + 1),
                        element,
                        nodes.subList(index + 1, nodes.size())));
    }

    /// @param offset in the text of the nodes; what stands between its characters comes later
    private List<TemplateNode> at(int offset, List<TemplateNode> nodes) {
        if (offset <= 0) {
            return joined(Stream.of(element, nodes));
        }
        int index = 0;
        int left = offset;
        for (; text(nodes.get(index)).length() < left; index++) {
            left -= text(nodes.get(index)).length();
        }
        String cut = text(nodes.get(index));
        return joined(
                Stream.of(
                        nodes.subList(0, index),
                        List.of(new Text(cut.substring(0, left))),
                        element,
                        List.of(new Text(cut.substring(left))),
                        nodes.subList(index + 1, nodes.size())));
    }

    private static List<TemplateNode> joined(Stream<List<? extends TemplateNode>> pieces) {
        return pieces.<TemplateNode>flatMap(List::stream).toList();
    }

    private static boolean areOpposites(List<Section> sections) {
        return sections.stream()
                .anyMatch(one ->
                        sections.stream()
                                .anyMatch(other ->
                                        one.inverted() != other.inverted()
                                                && one.reference().equals(other.reference())));
    }

    /// The sections that have a body of their own.
    private static List<Section> holding(List<TemplateNode> nodes) {
        return nodes.stream()
                .filter(Section.class::isInstance)
                .map(Section.class::cast)
                .filter(section -> isWritten(body(wholeText(section.children()))))
                .toList();
    }

    private static String textForAll(List<TemplateNode> nodes) {
        return nodes.stream().map(Preheader::text).collect(Collectors.joining());
    }

    private static String text(TemplateNode node) {
        return node instanceof Text(String value) ? value : "";
    }

    /// With what stands in sections.
    private static String wholeText(List<TemplateNode> nodes) {
        return nodes.stream()
                .map(node ->
                        node instanceof Section section
                                ? wholeText(section.children())
                                : text(node))
                .collect(Collectors.joining());
    }

    private static Element body(String html) {
        return Parser.htmlParser().setTrackPosition(true).parseInput(html, "").body();
    }

    private static boolean isWritten(Element body) {
        Range start = body.sourceRange();
        return start.isTracked() && !start.isImplicit();
    }

    /// Where the content of the body begins: behind its tag, or with the first thing that is of no
    /// head.
    private static int start(Element body) {
        Range tag = body.sourceRange();
        return isWritten(body) ? tag.endPos() : tag.startPos();
    }
}
