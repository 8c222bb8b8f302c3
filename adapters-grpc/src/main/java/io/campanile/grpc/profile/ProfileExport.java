package io.campanile.grpc.profile;

import io.campanile.application.erasure.ExportedItem;
import io.campanile.application.erasure.PersonExport;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.ExportStream;
import io.campanile.grpc.message.MessageProtos;
import io.campanile.grpc.suppression.AllowedEntryProtos;
import io.campanile.grpc.suppression.SuppressionProtos;
import io.campanile.v1.ExportProfileResponse;
import io.grpc.stub.ServerCallStreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One export of a person's data: everything in full, because that is what it is for.
final class ProfileExport extends ExportStream<ExportProfileResponse> {
    private final WorkspaceId workspace;
    private final Supplier<PersonExport> begin;
    private @Nullable PersonExport export;

    ProfileExport(
            WorkspaceId workspace,
            Supplier<PersonExport> begin,
            CallerSession session,
            Drain drain,
            ServerCallStreamObserver<ExportProfileResponse> call) {
        super(session, drain, call);
        this.workspace = workspace;
        this.begin = begin;
    }

    @Override
    protected boolean sendNext() {
        PersonExport begun = export == null ? begin.get() : export;
        export = begun;
        Optional<List<ExportedItem>> piece = begun.next();
        piece.ifPresent(items -> items.forEach(item -> send(response(item))));
        return piece.isPresent();
    }

    private ExportProfileResponse response(ExportedItem item) {
        var response = ExportProfileResponse.newBuilder();
        switch (item) {
            case ExportedItem.Person(var profile) ->
                    response.setProfile(ProfileProtos.proto(profile, true));
            case ExportedItem.Membership(var audience) -> response.setAudience(audience.toString());
            case ExportedItem.Suppressed(var suppression) ->
                    response.setSuppression(SuppressionProtos.proto(suppression, true));
            case ExportedItem.Allowed(var entry) ->
                    response.setAllowedEntry(AllowedEntryProtos.proto(entry, true));
            case ExportedItem.Said(var record) ->
                    response.setConsentRecord(ConsentProtos.proto(record, true));
            case ExportedItem.Sent(var message) ->
                    response.setMessage(MessageProtos.message(workspace, message, true));
            case ExportedItem.Happened(var message, var event) ->
                    response.setMessageEvent(MessageProtos.event(workspace, message, event, true));
        }
        return response.build();
    }
}
