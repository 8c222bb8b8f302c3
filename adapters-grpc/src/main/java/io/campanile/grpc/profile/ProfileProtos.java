package io.campanile.grpc.profile;

import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.grpc.resource.Times;

/// Profiles and identities between protobuf and the domain.
final class ProfileProtos {
    private ProfileProtos() {}

    /// The profile, without anything that tells who it is in full unless the caller may see it.
    static io.campanile.v1.Profile proto(Profile profile, boolean mayIdentify) {
        var proto =
                io.campanile.v1.Profile.newBuilder()
                        .setName(profile.name())
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

    /// The key in the form keys are compared in.
    static Identity identity(io.campanile.v1.Identity proto) {
        return new Identity(proto.getNamespace(), proto.getValue()).comparable();
    }
}
