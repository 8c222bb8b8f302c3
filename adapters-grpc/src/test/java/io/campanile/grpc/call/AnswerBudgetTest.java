package io.campanile.grpc.call;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.LateReader;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.grpc.testing.Waiting;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.ListProfilesResponse;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

/// A node that may hold one answer of a megabyte and a half of another, and callers who take little
/// of an answer before they read it.
@Timeout(60)
class AnswerBudgetTest {
    private static final int PEOPLE = 20;
    private static final int WINDOW = 64 << 10;

    private static final ListProfilesRequest ALL =
            ListProfilesRequest.newBuilder().setParent(OWN).setPageSize(500).build();

    private final RequestBudget budget = new RequestBudget(1_500_000);
    private final GrpcWorld world = new GrpcWorld(Duration.ofHours(1), budget);
    private final ManagedChannel narrow =
            NettyChannelBuilder.forAddress("127.0.0.1", world.server.port())
                    .usePlaintext()
                    .flowControlWindow(WINDOW)
                    .build();

    @BeforeEach
    void getToKnowAMegabyteOfPeople() {
        Value text = Value.newBuilder().setStringValue("x".repeat(50_000)).build();
        Struct attributes = Struct.newBuilder().putFields("text", text).build();
        for (int first = 0; first < PEOPLE; first += 10) {
            var request = BatchUpsertProfilesRequest.newBuilder().setParent(OWN);
            for (int number = first; number < first + 10; number++) {
                request.addProfiles(
                        Profile.newBuilder()
                                .addIdentities(
                                        Identity.newBuilder()
                                                .setNamespace("crmId")
                                                .setValue("c-" + number))
                                .setAttributes(attributes));
            }
            var _ = profiles().batchUpsertProfiles(request.build());
            Waiting.until(() -> budget.answers() == 0);
        }
    }

    @AfterEach
    void endWithNothingHeld() {
        narrow.shutdownNow();
        Waiting.until(() -> budget.held() == 0 && budget.answers() == 0);
        world.close();
    }

    @Test
    void refusesLargeAnswersWhileOthersWereNotReadAndSmallOnesNever() {
        LateReader<ListProfilesRequest, ListProfilesResponse> late = listedAndNotRead();

        StatusRuntimeException refused = ErrorDetails.refusal(() -> profiles().listProfiles(ALL));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(ErrorDetails.reason(refused)).isEqualTo("REQUESTS_FULL");
        assertThat(
                        TriggerServiceGrpc.newBlockingStub(world.channel)
                                .withCallCredentials(GrpcWorld.as(Role.TRIGGER))
                                .triggerCampaign(TriggerRequests.valid().build())
                                .getExecution())
                .isNotEmpty();

        assertThat(late.readAll())
                .singleElement()
                .matches(page -> page.getProfilesCount() == PEOPLE);
        Waiting.until(() -> budget.answers() == 0);
        assertThat(profiles().listProfiles(ALL).getProfilesCount()).isEqualTo(PEOPLE);
    }

    @Test
    void getsBackWhatAnswersHeldThatNobodyWillRead() {
        var _ = listedAndNotRead();

        narrow.shutdownNow();

        Waiting.until(() -> budget.answers() == 0);
    }

    private LateReader<ListProfilesRequest, ListProfilesResponse> listedAndNotRead() {
        var late = new LateReader<ListProfilesRequest, ListProfilesResponse>();
        ProfileServiceGrpc.newStub(narrow)
                .withCallCredentials(GrpcWorld.as(Role.OPERATOR))
                .listProfiles(ALL, late);
        Waiting.until(() -> budget.answers() > 1_000_000);
        return late;
    }

    private ProfileServiceGrpc.ProfileServiceBlockingStub profiles() {
        return ProfileServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(Role.OPERATOR));
    }
}
