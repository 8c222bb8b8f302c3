package io.campanile.domain.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds the targets in some HTML that a reader can follow: not those in comments, in styles, in
/// the head or in what is hidden. Reads it as far as it takes to tell them apart.
final class HtmlLinks {
    /// Nothing inside them is shown as it is, and no other element begins in them.
    private static final Set<String> UNSEEN =
            Set.of("style", "script", "title", "textarea", "template", "iframe", "xmp");

    /// Nothing is in them, so that they have no end.
    private static final Set<String> EMPTY =
            Set.of(
                    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                    "source", "track", "wbr");

    /// A paragraph ends where one of them begins.
    private static final Set<String> AFTER_PARAGRAPH =
            Set.of(
                    "address",
                    "article",
                    "aside",
                    "blockquote",
                    "center",
                    "div",
                    "dl",
                    "fieldset",
                    "footer",
                    "form",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "header",
                    "hr",
                    "main",
                    "nav",
                    "ol",
                    "p",
                    "pre",
                    "section",
                    "ul");

    private final String html;
    private final List<Link> found = new ArrayList<>();
    private int at;

    /// The outermost hidden element that is open; empty while none is.
    private String hiding = "";

    /// How many elements of that name are open, from that one on.
    private int depth;

    private HtmlLinks(String html) {
        this.html = html;
    }

    /// A target.
    ///
    /// @param element its name, in small letters
    record Link(String element, String target) {}

    static List<Link> in(String html) {
        var links = new HtmlLinks(html);
        links.read();
        return links.found;
    }

    private void read() {
        for (at = html.indexOf('<'); at >= 0 && at < html.length(); at = html.indexOf('<', at)) {
            if (html.startsWith("<!--", at)) {
                skipTo("-->", at + 4);
            } else if (html.startsWith("</", at) && at + 2 < html.length()) {
                at += 2;
                end(word("/>"));
            } else if (at + 1 < html.length() && Character.isLetter(html.charAt(at + 1))) {
                at++;
                element(word("/>"));
            } else {
                at++;
            }
        }
    }

    private void element(String name) {
        String target = "";
        boolean hidden = false;
        while (skipBlanksAnd('/') && html.charAt(at) != '>') {
            String attribute = word("=/>");
            String value = value();
            if (attribute.equals("href") && target.isEmpty()) {
                target = value;
            }
            hidden |= attribute.equals("style") && HiddenStyle.hides(value);
        }
        begin(name, hidden);
        boolean isClosed = at < html.length();
        if (isClosed
                && !hidden
                && hiding.isEmpty()
                && !target.isEmpty()
                && target.indexOf('<') < 0) {
            found.add(new Link(name, target));
        }
        if (UNSEEN.contains(name)) {
            skipTo("</" + name, at);
        } else if (name.equals("head")) {
            skipHead();
        }
    }

    private void begin(String name, boolean hidden) {
        if (hiding.equals("p") && AFTER_PARAGRAPH.contains(name)) {
            hiding = "";
        }
        if (hiding.equals(name)) {
            depth++;
        } else if (hiding.isEmpty() && hidden && !EMPTY.contains(name) && !UNSEEN.contains(name)) {
            hiding = name;
            depth = 1;
        }
    }

    private void end(String name) {
        if (hiding.equals(name)) {
            depth--;
            if (depth == 0) {
                hiding = "";
            }
        }
    }

    /// Letters up to a blank or one of the ends; at least one, so that reading goes on.
    private String word(String ends) {
        int start = at++;
        while (at < html.length()
                && !Character.isWhitespace(html.charAt(at))
                && ends.indexOf(html.charAt(at)) < 0) {
            at++;
        }
        return html.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private String value() {
        if (!skipBlanksAnd(' ') || html.charAt(at) != '=') {
            return "";
        }
        at++;
        if (!skipBlanksAnd(' ') || html.charAt(at) == '>') {
            return "";
        }
        char quote = html.charAt(at);
        int start = at;
        if (quote == '"' || quote == '\'') {
            skipTo(String.valueOf(quote), at + 1);
            return html.substring(start + 1, Math.max(start + 1, at - 1));
        }
        while (at < html.length()
                && !Character.isWhitespace(html.charAt(at))
                && html.charAt(at) != '>') {
            at++;
        }
        return html.substring(start, at);
    }

    /// Whether anything follows.
    private boolean skipBlanksAnd(char other) {
        while (at < html.length()
                && (Character.isWhitespace(html.charAt(at)) || html.charAt(at) == other)) {
            at++;
        }
        return at < html.length();
    }

    /// Its end need not be written.
    private void skipHead() {
        for (; at < html.length(); at++) {
            if (html.regionMatches(true, at, "</head", 0, 6)
                    || html.regionMatches(true, at, "<body", 0, 5)) {
                return;
            }
        }
    }

    /// Behind the next one of these, or to the end.
    private void skipTo(String end, int from) {
        for (at = from; at < html.length(); at++) {
            if (html.regionMatches(true, at, end, 0, end.length())) {
                at += end.length();
                return;
            }
        }
    }
}
