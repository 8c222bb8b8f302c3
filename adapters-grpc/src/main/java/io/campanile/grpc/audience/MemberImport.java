package io.campanile.grpc.audience;

import com.google.rpc.BadRequest;

import io.campanile.application.audience.ManageAudienceMembers;
import io.campanile.application.audience.MembersChange;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceName;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.ImportStream;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.ImportAudienceMembersRequest;
import io.campanile.v1.ImportAudienceMembersResponse;
import io.grpc.stub.ServerCallStreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One import of members.
final class MemberImport
        extends ImportStream<ImportAudienceMembersRequest, ImportAudienceMembersResponse> {
    private static final int MOST_VIOLATIONS = 1_000;

    private final ManageAudienceMembers members;
    private final ImportAudienceMembersResponse.Builder answer =
            ImportAudienceMembersResponse.newBuilder();
    private @Nullable Audience audience;

    MemberImport(
            ManageAudienceMembers members,
            RequestSyntax syntax,
            Drain drain,
            ServerCallStreamObserver<ImportAudienceMembersResponse> call) {
        super(syntax, drain, call);
        this.members = members;
    }

    @Override
    protected String target(ImportAudienceMembersRequest request) {
        return request.getName();
    }

    @Override
    protected String targetField() {
        return "name";
    }

    @Override
    protected void take(ImportAudienceMembersRequest request) {
        AudienceName into = Names.audience(request.getName());
        var rows =
                MemberRows.of(
                        into.workspace(),
                        request.getMembersList(),
                        answer.getRowCount(),
                        this::problems);
        MembersChange change =
                AudienceErrors.changed(into, members.add(into, rows.keys(), Edits.call("", false)));
        audience = change.audience();
        List<BadRequest.FieldViolation> violations = rows.violations(change.unknown());
        answer.setRowCount(answer.getRowCount() + request.getMembersCount())
                .setAddedCount(answer.getAddedCount() + change.changed())
                .setUnchangedCount(answer.getUnchangedCount() + change.unchanged())
                .setFailedCount(answer.getFailedCount() + violations.size());
        int room = MOST_VIOLATIONS - answer.getViolationsCount();
        answer.addAllViolations(violations.subList(0, Math.min(room, violations.size())));
    }

    @Override
    protected void finish() {
        if (audience == null) {
            throw new IllegalStateException("an import that took nothing ended well");
        }
        answer(answer.setAudience(AudienceProtos.proto(audience)).build());
    }
}
