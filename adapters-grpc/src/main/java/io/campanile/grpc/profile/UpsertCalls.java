package io.campanile.grpc.profile;

import io.campanile.application.profile.BatchResult;
import io.campanile.application.profile.ImportProfiles.NumberedRow;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.profile.ProfileResult;
import io.campanile.application.profile.ProfileRow;
import io.campanile.application.profile.Whom;
import io.campanile.domain.profile.MoreContacts;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.BatchUpsertProfilesResponse;
import io.campanile.v1.UpsertProfileRequest;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

import java.util.List;

/// What is learned about people, for `ProfileService`.
final class UpsertCalls {
    private final ManageProfiles profiles;

    UpsertCalls(ManageProfiles profiles) {
        this.profiles = profiles;
    }

    io.campanile.v1.Profile upsert(UpsertProfileRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        ProfileResult result =
                profiles.upsert(
                        workspace,
                        row(workspace, request),
                        Edits.call(request.getProfile().getEtag(), request.getValidateOnly()));
        return switch (result) {
            case ProfileResult.Known(var profile) -> proto(profile);
            case ProfileResult.Clash(var one, var other) -> throw ProfileErrors.clash(one, other);
            case ProfileResult.KnownAlready(var profile) ->
                    throw ProfileErrors.knownAlready(profile);
            case ProfileResult.Nobody() -> throw nobody(request);
            case ProfileResult.EtagMismatch(var current) ->
                    throw GrpcErrors.etagMismatch(current.name(), Edits.etag(current.version()));
            case ProfileResult.AttributesRefused(var violations) ->
                    throw ProfileErrors.refused(violations);
            case ProfileResult.TooManyIdentities(var profile) ->
                    throw ProfileErrors.tooMany(profile);
            case ProfileResult.TooManyContacts(var kinds) -> throw ProfileErrors.full(kinds);
            case ProfileResult.AttributesTooLarge(var profile) ->
                    throw ProfileErrors.tooLarge(profile);
        };
    }

    private static StatusRuntimeException nobody(UpsertProfileRequest request) {
        String name = request.getProfile().getName();
        return name.isEmpty()
                ? ProfileErrors.nobody(request.getParent())
                : GrpcErrors.notFound(name);
    }

    private static ProfileRow row(WorkspaceId workspace, UpsertProfileRequest request) {
        try {
            return new ProfileRow(
                    ProfileProtos.identities(request.getProfile()),
                    DetailsProtos.change(request).adding(more(request)),
                    whom(workspace, request));
        } catch (ProfileRefused e) {
            throw GrpcErrors.fieldViolations(List.of(e.within("profile")));
        }
    }

    private static MoreContacts more(UpsertProfileRequest request) {
        try {
            return ContactProtos.more(request);
        } catch (ProfileRefused e) {
            throw GrpcErrors.fieldViolations(List.of(e.problem()));
        }
    }

    private static Whom whom(WorkspaceId workspace, UpsertProfileRequest request)
            throws ProfileRefused {
        io.campanile.v1.Profile profile = request.getProfile();
        String name = profile.getName();
        if (request.getNewOnly()) {
            requireNobodyIsMeant(profile);
            return new Whom.Stranger();
        }
        if (name.isEmpty()) {
            return new Whom.Anybody();
        }
        ProfileProtos.requireNameIn(workspace, name);
        return new Whom.Named(Names.profile(name));
    }

    private static void requireNobodyIsMeant(io.campanile.v1.Profile profile) {
        if (!profile.getName().isEmpty() || !profile.getEtag().isEmpty()) {
            throw GrpcErrors.fieldViolation(
                    "new_only",
                    ViolationReason.VIOLATION_REASON_SYNTAX,
                    "does not go with the name or the etag of somebody who is known");
        }
    }

    BatchUpsertProfilesResponse upsert(BatchUpsertProfilesRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        var rows = ProfileRows.of(workspace, request.getProfilesList(), 0, _ -> List.of());
        refuse(rows.problems(List.of()));
        refuse(rows.tooMany());
        var response = BatchUpsertProfilesResponse.newBuilder();
        BatchResult result =
                profiles.learnAll(
                        workspace,
                        rows.rows().stream().map(NumberedRow::row).toList(),
                        Edits.call("", request.getValidateOnly()),
                        known -> write(known, response));
        refuse(rows.problems(result.rows()));
        return response.build();
    }

    /// Before anything is stored: an answer that the caller's side refuses tells nobody that it
    /// was.
    private static void write(List<Profile> known, BatchUpsertProfilesResponse.Builder response) {
        response.clearProfiles();
        long bytes = 0;
        for (Profile profile : known) {
            io.campanile.v1.Profile proto = proto(profile);
            bytes += proto.getSerializedSize();
            if (bytes > Pages.MOST_BYTES) {
                throw GrpcErrors.fieldViolation(
                        "profiles",
                        ViolationReason.VIOLATION_REASON_OUT_OF_RANGE,
                        "would be answered with more than 3 MiB; send fewer at once");
            }
            response.addProfiles(proto);
        }
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw GrpcErrors.fieldViolations(problems);
        }
    }

    private static io.campanile.v1.Profile proto(Profile profile) {
        return ProfileProtos.proto(profile, Callers.mayIdentify());
    }
}
