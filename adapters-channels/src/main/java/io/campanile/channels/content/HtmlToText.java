package io.campanile.channels.content;

import io.campanile.application.content.port.TemplateInvalid;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes text of HTML: paragraphs and lines, list items with dashes, links with their targets.
final class HtmlToText {
    private static final Set<String> UNSEEN = Set.of("head", "style", "script", "title");
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote");
    private static final Set<String> LINES =
            Set.of("div", "tr", "li", "section", "header", "footer");
    private static final Pattern TAG =
            Pattern.compile("\\{\\{\\{.*?\\}\\}\\}|\\{\\{.*?\\}\\}", Pattern.DOTALL);
    private static final Pattern MARK = Pattern.compile("<!--campanile:(\\d+)-->");

    private HtmlToText() {}

    /// The text template for an HTML template; falls back to converting each rendered mail when the
    /// tags make no sense without the markup around them.
    static TextSource source(String html) {
        var tags = new ArrayList<String>();
        // Comments stay where they are, even inside tables, where a parser moves text away.
        String marked =
                TAG.matcher(html)
                        .replaceAll(match -> {
                            tags.add(match.group());
                            return "<!--campanile:" + (tags.size() - 1) + "-->";
                        });
        try {
            String template = restore(convert(marked), tags);
            return new TextSource.OfTemplate(TemplatePart.ofText("content.text", template));
        } catch (TemplateInvalid _) {
            return new TextSource.OfRenderedHtml();
        }
    }

    private static String restore(String text, List<String> tags) {
        return MARK.matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(tags.get(Integer.parseInt(match.group(1)))));
    }

    /// The text of some HTML.
    static String convert(String html) {
        var writer = new TextWriter();
        Jsoup.parse(html).body().traverse(writer);
        return writer.text();
    }

    private static final class TextWriter implements NodeVisitor {
        private final StringBuilder written = new StringBuilder();
        private int unseen;

        @Override
        public void head(Node node, int depth) {
            switch (node) {
                case TextNode text when unseen == 0 -> append(text.text());
                case Comment comment when unseen == 0 && isMark(comment) ->
                        written.append("<!--").append(comment.getData()).append("-->");
                case Element element -> open(element);
                default -> {}
            }
        }

        private static boolean isMark(Comment comment) {
            return comment.getData().startsWith("campanile:");
        }

        private void open(Element element) {
            String name = element.normalName();
            if (isUnseen(element)) {
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

        private static boolean isUnseen(Element element) {
            return UNSEEN.contains(element.normalName())
                    || element.attr("style").replace(" ", "").contains("display:none");
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            String name = element.normalName();
            if (isUnseen(element)) {
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
