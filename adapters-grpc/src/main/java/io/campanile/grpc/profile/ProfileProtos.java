package io.campanile.grpc.profile;

import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Identities;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.ViolationReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Profiles and identities between protobuf and the domain.
final class ProfileProtos {
    /// What is wrong with the name of nobody in the workspace.
    static final FieldProblem NO_SUCH_NAME =
            new FieldProblem(
                    "name",
                    ViolationReason.VIOLATION_REASON_REFERENCE_NOT_FOUND,
                    "does not exist in the workspace");

    private ProfileProtos() {}

    /// The profile, without anything that tells who it is in full unless the caller may see it.
    static io.campanile.v1.Profile proto(Profile profile, boolean mayIdentify) {
        var proto =
                io.campanile.v1.Profile.newBuilder()
                        .setName(profile.name())
                        .setEtag(Edits.etag(profile.version()))
                        .setCreateTime(Times.timestamp(profile.createTime()))
                        .setUpdateTime(Times.timestamp(profile.updateTime()));
        for (Identity identity : profile.identities()) {
            proto.addIdentitiesBuilder()
                    .setNamespace(identity.namespace())
                    .setValue(mayIdentify ? identity.value() : identity.masked());
        }
        DetailsProtos.write(profile.details(), proto, mayIdentify);
        return proto.build();
    }

    /// A profile of another workspace does not exist for the caller.
    ///
    /// @param name has the form of one
    static void requireNameIn(WorkspaceId workspace, String name) throws ProfileRefused {
        if (!Names.workspace(name).equals(workspace)) {
            throw new ProfileRefused(NO_SUCH_NAME);
        }
    }

    /// The keys of a person in the form keys are compared in.
    static List<Identity> identities(io.campanile.v1.Profile proto) throws ProfileRefused {
        List<Identity> identities = new ArrayList<>(proto.getIdentitiesCount());
        for (int i = 0; i < proto.getIdentitiesCount(); i++) {
            Optional<FieldProblem> problem =
                    Identities.problem("identities[" + i + "]", proto.getIdentities(i));
            if (problem.isPresent()) {
                throw new ProfileRefused(problem.get());
            }
            identities.add(Identities.comparable(proto.getIdentities(i)));
        }
        return identities;
    }
}
