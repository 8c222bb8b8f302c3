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
import java.util.List;

/// Reads HTML with jsoup, by the rules of HTML5.
public final class JsoupHtmlReader implements HtmlReader {
    @Override
    public List<HtmlLink> links(String html) {
        var gathering = new Gathering(html);
        Parser.htmlParser().setTrackPosition(true).parseInput(html, "").traverse(gathering);
        return List.copyOf(gathering.links);
    }

    private static final class Gathering implements NodeVisitor {
        private final String html;
        private final List<HtmlLink> links = new ArrayList<>();
        private int unseen;

        Gathering(String html) {
            this.html = html;
        }

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
            if ((name.equals("a") || name.equals("area")) && isWritten(name, start)) {
                links.add(
                        new HtmlLink(
                                name,
                                element.attr("href").strip(),
                                unseen == 0,
                                new TemplateNode.Position(
                                        start.lineNumber(), start.columnNumber())));
            }
        }

        /// A link whose end is missing is repeated by the parser in what follows.
        private boolean isWritten(String name, Range.Position start) {
            return html.regionMatches(true, start.pos(), "<" + name, 0, 1 + name.length());
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element && UnseenElements.holds(element)) {
                unseen--;
            }
        }
    }
}
