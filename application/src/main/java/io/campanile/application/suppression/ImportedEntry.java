package io.campanile.application.suppression;

/// What became of one entry of an import.
public sealed interface ImportedEntry {
    /// On the list now, in place of an entry for the target that had expired or was weaker. Where a
    /// later entry of the import was stronger still, both are one on the list.
    ///
    /// @param name the full name
    record Added(String name) implements ImportedEntry {}

    /// The target was on the list already, or came earlier in the import; the entry there stays as
    /// it is.
    record Kept() implements ImportedEntry {}

    /// No entry may expire then.
    record ExpireTimeOutOfRange() implements ImportedEntry {}
}
