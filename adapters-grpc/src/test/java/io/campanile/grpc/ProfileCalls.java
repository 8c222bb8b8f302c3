package io.campanile.grpc;

import static io.campanile.grpc.GrpcWorld.OWN;

import io.campanile.v1.Identity;
import io.campanile.v1.Profile;
import io.campanile.v1.UpsertProfileRequest;

/// Calls for profiles.
final class ProfileCalls {
    private ProfileCalls() {}

    static Identity identity(String namespace, String value) {
        return Identity.newBuilder().setNamespace(namespace).setValue(value).build();
    }

    static UpsertProfileRequest upsert(Profile.Builder profile) {
        return upsert(profile.build());
    }

    static UpsertProfileRequest upsert(Profile profile) {
        return UpsertProfileRequest.newBuilder().setParent(OWN).setProfile(profile).build();
    }
}
