package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import io.campanile.application.suppression.ImportedEntry;
import io.campanile.domain.access.Actor;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/// What a [ListImport] has to know of the list.
///
/// @param <Q> the pieces of a file
/// @param <A> the answers
/// @param columns which of them a file may have
/// @param thread the name of the thread that reads a file
/// @param parent the name of the workspace, out of a piece
/// @param csv the part of the file, out of a piece
record ImportedList<Q, A>(
        List<ListCsv.Column> columns,
        String thread,
        Function<Q, String> parent,
        Function<Q, ByteString> csv,
        Adding adding,
        Function<List<Report>, A> answer) {
    /// Puts rows on the list, and says what became of each.
    interface Adding {
        List<ImportedEntry> add(WorkspaceId workspace, List<ListCsv.Row.Importable> rows, Actor by);
    }

    /// What became of a row.
    ///
    /// @param line where it begins
    /// @param added the full name of the entry that is there now; empty when there is none
    /// @param refused absent unless it was refused
    record Report(long line, String added, ListCsv.Row.@Nullable Refused refused) {}
}
