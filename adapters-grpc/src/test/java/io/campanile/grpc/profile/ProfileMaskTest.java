package io.campanile.grpc.profile;

import static io.campanile.grpc.testing.ProfileCalls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.UpsertProfileRequest;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

class ProfileMaskTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @BeforeEach
    void knowAda() {
        var _ =
                upserted(
                        UpsertProfileRequest.newBuilder()
                                .setProfile(
                                        details("plan", "gold")
                                                .addEmailAddresses("ada@example.com")
                                                .setLocale("de")
                                                .setTimeZone("Asia/Kathmandu")));
    }

    @Test
    void replacesWhatTheMaskNamesAlsoByNothing() {
        Profile replaced = upserted(details("city", "Graz"), "attributes", "time_zone");

        assertThat(replaced.getAttributes().getFieldsMap()).containsOnlyKeys("city");
        assertThat(replaced.getLocale()).isEqualTo("de");
        assertThat(replaced.getTimeZone()).isEmpty();
    }

    @Test
    void leavesWhatTheMaskDoesNotName() {
        Profile replaced =
                upserted(
                        details("plan", "none")
                                .addEmailAddresses("ada@home.example")
                                .setLocale("de-AT"),
                        "locale");

        assertThat(replaced.getLocale()).isEqualTo("de-AT");
        assertThat(replaced.getAttributes().getFieldsMap()).containsEntry("plan", text("gold"));
        assertThat(replaced.getEmailAddressesList()).containsExactly("ada@example.com");
    }

    @Test
    void replacesEverythingWhenTheMaskIsAStar() {
        Profile replaced = upserted(details("city", "Graz"), "*");

        assertThat(replaced.getAttributes().getFieldsMap()).containsOnlyKeys("city");
        assertThat(replaced.getEmailAddressesList()).isEmpty();
        assertThat(replaced.getLocale()).isEmpty();
        assertThat(replaced.getTimeZone()).isEmpty();
    }

    @Test
    void takesAMaskWithoutPathsForNone() {
        Profile learned = upserted(details("city", "Graz"));

        assertThat(learned.getAttributes().getFieldsMap()).containsOnlyKeys("plan", "city");
        assertThat(learned.getEmailAddressesList()).containsExactly("ada@example.com");
        assertThat(learned.getLocale()).isEqualTo("de");
    }

    private static Profile.Builder details(String attribute, String value) {
        return Profile.newBuilder()
                .addIdentities(identity("crmId", "42"))
                .setAttributes(Struct.newBuilder().putFields(attribute, text(value)));
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private Profile upserted(Profile.Builder profile, String... paths) {
        return upserted(
                UpsertProfileRequest.newBuilder()
                        .setProfile(profile)
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths))));
    }

    private Profile upserted(UpsertProfileRequest.Builder request) {
        return world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR)
                .upsertProfile(request.setParent("workspaces/default").build());
    }
}
