package io.campanile.application.query;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What one kind of list can be filtered and ordered by.
///
/// @param <T> its entries
public final class ListFields<T> {
    private final Map<String, Kind> kinds;
    private final Map<String, Function<T, String>> sortValues;
    private final SortOrder natural;
    private final Function<T, String> id;

    private ListFields(Builder<T> builder) {
        this.kinds = Map.copyOf(builder.kinds);
        this.sortValues = Map.copyOf(builder.sortValues);
        this.natural = builder.natural;
        this.id = builder.id;
    }

    /// Starts the description of a list.
    ///
    /// @param natural its order when the caller asks for none
    /// @param id of an entry, the last part of its name; see [Cursor]
    public static <T> Builder<T> orderedBy(SortOrder natural, Function<T, String> id) {
        return new Builder<>(natural, id);
    }

    public Optional<Kind> kind(String field) {
        return Optional.ofNullable(kinds.get(field));
    }

    public boolean isSortable(String field) {
        return sortValues.containsKey(field);
    }

    public SortOrder natural() {
        return natural;
    }

    /// Where the page after an entry begins.
    public Cursor cursor(T entry, SortOrder order) {
        Function<T, String> sortValue = sortValues.get(order.field());
        if (sortValue == null) {
            throw new IllegalArgumentException("not sortable: " + order.field());
        }
        return new Cursor(sortValue.apply(entry), id.apply(entry));
    }

    /// Names in alphabetical order, for error messages.
    String names() {
        return String.join(", ", new TreeSet<>(kinds.keySet()));
    }

    String sortableNames() {
        return String.join(", ", new TreeSet<>(sortValues.keySet()));
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
    public static final class Builder<T> {
        private final Map<String, Kind> kinds = new HashMap<>();
        private final Map<String, Function<T, String>> sortValues = new HashMap<>();
        private final SortOrder natural;
        private final Function<T, String> id;

        private Builder(SortOrder natural, Function<T, String> id) {
            this.natural = natural;
            this.id = id;
        }

        public Builder<T> text(String field) {
            return of(field, new Kind.Text());
        }

        public Builder<T> key(String field) {
            return of(field, new Kind.Key());
        }

        public Builder<T> sortableText(String field, Function<T, String> value) {
            return sortable(field, value).text(field);
        }

        /// A text to order by and not to filter by.
        public Builder<T> sortable(String field, Function<T, String> value) {
            sortValues.put(field, value);
            return this;
        }

        public Builder<T> textList(String field) {
            return of(field, new Kind.TextList());
        }

        public Builder<T> choice(String field, Class<? extends Enum<?>> names) {
            Set<String> spelled = new TreeSet<>();
            for (Enum<?> name : names.getEnumConstants()) {
                spelled.add(name.name());
            }
            return of(field, new Kind.Choice(spelled, field.toUpperCase(Locale.ROOT) + "_"));
        }

        /// A field that is `true` or `false`.
        public Builder<T> flag(String field) {
            return of(field, new Kind.Choice(Set.of("true", "false"), ""));
        }

        public Builder<T> time(String field) {
            return of(field, new Kind.Time());
        }

        public Builder<T> sortableTime(String field, Function<T, Instant> value) {
            return sortable(field, value.andThen(Instant::toString)).time(field);
        }

        private Builder<T> of(String field, Kind kind) {
            kinds.put(field, kind);
            return this;
        }

        public ListFields<T> build() {
            if (!sortValues.containsKey(natural.field())) {
                throw new IllegalArgumentException("not sortable: " + natural.field());
            }
            return new ListFields<>(this);
        }
    }
}
