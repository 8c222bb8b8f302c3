package io.campanile.channels.content;

import io.campanile.application.content.port.TemplateInvalid;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

import java.util.Set;

/// Makes text of HTML: paragraphs and lines, list items with dashes, links with their targets.
final class HtmlToText {
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote");
    private static final Set<String> LINES =
            Set.of("div", "tr", "li", "section", "header", "footer");

    private HtmlToText() {}

    /// The text template for an HTML template; falls back to converting each rendered mail when the
    /// tags make no sense without the markup around them.
    static TextSource source(String html) {
        try {
            return MarkedHtml.textTemplate(html)
                    .<TextSource>map(template ->
                            new TextSource.OfTemplate(
                                    TemplatePart.ofText("content.text", template)))
                    .orElseGet(TextSource.OfRenderedHtml::new);
        } catch (TemplateInvalid _) {
            return new TextSource.OfRenderedHtml();
        }
    }

    /// The text of some HTML.
    static String convert(String html) {
        return convert(Jsoup.parse(html), false);
    }

    /// The text of a template's document; marks stay where they are.
    static String convertMarked(Document document) {
        return convert(document, true);
    }

    private static String convert(Document document, boolean keepsMarks) {
        var writer = new TextWriter(keepsMarks);
        document.body().traverse(writer);
        return writer.text();
    }

    private static final class TextWriter implements NodeVisitor {
        private final StringBuilder written = new StringBuilder();
        private final boolean keepsMarks;
        private int unseen;

        TextWriter(boolean keepsMarks) {
            this.keepsMarks = keepsMarks;
        }

        @Override
        public void head(Node node, int depth) {
            switch (node) {
                case TextNode text when unseen == 0 -> append(text.text());
                case Comment comment when keepsMarks && unseen == 0 && MarkedHtml.isMark(comment) ->
                        written.append("<!--").append(comment.getData()).append("-->");
                case Element element -> open(element);
                default -> {}
            }
        }

        private void open(Element element) {
            String name = element.normalName();
            if (UnseenElements.holds(element)) {
                unseen++;
            } else if (name.equals("br")) {
                written.append('\n');
            } else {
                startOfBlock(name);
                if (name.equals("li")) {
                    written.append("- ");
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            String name = element.normalName();
            if (UnseenElements.holds(element)) {
                unseen--;
            } else if (name.equals("a") && unseen == 0) {
                target(element);
            } else if (name.equals("td") || name.equals("th")) {
                append(" ");
            } else {
                startOfBlock(name);
            }
        }

        private void target(Element link) {
            String target = link.attr("href").strip();
            boolean leadsSomewhere = !target.isEmpty() && !target.startsWith("#");
            if (leadsSomewhere && !link.text().strip().equals(target)) {
                written.append(" (").append(target).append(')');
            }
        }

        private void startOfBlock(String name) {
            if (unseen == 0 && PARAGRAPHS.contains(name)) {
                written.append("\n\n");
            } else if (unseen == 0 && LINES.contains(name)) {
                written.append('\n');
            }
        }

        private void append(String text) {
            boolean atBlank =
                    written.isEmpty()
                            || Character.isWhitespace(written.charAt(written.length() - 1));
            written.append(atBlank ? text.stripLeading() : text);
        }

        String text() {
            return written.toString()
                    .replaceAll("[ \\u00a0]+\n", "\n")
                    .replaceAll("\n{3,}", "\n\n")
                    .strip();
        }
    }
}
