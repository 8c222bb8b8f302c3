package io.campanile.grpc.profile;

import io.campanile.application.profile.ImportProfiles;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.ImportStream;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.ImportProfilesRequest;
import io.campanile.v1.ImportProfilesResponse;
import io.campanile.v1.Profile;
import io.grpc.stub.ServerCallStreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// One import of profiles.
final class ProfileImport extends ImportStream<ImportProfilesRequest, ImportProfilesResponse> {
    private final ImportProfiles imports;
    private @Nullable String importId;
    private long rows;
    private long skipped;
    private long created;
    private long updated;
    private long failed;

    ProfileImport(
            ImportProfiles imports,
            RequestSyntax syntax,
            Drain drain,
            ServerCallStreamObserver<ImportProfilesResponse> call) {
        super(syntax, drain, call);
        this.imports = imports;
    }

    @Override
    protected String target(ImportProfilesRequest request) {
        return request.getParent();
    }

    @Override
    protected String targetField() {
        return "parent";
    }

    @Override
    protected void take(ImportProfilesRequest request) {
        if (importId != null && !importId.equals(request.getImportId())) {
            throw differs("import_id");
        }
        importId = request.getImportId();
        List<FieldProblem> problems = new ArrayList<>();
        for (List<Profile> part : ProfileParts.of(request.getProfilesList())) {
            problems.addAll(take(request, part));
        }
        failed += problems.size();
        answer(answer(problems));
    }

    /// In one transaction.
    private List<FieldProblem> take(ImportProfilesRequest request, List<Profile> part) {
        int size = part.size();
        WorkspaceId workspace = Names.workspace(request.getParent());
        var read = ProfileRows.of(workspace, part, rows, this::problems);
        ImportProfiles.Taken taken =
                imports.take(
                        workspace,
                        request.getImportId(),
                        rows,
                        size,
                        read.rows(),
                        Edits.call("", false));
        List<FieldProblem> problems = read.problems(taken.rows());
        rows += size;
        skipped += taken.skipped();
        created += taken.result().created();
        updated += taken.result().updated();
        return problems;
    }

    private ImportProfilesResponse answer(List<FieldProblem> problems) {
        return ImportProfilesResponse.newBuilder()
                .setRowCount(rows)
                .setSkippedCount(skipped)
                .setCreatedCount(created)
                .setUpdatedCount(updated)
                .setFailedCount(failed)
                .addAllViolations(problems.stream().map(FieldProblem::toProto).toList())
                .build();
    }

    @Override
    protected void finish() {
        // Every message was answered.
    }
}
