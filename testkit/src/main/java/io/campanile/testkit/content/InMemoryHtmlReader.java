package io.campanile.testkit.content;

import io.campanile.application.content.port.HtmlReader;
import io.campanile.domain.content.HtmlLink;
import io.campanile.domain.content.TemplateNode;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads HTML that is written with care; knows of hidden links only that they say so themselves.
public final class InMemoryHtmlReader implements HtmlReader {
    private static final Pattern LINK =
            Pattern.compile("<!--.*?-->|<(a|area)(\\s[^>]*)?>", Pattern.DOTALL);
    private static final Pattern TARGET = Pattern.compile("\\shref=[\"']([^\"']*)[\"']");
    private static final Pattern HIDDEN =
            Pattern.compile("\\shidden(?![^\\s>=])|display:none|visibility:hidden");
    private static final Pattern TAG_OF_WORDS = Pattern.compile("<(?!img)[^>]*>");

    @Override
    public List<HtmlLink> links(String html) {
        return LINK.matcher(html)
                .results()
                .filter(match -> match.group(1) != null)
                .map(match -> link(html, match))
                .toList();
    }

    private static HtmlLink link(String html, MatchResult match) {
        String element = match.group(1).toLowerCase(Locale.ROOT);
        String attributes = match.group(2) == null ? "" : match.group(2);
        Matcher target = TARGET.matcher(attributes);
        return new HtmlLink(
                element,
                target.find() ? target.group(1).strip() : "",
                !HIDDEN.matcher(attributes).find()
                        && (element.equals("area") || holdsSomething(html, match.end())),
                position(html, match.start()));
    }

    private static boolean holdsSomething(String html, int start) {
        int end = html.indexOf("</a>", start);
        String content = html.substring(start, end < 0 ? html.length() : end);
        return !TAG_OF_WORDS.matcher(content).replaceAll("").isBlank();
    }

    private static TemplateNode.Position position(String text, int offset) {
        int line = 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
        return new TemplateNode.Position(line, offset - text.lastIndexOf('\n', offset - 1));
    }
}
