package io.campanile.application.erasure;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What is stored about one person, piece by piece. Not thread-safe.
public final class PersonExport {
    /// Some of a section.
    ///
    /// @param next where the section goes on; empty when it is over
    record Piece(List<ExportedItem> items, String next) {
        static Piece last(List<? extends ExportedItem> items) {
            return new Piece(List.copyOf(items), "");
        }
    }

    /// From where the section goes on, empty at first, to a piece of it.
    interface Section extends Function<String, Piece> {}

    private final Deque<Section> sections;
    private String next = "";

    PersonExport(Collection<Section> sections) {
        this.sections = new ArrayDeque<>(sections);
    }

    /// The next piece, which may be empty; nothing when it is over. Blocks.
    public Optional<List<ExportedItem>> next() {
        Section section = sections.peekFirst();
        if (section == null) {
            return Optional.empty();
        }
        Piece piece = section.apply(next);
        next = piece.next();
        if (next.isEmpty()) {
            sections.removeFirst();
        }
        return Optional.of(piece.items());
    }
}
