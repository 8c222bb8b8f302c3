package io.campanile.channels.content;

import io.campanile.application.content.port.HtmlReader;
import io.campanile.domain.content.HtmlLink;
import io.campanile.domain.content.TemplateNode;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads HTML with jsoup, by the rules of HTML5.
public final class JsoupHtmlReader implements HtmlReader {
    @Override
    public List<HtmlLink> links(String html) {
        var gathering = new Gathering();
        Parser.htmlParser().setTrackPosition(true).parseInput(html, "").traverse(gathering);
        return List.copyOf(gathering.found.values());
    }

    private static final class Gathering implements NodeVisitor {
        /// By where they were written: one without an end is repeated by the parser in what
        /// follows.
        private final Map<Integer, HtmlLink> found = new LinkedHashMap<>();

        /// The links around, the innermost first.
        private final Deque<Integer> around = new ArrayDeque<>();

        private int unseen;

        @Override
        public void head(Node node, int depth) {
            if (UnseenElements.showsItself(node) && unseen == 0 && !around.isEmpty()) {
                found.computeIfPresent(around.peek(), (_, link) -> seen(link));
            }
            if (!(node instanceof Element element)) {
                return;
            }
            if (UnseenElements.holds(element)) {
                unseen++;
            }
            int start = element.sourceRange().startPos();
            switch (element.normalName()) {
                case "a" -> {
                    around.push(start);
                    found.putIfAbsent(start, link(element, false));
                }
                case "area" -> found.putIfAbsent(start, link(element, unseen == 0));
                default -> {}
            }
        }

        private static HtmlLink link(Element element, boolean isSeen) {
            Range.Position start = element.sourceRange().start();
            return new HtmlLink(
                    element.normalName(),
                    element.attr("href").strip(),
                    isSeen,
                    new TemplateNode.Position(start.lineNumber(), start.columnNumber()));
        }

        private static HtmlLink seen(HtmlLink link) {
            return new HtmlLink(link.element(), link.target(), true, link.position());
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            if (UnseenElements.holds(element)) {
                unseen--;
            }
            if (element.normalName().equals("a")) {
                around.pop();
            }
        }
    }
}
