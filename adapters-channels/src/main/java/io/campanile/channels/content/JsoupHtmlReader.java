package io.campanile.channels.content;

import io.campanile.application.content.port.HtmlReader;
import io.campanile.domain.content.HtmlLink;
import io.campanile.domain.content.TemplateNode;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads HTML with jsoup, by the rules of HTML5.
public final class JsoupHtmlReader implements HtmlReader {
    @Override
    public List<HtmlLink> links(String html) {
        var gathering = new Gathering();
        Parser.htmlParser().setTrackPosition(true).parseInput(html, "").traverse(gathering);
        return List.copyOf(gathering.links);
    }

    private static final class Gathering implements NodeVisitor {
        private final List<HtmlLink> links = new ArrayList<>();

        /// Where links were written: one without an end is repeated by the parser in what follows.
        private final Set<Integer> found = new HashSet<>();

        private int unseen;

        @Override
        public void head(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            if (UnseenElements.holds(element)) {
                unseen++;
            }
            String name = element.normalName();
            Range.Position start = element.sourceRange().start();
            if ((name.equals("a") || name.equals("area")) && found.add(start.pos())) {
                links.add(
                        new HtmlLink(
                                name,
                                element.attr("href").strip(),
                                unseen == 0,
                                new TemplateNode.Position(
                                        start.lineNumber(), start.columnNumber())));
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element && UnseenElements.holds(element)) {
                unseen--;
            }
        }
    }
}
