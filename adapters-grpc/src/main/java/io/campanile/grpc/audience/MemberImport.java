package io.campanile.grpc.audience;

import com.google.rpc.BadRequest;

import io.campanile.application.audience.ManageAudiences;
import io.campanile.application.audience.MembersChange;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceName;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.GrpcErrors.FieldProblem;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.ImportAudienceMembersRequest;
import io.campanile.v1.ImportAudienceMembersResponse;
import io.campanile.v1.ViolationReason;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One import. Each message is stored before the next is asked for, so that the caller is never
/// ahead of the database.
final class MemberImport implements StreamObserver<ImportAudienceMembersRequest> {
    private static final int MOST_VIOLATIONS = 1_000;

    private final ManageAudiences audiences;
    private final RequestSyntax syntax;
    private final Drain drain;
    private final ServerCallStreamObserver<ImportAudienceMembersResponse> call;
    private final CallerSession session = Callers.session();
    private final Runnable drained = this::shutDown;

    private final ImportAudienceMembersResponse.Builder answer =
            ImportAudienceMembersResponse.newBuilder();
    private @Nullable AudienceName name;
    private @Nullable Audience audience;
    private boolean ended;

    MemberImport(
            ManageAudiences audiences,
            RequestSyntax syntax,
            Drain drain,
            ServerCallStreamObserver<ImportAudienceMembersResponse> call) {
        this.audiences = audiences;
        this.syntax = syntax;
        this.drain = drain;
        this.call = call;
    }

    void start() {
        call.setOnCancelHandler(() -> drain.unregister(drained));
        call.setOnCloseHandler(() -> drain.unregister(drained));
        drain.register(drained);
    }

    @Override
    public synchronized void onNext(ImportAudienceMembersRequest request) {
        if (ended) {
            return;
        }
        try {
            var _ = session.require();
            take(checked(request), request);
        } catch (RuntimeException e) {
            end(e);
        }
    }

    /// The audience of a message whose envelope is right.
    private AudienceName checked(ImportAudienceMembersRequest request) {
        List<FieldProblem> problems = syntax.checkRules(request);
        if (!problems.isEmpty()) {
            throw GrpcErrors.fieldViolations(problems);
        }
        if (!Callers.liesInWorkspace(session.caller(), request.getName())) {
            throw GrpcErrors.notFound(request.getName());
        }
        AudienceName asked = Names.audience(request.getName());
        if (name != null && !name.equals(asked)) {
            throw GrpcErrors.fieldViolation(
                    "name",
                    ViolationReason.VIOLATION_REASON_SYNTAX,
                    "must be the same in every message of the stream");
        }
        name = asked;
        return asked;
    }

    private void take(AudienceName into, ImportAudienceMembersRequest request) {
        var rows =
                MemberRows.of(
                        into.workspace(),
                        request.getMembersList(),
                        answer.getRowCount(),
                        syntax::check);
        MembersChange change =
                audiences
                        .add(into, rows.keys(), Edits.call("", false))
                        .orElseThrow(() -> GrpcErrors.notFound(into.toString()));
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
    public synchronized void onCompleted() {
        if (ended) {
            return;
        }
        if (audience == null) {
            end(GrpcErrors.malformedRequest("the import has no rows"));
            return;
        }
        ended = true;
        call.onNext(answer.setAudience(AudienceProtos.proto(audience)).build());
        call.onCompleted();
    }

    /// The caller went away; what was taken stays.
    @Override
    public synchronized void onError(Throwable thrown) {
        ended = true;
    }

    private void shutDown() {
        end(GrpcErrors.shuttingDown());
    }

    private synchronized void end(RuntimeException error) {
        if (!ended) {
            ended = true;
            call.onError(GrpcErrors.of(error));
        }
    }
}
