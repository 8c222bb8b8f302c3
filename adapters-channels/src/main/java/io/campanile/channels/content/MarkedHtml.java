package io.campanile.channels.content;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTML template with a mark in the place of each tag, so that it can be read as HTML.
final class MarkedHtml {
    private static final Pattern TAG =
            Pattern.compile("\\{\\{\\{.*?\\}\\}\\}|\\{\\{.*?\\}\\}", Pattern.DOTALL);
    private static final Pattern RAW = Pattern.compile("\\{\\{(\\{|\\s*&)");
    private static final Pattern SECTION = Pattern.compile("\\{\\{\\s*[#^/]");
    private static final Pattern MARK = Pattern.compile("<!--campanile:(\\d+)-->");

    private static final String OPENING = "<!--campanile:";

    private final List<String> tags = new ArrayList<>();
    private final String marked;

    private MarkedHtml(String html) {
        // Comments stay where they are, even inside tables, where a parser moves text away.
        marked =
                TAG.matcher(html)
                        .replaceAll(match -> {
                            tags.add(match.group());
                            return "<!--campanile:" + (tags.size() - 1) + "-->";
                        });
    }

    /// The text template for an HTML template; nothing when only the rendered HTML says what the
    /// text is. Nobody may find markup in their text that a mail program would have understood.
    static Optional<String> textTemplate(String html) {
        if (html.contains(OPENING)) {
            return Optional.empty();
        }
        var source = new MarkedHtml(html);
        Document document = Jsoup.parse(source.marked);
        if (source.addsMarkup() || !source.isWholeIn(document)) {
            return Optional.empty();
        }
        String text = HtmlToText.convertMarked(document, source::restore);
        String template = source.restore(text);
        return tagsOf(template).equals(source.marksOf(text))
                ? Optional.of(template)
                : Optional.empty();
    }

    static boolean isMark(Comment comment) {
        return MARK.matcher(written(comment)).matches();
    }

    private static String written(Comment comment) {
        return "<!--" + comment.getData() + "-->";
    }

    /// Whether a value can bring a tag of HTML, or become one.
    private boolean addsMarkup() {
        return marked.contains("<" + OPENING)
                || tags.stream().anyMatch(tag -> RAW.matcher(tag).lookingAt());
    }

    /// Whether the parser found every mark where it can stand for a value. In a comment, or in
    /// markup without quotes around it, a mark's end is taken for the end of that. A mark that is
    /// alone before or behind the body is not in the text, where its value would be. A style may
    /// hide what it is about, or show it, and a link without a target is only words.
    private boolean isWholeIn(Document document) {
        Set<String> found = new HashSet<>();
        document.traverse((node, _) -> gather(node, found));
        document.body()
                .traverse((node, _) -> {
                    if (node instanceof Comment comment && isMark(comment)) {
                        found.add(written(comment));
                    }
                });
        return found.size() == tags.size();
    }

    private void gather(Node node, Set<String> found) {
        switch (node) {
            case TextNode text -> gather(text.getWholeText(), found);
            case DataNode data -> gather(data.getWholeData(), found);
            case Element element -> {
                for (Attribute attribute : element.attributes()) {
                    if (standsForItself(attribute)) {
                        gather(attribute.getValue(), found);
                    }
                }
            }
            default -> {}
        }
    }

    private boolean standsForItself(Attribute attribute) {
        return switch (attribute.getKey()) {
            case "style" -> false;
            case "href" ->
                    marksOf(attribute.getValue()).stream()
                            .noneMatch(tag -> SECTION.matcher(tag).lookingAt());
            default -> true;
        };
    }

    private static void gather(String text, Set<String> found) {
        Matcher mark = MARK.matcher(text);
        while (mark.find()) {
            found.add(mark.group());
        }
    }

    private String restore(String text) {
        return MARK.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(tagOf(match.group(1))));
    }

    /// The tags that the marks in the text stand for. Braces that HTML wrote otherwise, or that
    /// meet only in the text, make other tags of it.
    private List<String> marksOf(String text) {
        return MARK.matcher(text).results().map(match -> tagOf(match.group(1))).toList();
    }

    private String tagOf(String number) {
        return tags.get(Integer.parseInt(number));
    }

    private static List<String> tagsOf(String template) {
        return TAG.matcher(template).results().map(match -> match.group()).toList();
    }
}
