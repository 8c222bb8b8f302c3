package io.campanile.testkit.content;

import io.campanile.application.content.port.RenderingFailed;
import io.campanile.domain.content.Reference;
import io.campanile.domain.content.TemplateNode;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One rendering of one template.
final class TemplateWalk {
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int MOST_ROUNDS = 200_000;

    /// Inside a section.
    ///
    /// @param self what the section is over
    /// @param element the nearest map, where names are looked up
    private record Scope(Object self, Map<?, ?> element, int index, int size) {
        static final Scope NONE = new Scope(Map.of(), Map.of(), 0, 0);

        Scope within(Object value, int newIndex, int newSize) {
            return new Scope(
                    value, value instanceof Map<?, ?> map ? map : element, newIndex, newSize);
        }
    }

    private final String place;
    private final Map<String, Object> roots;
    private final boolean escaping;
    private final StringBuilder out = new StringBuilder();
    private int rounds;

    TemplateWalk(String place, Map<String, Object> roots, boolean escaping) {
        this.place = place;
        this.roots = roots;
        this.escaping = escaping;
    }

    String over(List<TemplateNode> nodes) {
        walk(nodes, Scope.NONE);
        return out.toString();
    }

    private void walk(List<TemplateNode> nodes, Scope scope) {
        for (TemplateNode node : nodes) {
            switch (node) {
                case TemplateNode.Text(String text) -> append(text);
                case TemplateNode.Comment() -> {}
                case TemplateNode.Variable variable -> {
                    String text = printed(required(variable.reference(), scope));
                    append(escaping && !variable.raw() ? escaped(text) : text);
                }
                case TemplateNode.Section section -> enter(section, scope);
            }
        }
    }

    private void enter(TemplateNode.Section section, Scope scope) {
        Object value = value(section.reference(), scope);
        boolean empty =
                value == null || value.equals("") || value.equals(false) || value.equals(List.of());
        if (section.inverted()) {
            if (empty) {
                walk(section.children(), scope);
            }
        } else if (value instanceof List<?> list) {
            List<?> elements = list.stream().filter(Objects::nonNull).toList();
            for (int i = 0; i < elements.size(); i++) {
                if (++rounds > MOST_ROUNDS) {
                    throw new RenderingFailed(place + " takes too many steps to render");
                }
                walk(section.children(), scope.within(elements.get(i), i + 1, elements.size()));
            }
        } else if (value instanceof Boolean && !empty) {
            walk(section.children(), scope);
        } else if (value instanceof Map) {
            walk(section.children(), scope.within(value, 1, 1));
        } else if (value != null && !empty) {
            walk(section.children(), scope.within(value, scope.index(), scope.size()));
        }
    }

    private Object required(Reference reference, Scope scope) {
        Object value = value(reference, scope);
        if (value == null) {
            throw new RenderingFailed(place + ": " + reference + " has no value");
        }
        return value;
    }

    private @Nullable Object value(Reference reference, Scope scope) {
        return switch (reference) {
            case Reference.Rooted(List<String> names) -> at(names, roots);
            case Reference.OfElement(List<String> names) ->
                    names.isEmpty() ? scope.self() : at(names, scope.element());
            case Reference.InList.FIRST -> scope.index() == 1;
            case Reference.InList.LAST -> scope.index() == scope.size();
            case Reference.InList.INDEX -> scope.index();
        };
    }

    private static @Nullable Object at(List<String> names, Object from) {
        Object value = from;
        for (String name : names) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private void append(String text) {
        out.append(text);
        if (out.length() > MOST_CHARACTERS) {
            throw new RenderingFailed(place + " grows without measure");
        }
    }

    private static String printed(Object value) {
        return switch (value) {
            case Double real ->
                    new BigDecimal(real.toString()).stripTrailingZeros().toPlainString();
            case BigDecimal decimal -> decimal.toPlainString();
            default -> value.toString();
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
