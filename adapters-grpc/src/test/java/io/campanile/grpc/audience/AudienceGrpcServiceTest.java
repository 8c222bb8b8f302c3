package io.campanile.grpc.audience;

import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.upsert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.FieldMask;
import com.google.rpc.BadRequest.FieldViolation;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.CollectedAnswers;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.AddAudienceMembersRequest;
import io.campanile.v1.AddAudienceMembersResponse;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceMember;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.DeleteAudienceRequest;
import io.campanile.v1.GetAudienceRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.ImportAudienceMembersRequest;
import io.campanile.v1.ImportAudienceMembersResponse;
import io.campanile.v1.ListAudienceMembersRequest;
import io.campanile.v1.ListAudiencesRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RemoveAudienceMembersRequest;
import io.campanile.v1.UpdateAudienceRequest;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class AudienceGrpcServiceTest {
    private static final String READERS = OWN + "/audiences/readers";

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    private AudienceServiceGrpc.AudienceServiceBlockingStub as(Role role) {
        return world.stub(AudienceServiceGrpc::newBlockingStub, role);
    }

    @Test
    void createsChangesListsAndDeletes() {
        Audience readers = created("readers");
        Audience buyers = created("buyers");
        assertThat(readers.getName()).isEqualTo(READERS);
        assertThat(as(Role.VIEWER).getAudience(get())).isEqualTo(readers);

        Audience changed =
                as(Role.AUTHOR)
                        .updateAudience(
                                UpdateAudienceRequest.newBuilder()
                                        .setAudience(readers.toBuilder().setDisplayName("Readers"))
                                        .setUpdateMask(
                                                FieldMask.newBuilder().addPaths("display_name"))
                                        .build());
        assertThat(changed.getDisplayName()).isEqualTo("Readers");
        assertThat(changed.getDescription()).isEqualTo(readers.getDescription());
        assertThat(listed()).containsExactly(buyers, changed);

        var _ =
                as(Role.AUTHOR)
                        .deleteAudience(
                                DeleteAudienceRequest.newBuilder().setName(READERS).build());
        assertThat(listed()).containsExactly(buyers);
    }

    @Test
    void refusesATakenIdAndAnOldEtag() {
        Audience readers = created("readers");
        var taken = refusal(() -> created("readers"));
        var outdated =
                refusal(() ->
                        as(Role.AUTHOR)
                                .updateAudience(
                                        UpdateAudienceRequest.newBuilder()
                                                .setAudience(readers.toBuilder().setEtag("\"7\""))
                                                .build()));

        assertThat(taken.getStatus().getCode()).isEqualTo(Code.ALREADY_EXISTS);
        assertThat(outdated.getStatus().getCode()).isEqualTo(Code.ABORTED);
    }

    @Test
    void answersARepeatedRequestWithTheSameAudienceAndValidatesWithoutAChange() {
        CreateAudienceRequest request = create("readers").toBuilder().setRequestId("once").build();
        Audience first = as(Role.AUTHOR).createAudience(request);
        assertThat(as(Role.AUTHOR).createAudience(request)).isEqualTo(first);

        var _ =
                as(Role.AUTHOR)
                        .createAudience(create("buyers").toBuilder().setValidateOnly(true).build());
        var _ =
                as(Role.AUTHOR)
                        .deleteAudience(
                                DeleteAudienceRequest.newBuilder()
                                        .setName(READERS)
                                        .setValidateOnly(true)
                                        .build());
        assertThat(listed()).containsExactly(first);
    }

    @Test
    void takesWhomItKnowsAndSaysWhoIsNobody() {
        created("readers");
        Profile ada = person("ada");
        Profile eve = person("eve");
        var request =
                AddAudienceMembersRequest.newBuilder()
                        .setName(READERS)
                        .addMembers(AudienceMember.newBuilder().setProfile(ada.getName()))
                        .addMembers(identity("nobody"))
                        .addMembers(identity("eve"))
                        .addMembers(identity("ada"))
                        .addMembers(
                                AudienceMember.newBuilder()
                                        .setProfile(OWN + "/profiles/" + "-".repeat(36)))
                        .addMembers(
                                AudienceMember.newBuilder()
                                        .setProfile(
                                                "workspaces/other/profiles/" + UUID.randomUUID()));

        AddAudienceMembersResponse forecast =
                as(Role.TRIGGER).addAudienceMembers(request.clone().setValidateOnly(true).build());
        assertThat(forecast.getAddedCount()).isEqualTo(2);
        assertThat(members()).isEmpty();

        AddAudienceMembersResponse answer = as(Role.TRIGGER).addAudienceMembers(request.build());

        assertThat(forecast).isEqualTo(answer);
        assertThat(answer.getAddedCount()).isEqualTo(2);
        assertThat(answer.getUnchangedCount()).isEqualTo(1);
        assertThat(answer.getAudience().getMemberCount()).isEqualTo(2);
        assertThat(answer.getViolationsList())
                .extracting(FieldViolation::getField)
                .containsExactlyInAnyOrder("members[1]", "members[4]", "members[5]");
        assertThat(answer.getViolationsList())
                .extracting(FieldViolation::getReason)
                .containsOnly("REFERENCE_NOT_FOUND");
        assertThat(answer.toString()).doesNotContain("nobody\"");
        assertThat(members()).containsExactlyInAnyOrder(ada.getName(), eve.getName());
        assertThat(as(Role.TRIGGER).addAudienceMembers(request.build()).getAddedCount()).isZero();
    }

    @Test
    void saysWhichKeysCanBeNobodys() {
        created("readers");
        var capital = Identity.newBuilder().setNamespace("Email").setValue("ada@a.test");
        var masked = Identity.newBuilder().setNamespace("email").setValue("a***@a.test");

        AddAudienceMembersResponse answer =
                as(Role.TRIGGER)
                        .addAudienceMembers(
                                AddAudienceMembersRequest.newBuilder()
                                        .setName(READERS)
                                        .addMembers(
                                                AudienceMember.newBuilder().setIdentity(capital))
                                        .addMembers(AudienceMember.newBuilder().setIdentity(masked))
                                        .build());

        assertThat(answer.getViolationsList())
                .extracting(FieldViolation::getField, FieldViolation::getReason)
                .containsExactly(
                        tuple("members[0].identity.namespace", "SYNTAX"),
                        tuple("members[1].identity.value", "ADDRESS_MALFORMED"));
    }

    @Test
    void removesMembersOnce() {
        created("readers");
        Profile ada = person("ada");
        var _ =
                as(Role.TRIGGER)
                        .addAudienceMembers(
                                AddAudienceMembersRequest.newBuilder()
                                        .setName(READERS)
                                        .addMembers(identity("ada"))
                                        .build());
        var request =
                RemoveAudienceMembersRequest.newBuilder()
                        .setName(READERS)
                        .addMembers(AudienceMember.newBuilder().setProfile(ada.getName()))
                        .build();
        var forecast =
                as(Role.OPERATOR)
                        .removeAudienceMembers(request.toBuilder().setValidateOnly(true).build());
        assertThat(forecast.getRemovedCount()).isEqualTo(1);

        assertThat(as(Role.OPERATOR).removeAudienceMembers(request)).isEqualTo(forecast);
        assertThat(as(Role.OPERATOR).removeAudienceMembers(request).getUnchangedCount())
                .isEqualTo(1);
        assertThat(members()).isEmpty();
    }

    @Test
    void pagesThroughMembers() {
        created("readers");
        var request = AddAudienceMembersRequest.newBuilder().setName(READERS);
        for (int i = 0; i < 5; i++) {
            request.addMembers(AudienceMember.newBuilder().setProfile(person("p" + i).getName()));
        }
        var _ = as(Role.TRIGGER).addAudienceMembers(request.build());

        List<String> paged = new ArrayList<>();
        var page = ListAudienceMembersRequest.newBuilder().setParent(READERS).setPageSize(2);
        String token = "";
        do {
            var answer = as(Role.VIEWER).listAudienceMembers(page.setPageToken(token).build());
            answer.getMembersList().forEach(member -> paged.add(member.getProfile()));
            token = answer.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(paged).isSorted().doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void importsWhatIsRightAndSaysWhatIsWrongWithTheRest() {
        created("readers");
        person("ada");
        person("eve");
        var first = rows(identity("ada"), AudienceMember.newBuilder(), identity("nobody")).build();
        var second =
                rows(
                                identity("eve"),
                                identity("a\0b"),
                                AudienceMember.newBuilder()
                                        .setIdentity(Identity.newBuilder().setNamespace("crmId")))
                        .build();

        ImportAudienceMembersResponse answer = imported(List.of(first, second)).join();

        assertThat(answer.getRowCount()).isEqualTo(6);
        assertThat(answer.getAddedCount()).isEqualTo(2);
        assertThat(answer.getFailedCount()).isEqualTo(4);
        assertThat(answer.getViolationsList())
                .extracting(FieldViolation::getField)
                .containsExactlyInAnyOrder(
                        "members[1].person",
                        "members[2]",
                        "members[4].identity.value",
                        "members[5].identity.value");
        assertThat(answer.getAudience().getMemberCount()).isEqualTo(2);

        ImportAudienceMembersResponse again = imported(List.of(first, second)).join();
        assertThat(again.getAddedCount()).isZero();
        assertThat(again.getUnchangedCount()).isEqualTo(2);
    }

    @Test
    void tellsAThousandFaultsOfAnImportAtMost() {
        created("readers");
        var batch = ImportAudienceMembersRequest.newBuilder().setName(READERS);
        IntStream.range(0, 1_000).forEach(i -> batch.addMembers(identity("nobody-" + i)));

        ImportAudienceMembersResponse answer =
                imported(List.of(batch.build(), batch.build())).join();

        assertThat(answer.getFailedCount()).isEqualTo(2_000);
        assertThat(answer.getViolationsCount()).isEqualTo(1_000);
    }

    @Test
    void keepsToOneAudienceInAnImport() {
        created("readers");
        created("buyers");
        person("ada");
        var other = rows(identity("ada")).setName(OWN + "/audiences/buyers").build();

        assertThat(code(imported(List.of(rows(identity("ada")).build(), other))))
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(code(imported(List.of()))).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(members()).as("what came before stays").hasSize(1);
    }

    private static Code code(CompletableFuture<ImportAudienceMembersResponse> answer) {
        return Status.fromThrowable(catchThrowableOfType(RuntimeException.class, answer::join))
                .getCode();
    }

    private CompletableFuture<ImportAudienceMembersResponse> imported(
            List<ImportAudienceMembersRequest> messages) {
        var answers = new CollectedAnswers<ImportAudienceMembersResponse>();
        StreamObserver<ImportAudienceMembersRequest> requests =
                world.stub(AudienceServiceGrpc::newStub, Role.TRIGGER)
                        .importAudienceMembers(answers);
        messages.forEach(requests::onNext);
        requests.onCompleted();
        return answers.all().orTimeout(30, TimeUnit.SECONDS).thenApply(List::getFirst);
    }

    private static ImportAudienceMembersRequest.Builder rows(AudienceMember.Builder... members) {
        var rows = ImportAudienceMembersRequest.newBuilder().setName(READERS);
        for (AudienceMember.Builder member : members) {
            rows.addMembers(member);
        }
        return rows;
    }

    private static AudienceMember.Builder identity(String value) {
        return AudienceMember.newBuilder()
                .setIdentity(Identity.newBuilder().setNamespace("crmId").setValue(value));
    }

    private Profile person(String value) {
        return world.stub(ProfileServiceGrpc::newBlockingStub, Role.TRIGGER)
                .upsertProfile(
                        upsert(
                                Profile.newBuilder()
                                        .addIdentities(
                                                Identity.newBuilder()
                                                        .setNamespace("crmId")
                                                        .setValue(value))));
    }

    private Audience created(String id) {
        return as(Role.AUTHOR).createAudience(create(id));
    }

    private static CreateAudienceRequest create(String id) {
        return CreateAudienceRequest.newBuilder()
                .setParent(OWN)
                .setAudienceId(id)
                .setAudience(Audience.newBuilder().setDisplayName(id).setDescription("People"))
                .build();
    }

    private static GetAudienceRequest get() {
        return GetAudienceRequest.newBuilder().setName(READERS).build();
    }

    private List<Audience> listed() {
        return as(Role.VIEWER)
                .listAudiences(ListAudiencesRequest.newBuilder().setParent(OWN).build())
                .getAudiencesList();
    }

    private List<String> members() {
        return as(Role.VIEWER)
                .listAudienceMembers(
                        ListAudienceMembersRequest.newBuilder().setParent(READERS).build())
                .getMembersList()
                .stream()
                .map(AudienceMember::getProfile)
                .toList();
    }
}
