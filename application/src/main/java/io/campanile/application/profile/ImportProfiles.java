package io.campanile.application.profile;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.profile.port.Profiles;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;

/// Learns about any number of people, a batch at a time, each batch once. Thread-safe.
public final class ImportProfiles {
    /// How many identities a batch may name: others learn, and deliver, meanwhile.
    public static final int MOST_IDENTITIES = Profiles.MOST_LOCKED / 2;

    private final ProfileImports imports;
    private final ManageProfiles profiles;
    private final Changes changes;

    public ImportProfiles(ProfileImports imports, ManageProfiles profiles, Changes changes) {
        this.imports = imports;
        this.profiles = profiles;
        this.changes = changes;
    }

    /// What became of a batch.
    ///
    /// @param skipped how many of its rows were taken before, by an earlier stream
    /// @param result of the rows behind those
    public record Taken(int skipped, BatchResult result) {}

    /// Takes a batch in one transaction. A row that is wrong changes nothing and spoils nothing for
    /// the others.
    ///
    /// @param first how many rows of the import come before
    /// @param size how many places the batch takes up, rows that were refused before included
    /// @param rows those that are well-formed; they name at most [#MOST_IDENTITIES]
    public Taken take(
            WorkspaceId workspace,
            String importId,
            long first,
            int size,
            List<NumberedRow> rows,
            ChangeCall call) {
        return changes.make(now -> {
            long taken = imports.lock(workspace, importId, now);
            List<ProfileRow> left =
                    rows.stream()
                            .filter(row -> row.number() >= taken)
                            .map(NumberedRow::row)
                            .toList();
            BatchResult result = profiles.learn(workspace, left, false, call);
            long end = first + size;
            if (end > taken) {
                imports.advance(workspace, importId, end, now);
            }
            return Made.effective(new Taken(Math.clamp(taken - first, 0, size), result));
        });
    }

    /// A row and its place in the import, from 0.
    public record NumberedRow(long number, ProfileRow row) {}
}
