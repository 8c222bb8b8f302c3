package io.campanile.application.consent;

import io.campanile.domain.consent.ConsentRecord;

import java.util.List;

/// What became of many statements.
public sealed interface StatementsResult {
    /// All are on record.
    ///
    /// @param records one for each, in order
    record Recorded(List<ConsentRecord> records) implements StatementsResult {
        public Recorded {
            records = List.copyOf(records);
        }
    }

    /// Nothing was recorded: profiles do not exist.
    ///
    /// @param indexes of the statements that name them, from 0; at least one
    record NotFound(List<Integer> indexes) implements StatementsResult {
        public NotFound {
            indexes = List.copyOf(indexes);
        }
    }
}
