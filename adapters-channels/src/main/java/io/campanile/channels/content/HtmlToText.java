package io.campanile.channels.content;

import io.campanile.application.content.port.TemplateInvalid;
import io.campanile.domain.content.Blanks;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Makes text of HTML: paragraphs and lines, list items with dashes, links with their targets.
final class HtmlToText {
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote");

    /// Blocks that begin no line.
    private static final Set<String> WITHIN_LINES = Set.of("td", "th", "ins", "del");

    /// The look-behind lets a match begin only at the first of many blanks, or a long row of them
    /// would be read once from each.
    private static final Pattern BLANKS_BEFORE_END =
            Pattern.compile("(?<![ \\u00a0])[ \\u00a0]++\n");

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
        return convert(Jsoup.parse(html), false, UnaryOperator.identity());
    }

    /// The text of a template's document; marks stay where they are.
    ///
    /// @param meaning what is written with marks in it, with the tags they stand for
    static String convertMarked(Document document, UnaryOperator<String> meaning) {
        return convert(document, true, meaning);
    }

    private static String convert(
            Document document, boolean keepsMarks, UnaryOperator<String> meaning) {
        var writer = new TextWriter(keepsMarks, meaning);
        document.body().traverse(writer);
        return writer.text();
    }

    private static final class TextWriter implements NodeVisitor {
        private final StringBuilder written = new StringBuilder();
        private final boolean keepsMarks;
        private final UnaryOperator<String> meaning;
        private int unseen;
        private int linkStart;
        private boolean linkHoldsPicture;

        TextWriter(boolean keepsMarks, UnaryOperator<String> meaning) {
            this.keepsMarks = keepsMarks;
            this.meaning = meaning;
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
            if (UnseenElements.holds(element)) {
                unseen++;
            }
            if (unseen > 0) {
                return;
            }
            breakLines(element);
            switch (element.normalName()) {
                case "br" -> written.append('\n');
                case "li" -> written.append("- ");
                case "a" -> {
                    linkStart = written.length();
                    linkHoldsPicture = false;
                }
                case "img" -> {
                    linkHoldsPicture = true;
                    append(element.attr("alt"));
                }
                default -> {}
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            if (UnseenElements.holds(element)) {
                unseen--;
                return;
            }
            if (unseen > 0) {
                return;
            }
            switch (element.normalName()) {
                case "a" -> target(element);
                case "td", "th" -> append(" ");
                default -> breakLines(element);
            }
        }

        private void target(Element link) {
            String target = link.attr("href").strip();
            boolean leadsSomewhere = !target.isEmpty() && !target.startsWith("#");
            String words = written.substring(linkStart).strip();
            boolean isSeen = linkHoldsPicture || !Blanks.isBlank(words);
            if (leadsSomewhere && isSeen && !meaning.apply(words).equals(meaning.apply(target))) {
                written.append(" (").append(target).append(')');
            }
        }

        private void breakLines(Element element) {
            if (PARAGRAPHS.contains(element.normalName())) {
                endLine();
                written.append('\n');
            } else if (element.isBlock() && !WITHIN_LINES.contains(element.normalName())) {
                endLine();
            }
        }

        private void endLine() {
            if (!written.isEmpty() && written.charAt(written.length() - 1) != '\n') {
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
            String trimmed = BLANKS_BEFORE_END.matcher(written).replaceAll("\n");
            return trimmed.replaceAll("\n{3,}", "\n\n").strip();
        }
    }
}
