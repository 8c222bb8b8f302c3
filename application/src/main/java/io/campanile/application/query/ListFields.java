package io.campanile.application.query;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What one kind of list can be filtered and ordered by.
public final class ListFields {
    private final Map<String, Kind> kinds;
    private final Set<String> sortable;
    private final SortOrder natural;

    private ListFields(Map<String, Kind> kinds, Set<String> sortable, SortOrder natural) {
        this.kinds = Map.copyOf(kinds);
        this.sortable = Set.copyOf(sortable);
        this.natural = natural;
    }

    /// Starts the description of a list.
    ///
    /// @param natural its order when the caller asks for none
    public static Builder orderedBy(SortOrder natural) {
        return new Builder(natural);
    }

    public Optional<Kind> kind(String field) {
        return Optional.ofNullable(kinds.get(field));
    }

    public boolean isSortable(String field) {
        return sortable.contains(field);
    }

    public SortOrder natural() {
        return natural;
    }

    /// Names in alphabetical order, for error messages.
    String names() {
        return String.join(", ", new TreeSet<>(kinds.keySet()));
    }

    String sortableNames() {
        return String.join(", ", new TreeSet<>(sortable));
    }

    /// What values a field has and so what it can be compared with.
    public sealed interface Kind {
        /// `=`, `!=` and `:` (contains, in any case).
        record Text() implements Kind {}

        /// `=`: to find one, without a way to guess it letter by letter.
        record Key() implements Kind {}

        /// `:` (has the element).
        record TextList() implements Kind {}

        /// `=` and `!=` with one of the names.
        ///
        /// @param prefix what names begin with elsewhere in the API, and may begin with here
        record Choice(Set<String> names, String prefix) implements Kind {
            public Choice {
                names = Set.copyOf(names);
            }

            /// The name without its prefix, if it is one.
            Optional<String> named(String text) {
                return Optional.of(text.startsWith(prefix) ? text.substring(prefix.length()) : text)
                        .filter(names::contains);
            }
        }

        /// Every comparison, with times as in RFC 3339.
        record Time() implements Kind {}
    }

    /// Collects fields.
    public static final class Builder {
        private final Map<String, Kind> kinds = new LinkedHashMap<>();
        private final Set<String> sortable = new TreeSet<>();
        private final SortOrder natural;

        private Builder(SortOrder natural) {
            this.natural = natural;
        }

        public Builder text(String field) {
            kinds.put(field, new Kind.Text());
            return this;
        }

        public Builder key(String field) {
            kinds.put(field, new Kind.Key());
            return this;
        }

        public Builder sortableText(String field) {
            sortable.add(field);
            return text(field);
        }

        /// A text to order by and not to filter by.
        public Builder sortable(String field) {
            sortable.add(field);
            return this;
        }

        public Builder textList(String field) {
            kinds.put(field, new Kind.TextList());
            return this;
        }

        public Builder choice(String field, Class<? extends Enum<?>> names) {
            Set<String> spelled = new TreeSet<>();
            for (Enum<?> name : names.getEnumConstants()) {
                spelled.add(name.name());
            }
            kinds.put(field, new Kind.Choice(spelled, field.toUpperCase(Locale.ROOT) + "_"));
            return this;
        }

        /// A field that is `true` or `false`.
        public Builder flag(String field) {
            kinds.put(field, new Kind.Choice(Set.of("true", "false"), ""));
            return this;
        }

        public Builder time(String field) {
            kinds.put(field, new Kind.Time());
            return this;
        }

        public Builder sortableTime(String field) {
            sortable.add(field);
            return time(field);
        }

        public ListFields build() {
            if (!sortable.contains(natural.field())) {
                throw new IllegalArgumentException("not sortable: " + natural.field());
            }
            return new ListFields(kinds, sortable, natural);
        }
    }
}
