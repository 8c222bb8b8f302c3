package io.campanile.application.profile;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.profile.port.Profiles;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Learns about any number of people, a batch at a time, each batch once. Thread-safe.
public final class ImportProfiles {
    /// How many identities and profiles a batch may name: others learn, and deliver, meanwhile.
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
    /// @param before the results of checking those of them that are well-formed: what was wrong
    ///   then still is, unless somebody has repaired it
    /// @param result of the rows behind those
    public record Taken(int skipped, List<ProfileResult> before, BatchResult result) {
        /// What became of each of the well-formed rows, in order.
        public List<ProfileResult> rows() {
            return Stream.concat(before.stream(), result.rows().stream()).toList();
        }
    }

    /// Takes a batch in one transaction. A row that is wrong changes nothing, and does not affect
    /// the others. Rows that were taken before are checked again, because their caller may not have
    /// heard what was wrong with them, but are not written again.
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
        Advanced advanced =
                changes.make(now -> {
                    long taken = imports.lock(workspace, importId, now);
                    List<ProfileRow> left = rows(rows, row -> row.number() >= taken);
                    BatchResult result = profiles.learn(workspace, left, false, call);
                    long end = first + size;
                    if (end > taken) {
                        imports.advance(workspace, importId, end, now);
                    }
                    return Made.effective(new Advanced(taken, result));
                });
        // Apart, for it locks other people.
        List<ProfileRow> before = rows(rows, row -> row.number() < advanced.taken());
        var look = new ChangeCall(call.by(), null, null, true);
        return new Taken(
                Math.clamp(advanced.taken() - first, 0, size),
                profiles.learn(workspace, before, false, look).rows(),
                advanced.result());
    }

    /// @param taken how many rows of the import were taken before
    private record Advanced(long taken, BatchResult result) {}

    private static List<ProfileRow> rows(List<NumberedRow> rows, Predicate<NumberedRow> wanted) {
        return rows.stream().filter(wanted).map(NumberedRow::row).toList();
    }

    /// A row and its place in the import, from 0.
    public record NumberedRow(long number, ProfileRow row) {}
}
