package io.campanile.grpc.resource;

import static io.campanile.grpc.call.ErrorDetails.fields;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.AudienceServiceGrpc.AudienceServiceBlockingStub;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.ListAudiencesRequest;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.ListProfilesResponse;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.ProfileServiceGrpc.ProfileServiceBlockingStub;
import io.grpc.Status.Code;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Every client takes 4 MiB, unless it was told otherwise; those here were not.
class LargeAnswersTest {
    private static final int PEOPLE = 100;
    private static final int AT_ONCE = 10;
    private static final String LONG_TEXT = "x".repeat(50_000);

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ProfileServiceBlockingStub profiles =
            world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR);

    @BeforeEach
    void getToKnowFiveMegabytesOfPeople() {
        for (int first = 0; first < PEOPLE; first += AT_ONCE) {
            var request = BatchUpsertProfilesRequest.newBuilder().setParent(OWN);
            for (int number = first; number < first + AT_ONCE; number++) {
                request.addProfiles(
                        person(number)
                                .setAttributes(
                                        Struct.newBuilder()
                                                .putFields(
                                                        "text",
                                                        Value.newBuilder()
                                                                .setStringValue(LONG_TEXT)
                                                                .build())));
            }
            assertThat(profiles.batchUpsertProfiles(request.build()).getProfilesCount())
                    .isEqualTo(AT_ONCE);
        }
    }

    @Test
    void endAPageBeforeItIsTooLarge() {
        List<String> names = new ArrayList<>();
        var request = ListProfilesRequest.newBuilder().setParent(OWN).setPageSize(500);
        ListProfilesResponse page;
        do {
            page = profiles.listProfiles(request.build());
            assertThat(page.getSerializedSize()).isLessThan((3 << 20) + 10_000);
            assertThat(page.getProfilesCount()).isPositive();
            page.getProfilesList().forEach(profile -> names.add(profile.getName()));
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());

        assertThat(names).hasSize(PEOPLE).doesNotHaveDuplicates();
    }

    @Test
    void holdNoMoreAudiencesThanFit() {
        AudienceServiceBlockingStub audiences =
                world.stub(AudienceServiceGrpc::newBlockingStub, Role.AUTHOR);
        String description = "\ud83d\ude00".repeat(2_000);
        for (int number = 0; number < 500; number++) {
            var _ =
                    audiences.createAudience(
                            CreateAudienceRequest.newBuilder()
                                    .setParent(OWN)
                                    .setAudienceId("a" + number)
                                    .setAudience(Audience.newBuilder().setDescription(description))
                                    .build());
        }
        var request = ListAudiencesRequest.newBuilder().setParent(OWN).setPageSize(500);

        var first = audiences.listAudiences(request.build());
        request.setPageToken(first.getNextPageToken());
        var second = audiences.listAudiences(request.build());

        assertThat(first.getSerializedSize()).isLessThan((3 << 20) + 10_000);
        assertThat(first.getAudiencesCount() + second.getAudiencesCount()).isEqualTo(500);
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void refuseABatchThatNobodyCouldReadTheAnswerOf() {
        var request = BatchUpsertProfilesRequest.newBuilder().setParent(OWN);
        for (int number = 0; number < PEOPLE; number++) {
            request.addProfiles(person(number).setLocale("de"));
        }

        var refused = refusal(() -> profiles.batchUpsertProfiles(request.build()));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(fields(refused)).containsExactly("profiles");
        assertThat(
                        profiles.listProfiles(
                                        ListProfilesRequest.newBuilder().setParent(OWN).build())
                                .getProfilesList())
                .allMatch(profile -> profile.getLocale().isEmpty());
    }

    private static Profile.Builder person(int number) {
        return Profile.newBuilder().addIdentities(identity("crmId", "c-" + number));
    }
}
