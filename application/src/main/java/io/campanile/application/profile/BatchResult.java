package io.campanile.application.profile;

import io.campanile.domain.profile.Profile;

import java.util.List;

/// What became of a batch of rows.
///
/// @param rows one result for each row, in order
/// @param created how many people were made known
/// @param updated how many more is known of than before
public record BatchResult(List<ProfileResult> rows, int created, int updated) {
    public BatchResult {
        rows = List.copyOf(rows);
    }

    /// The people, one for each row that made somebody known.
    public List<Profile> known() {
        return rows.stream()
                .filter(ProfileResult.Known.class::isInstance)
                .map(row -> ((ProfileResult.Known) row).profile())
                .toList();
    }

    /// Whether every row made somebody known.
    public boolean isComplete() {
        return rows.stream().allMatch(ProfileResult.Known.class::isInstance);
    }
}
