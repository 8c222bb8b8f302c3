package io.campanile.grpc.testing;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import io.campanile.v1.Identity;
import io.campanile.v1.MergeProfilesRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.UpsertProfileRequest;

import java.util.List;
import java.util.stream.IntStream;

/// Calls for profiles.
public final class ProfileCalls {
    private ProfileCalls() {}

    public static Identity identity(String namespace, String value) {
        return Identity.newBuilder().setNamespace(namespace).setValue(value).build();
    }

    public static UpsertProfileRequest upsert(Profile.Builder profile) {
        return upsert(profile.build());
    }

    public static UpsertProfileRequest upsert(Profile profile) {
        return UpsertProfileRequest.newBuilder().setParent(OWN).setProfile(profile).build();
    }

    /// Makes one person of two.
    public static MergeProfilesRequest.Builder merge(Profile staying, Profile gone) {
        return MergeProfilesRequest.newBuilder()
                .setName(staying.getName())
                .setSource(gone.getName());
    }

    /// As many as one profile may have.
    public static List<String> tenAddresses() {
        return IntStream.range(0, 10).mapToObj(i -> "ada-" + i + "@example.com").toList();
    }
}
