package io.campanile.domain.content;

import io.campanile.domain.content.TemplateNode.Position;
import io.campanile.domain.content.TemplateToken.Tag;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A template as a tree, with what kept parts of it from being understood. With findings, the tree
/// holds the rest, good enough to look for more.
public record ParsedTemplate(List<TemplateNode> nodes, List<Finding> findings) {
    /// Rendering recurses; nobody reads a mail nested deeper than this, nor a path of more names.
    static final int MOST_NESTED = 32;

    public ParsedTemplate {
        nodes = List.copyOf(nodes);
        findings = List.copyOf(findings);
    }

    /// Parses one part.
    ///
    /// @param place named in the findings, such as `content.html`
    public static ParsedTemplate parse(String place, String source) {
        var findings = new ArrayList<Finding>();
        var builder = new Builder(place, findings);
        for (TemplateToken token : TemplateScanner.scan(place, source, findings)) {
            switch (token) {
                case TemplateToken.Text(String value) -> builder.add(new TemplateNode.Text(value));
                case Tag tag -> builder.add(tag);
            }
        }
        return new ParsedTemplate(builder.close(), findings);
    }

    /// Whether a part renders to nothing, whatever a trigger brings: blanks, comments and sections
    /// that hold no more than these. A part that cannot be parsed does not count, because it may
    /// have been meant to say something.
    public static boolean isNothing(String source) {
        if (Blanks.isBlank(source)) {
            return true;
        }
        ParsedTemplate parsed = parse("", source);
        return parsed.findings.isEmpty() && areNothing(parsed.nodes);
    }

    private static boolean areNothing(List<TemplateNode> nodes) {
        return nodes.stream()
                .allMatch(node ->
                        switch (node) {
                            case TemplateNode.Text(String value) -> Blanks.isBlank(value);
                            case TemplateNode.Comment _ -> true;
                            case TemplateNode.Variable _ -> false;
                            case TemplateNode.Section section -> areNothing(section.children());
                        });
    }

    private record Open(Tag tag, Optional<Reference> reference, List<TemplateNode> children) {}

    private static final class Builder {
        private final String place;
        private final List<Finding> findings;
        private final List<TemplateNode> top = new ArrayList<>();
        private final Deque<Open> open = new ArrayDeque<>();

        Builder(String place, List<Finding> findings) {
            this.place = place;
            this.findings = findings;
        }

        void add(TemplateNode node) {
            Open innermost = open.peek();
            (innermost == null ? top : innermost.children).add(node);
        }

        void add(Tag tag) {
            switch (tag.kind()) {
                case COMMENT -> comment(tag);
                case ESCAPED, RAW -> variable(tag);
                case SECTION, INVERTED -> openSection(tag);
                case CLOSE -> closeSection(tag);
                case PARTIAL ->
                        unsupported(tag, "Fragments, {{>…}}, are", "Write the text out here.");
                case PARENT, BLOCK ->
                        unsupported(tag, "Template inheritance is", "Write the text out here.");
                case DELIMITERS ->
                        unsupported(tag, "Other delimiters are", "Use {{ and }} for every tag.");
            }
        }

        /// One of Handlebars, between `{{!--` and `--}}`, may hold tags; here it would end with the
        /// first of them, and the rest be printed.
        private void comment(Tag tag) {
            if (tag.name().startsWith("--") && tag.name().contains("{{")) {
                unsupported(
                        tag,
                        "Comments of Handlebars, {{!-- --}}, with a tag inside are",
                        "Write {{! }} without the tag.");
            }
            add(new TemplateNode.Comment());
        }

        private void variable(Tag tag) {
            Position position = tag.position();
            boolean raw = tag.kind() == TemplateToken.Kind.RAW;
            reference(tag).ifPresent(named -> add(new TemplateNode.Variable(named, raw, position)));
        }

        private void openSection(Tag tag) {
            if (open.size() == MOST_NESTED) {
                malformed(
                        tag,
                        "Sections are nested deeper than " + MOST_NESTED + ".",
                        "Use fewer levels.");
            }
            open.push(new Open(tag, reference(tag), new ArrayList<>()));
        }

        private void closeSection(Tag tag) {
            Open section = open.peek();
            if (section == null) {
                malformed(
                        tag,
                        "{{/" + shown(tag) + "}} closes a section that is not open.",
                        "Remove it, or open the section before.");
                return;
            }
            if (!section.tag.name().equals(tag.name())) {
                malformed(
                        tag,
                        "{{/"
                                + shown(tag)
                                + "}} closes the section "
                                + shown(section.tag)
                                + " of line "
                                + section.tag.position().line()
                                + ".",
                        "Close sections in the order opposite to that of opening them.");
            }
            open.pop();
            addSection(section);
        }

        private void addSection(Open section) {
            if (open.size() >= MOST_NESTED) {
                return;
            }
            boolean inverted = section.tag.kind() == TemplateToken.Kind.INVERTED;
            section.reference.ifPresent(named ->
                    add(
                            new TemplateNode.Section(
                                    named, inverted, section.children, section.tag.position())));
        }

        List<TemplateNode> close() {
            while (!open.isEmpty()) {
                Open section = open.pop();
                malformed(
                        section.tag,
                        "The section " + shown(section.tag) + " is not closed.",
                        "Add {{/" + shown(section.tag) + "}}.");
                addSection(section);
            }
            return top;
        }

        private Optional<Reference> reference(Tag tag) {
            String name = tag.name();
            if (name.isEmpty()) {
                malformed(tag, "A tag names nothing.", "Name a variable, such as context.name.");
                return Optional.empty();
            }
            if (name.indexOf('|') >= 0) {
                unsupported(
                        tag,
                        "Filters, such as | upper, are",
                        "Prepare the value before the trigger.");
                return Optional.empty();
            }
            if (name.equals("else")) {
                unsupported(
                        tag,
                        "{{else}} is",
                        "Close the section and open {{^…}} with the same name.");
                return Optional.empty();
            }
            Optional<Reference> reference = Reference.parse(name);
            if (reference.isEmpty()) {
                malformed(
                        tag,
                        "\"" + shown(tag) + "\" is not the name of a variable.",
                        "Use letters, digits, _ and -, separated by dots, and no more than "
                                + MOST_NESTED
                                + " names.");
            }
            return reference;
        }

        private void unsupported(Tag tag, String what, String whatToDo) {
            malformed(tag, what + " not supported.", whatToDo);
        }

        private void malformed(Tag tag, String message, String whatToDo) {
            findings.add(Finding.inTemplate(place, tag.position(), message, whatToDo));
        }

        private static String shown(Tag tag) {
            return tag.name().length() <= 80 ? tag.name() : tag.name().substring(0, 80) + "…";
        }
    }
}
