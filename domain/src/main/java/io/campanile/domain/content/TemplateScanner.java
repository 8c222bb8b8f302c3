package io.campanile.domain.content;

import io.campanile.domain.content.TemplateNode.Position;
import io.campanile.domain.content.TemplateToken.Kind;
import io.campanile.domain.content.TemplateToken.Tag;

import java.util.ArrayList;
import java.util.List;

/// Cuts a template into text and tags, with positions. A tag that is not closed is reported and
/// skipped, so that one mistake does not hide the next.
final class TemplateScanner {
    private final String place;
    private final String source;
    private final List<TemplateToken> tokens = new ArrayList<>();
    private final List<Finding> findings;

    private int counted;
    private int line = 1;
    private int lineStart;

    private TemplateScanner(String place, String source, List<Finding> findings) {
        this.place = place;
        this.source = source;
        this.findings = findings;
    }

    static List<TemplateToken> scan(String place, String source, List<Finding> findings) {
        var scanner = new TemplateScanner(place, source, findings);
        scanner.scan();
        return scanner.tokens;
    }

    private void scan() {
        int from = 0;
        for (int open = source.indexOf("{{"); open >= 0; open = source.indexOf("{{", from)) {
            if (open > from) {
                tokens.add(new TemplateToken.Text(source.substring(from, open)));
            }
            from = tag(open);
        }
        if (from < source.length()) {
            tokens.add(new TemplateToken.Text(source.substring(from)));
        }
    }

    /// Reads the tag that opens here; the offset behind it.
    private int tag(int open) {
        Position position = position(open);
        boolean triple = source.startsWith("{{{", open);
        String closing = triple ? "}}}" : "}}";
        int start = open + closing.length();
        int close = source.indexOf(closing, start);
        int next = source.indexOf("{{", start);
        boolean comment = !triple && source.startsWith("!", start);
        if (close < 0 || (next >= 0 && next < close && !comment)) {
            findings.add(
                    Finding.inTemplate(
                            place,
                            position,
                            "A tag is opened and not closed.",
                            "Close it with " + closing + "."));
            return next < 0 ? source.length() : next;
        }
        String inner = source.substring(start, close);
        tokens.add(triple ? new Tag(Kind.RAW, inner.strip(), position) : tag(inner, position));
        return close + closing.length();
    }

    private static Tag tag(String inner, Position position) {
        String stripped = inner.strip();
        Kind kind =
                switch (stripped.isEmpty() ? ' ' : stripped.charAt(0)) {
                    case '#' -> Kind.SECTION;
                    case '^' -> Kind.INVERTED;
                    case '/' -> Kind.CLOSE;
                    case '!' -> Kind.COMMENT;
                    case '&' -> Kind.RAW;
                    case '>' -> Kind.PARTIAL;
                    case '<' -> Kind.PARENT;
                    case '$' -> Kind.BLOCK;
                    case '=' -> Kind.DELIMITERS;
                    default -> Kind.ESCAPED;
                };
        String name = kind == Kind.ESCAPED ? stripped : stripped.substring(1).strip();
        return new Tag(kind, name, position);
    }

    /// Line and column of an offset; offsets are asked for in ascending order.
    private Position position(int offset) {
        for (; counted < offset; counted++) {
            if (source.charAt(counted) == '\n') {
                line++;
                lineStart = counted + 1;
            }
        }
        return new Position(line, offset - lineStart + 1);
    }
}
