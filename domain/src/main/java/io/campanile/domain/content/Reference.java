package io.campanile.domain.content;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a tag names: a path from one of the roots, a path from the element of the nearest section,
/// the element itself, or where in a list the element stands. There is no look-up in outer scopes.
public sealed interface Reference {
    /// The first names a path may have to mean a root, wherever it is written.
    Set<String> ROOTS = Set.of("context", "profile", "campaign", "message", "links");

    Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*");

    /// `context.order.id`.
    record Rooted(List<String> names) implements Reference {
        public Rooted {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return String.join(".", names);
        }
    }

    /// `name` or `price.amount` inside a section; no names at all for `.`, the element itself.
    record OfElement(List<String> names) implements Reference {
        public OfElement {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return names.isEmpty() ? "." : String.join(".", names);
        }
    }

    /// Where in its list the element stands: `-first`, `-last` or `-index` (from 1).
    enum InList implements Reference {
        FIRST("-first"),
        LAST("-last"),
        INDEX("-index");

        private final String written;

        InList(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /// The reference a tag's text means, or nothing when it is no name at all.
    static Optional<Reference> parse(String written) {
        for (InList place : InList.values()) {
            if (place.written.equals(written)) {
                return Optional.of(place);
            }
        }
        if (written.equals(".")) {
            return Optional.of(new OfElement(List.of()));
        }
        List<String> names = names(written);
        if (names.isEmpty() || names.getFirst().equals("this")) {
            return Optional.empty();
        }
        return Optional.of(
                ROOTS.contains(names.getFirst()) ? new Rooted(names) : new OfElement(names));
    }

    /// The names of a dotted path, empty when one of them is not a name or there are more than
    /// anybody could follow: each is a step of recursions.
    private static List<String> names(String written) {
        String[] parts = written.split("\\.", ParsedTemplate.MOST_NESTED + 1);
        if (parts.length > ParsedTemplate.MOST_NESTED) {
            return List.of();
        }
        var names = new ArrayList<String>(parts.length);
        for (String name : parts) {
            // Composed otherwise, it would look like another name and be none of its values.
            if (!NAME.matcher(name).matches() || !Normalizer.isNormalized(name, Form.NFC)) {
                return List.of();
            }
            names.add(name);
        }
        return names;
    }
}
