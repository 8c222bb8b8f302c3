package io.campanile.grpc.profile;

import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.BadRequest.FieldViolation;

import io.campanile.domain.access.Role;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.CollectedAnswers;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.LateReader;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.ImportProfilesRequest;
import io.campanile.v1.ImportProfilesResponse;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.LookUpProfileRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class ProfileImportTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @Test
    void learnsAboutManyInTheOrderOfTheRows() {
        List<Profile> learned =
                batch(person("1", "Ada"), person("2", "Bob"), person("1", "Ada Lovelace"));

        assertThat(learned)
                .extracting(ProfileImportTest::firstName)
                .containsExactly("Ada", "Bob", "Ada Lovelace");
        assertThat(learned.getFirst().getName()).isEqualTo(learned.getLast().getName());
        assertThat(firstName(known("1"))).isEqualTo("Ada Lovelace");
        assertThat(people()).isEqualTo(2);
    }

    @Test
    void storesNothingOfABatchWithARowThatIsWrong() {
        var bad = person("2", "Bob").setTimeZone("+05:45");
        assertThat(fieldsOf(() -> batch(person("1", "Ada"), bad)))
                .containsExactly("profiles[1].time_zone");

        var _ = batch(person("1", "Ada"), person("2", "Bob"));
        var both = person("3", "Eve").addIdentities(identity("1")).addIdentities(identity("2"));
        assertThat(fieldsOf(() -> batch(person("4", "Dan"), both)))
                .containsExactly("profiles[1].identities");
        assertThat(people()).isEqualTo(2);
    }

    @Test
    void takesTheRowsThatAreRightAndTellsWhatIsWrongWithTheOthers() {
        List<ImportProfilesResponse> answers =
                imported(
                        rows("crm", person("1", "Ada"), Profile.newBuilder(), person("2", "Bob")),
                        rows(
                                "crm",
                                person("3", "Eve").setLocale("de_AT"),
                                person("1", "Ada Lovelace"),
                                person("2", "Bob").addIdentities(identity("1"))));

        assertThat(answers).hasSize(2);
        assertThat(fields(answers.getFirst())).containsExactly("profiles[1].identities");
        assertThat(answers.getLast().getRowCount()).isEqualTo(6);
        assertThat(answers.getLast().getCreatedCount()).isEqualTo(2);
        assertThat(answers.getLast().getUpdatedCount()).isEqualTo(1);
        assertThat(answers.getLast().getFailedCount()).isEqualTo(3);
        assertThat(fields(answers.getLast()))
                .containsExactly("profiles[3].locale", "profiles[5].identities");
        assertThat(firstName(known("1"))).isEqualTo("Ada Lovelace");
    }

    @Test
    void takesEachRowOfAnImportOnce() {
        var _ = imported(rows("crm", person("1", "Ada"), person("2", "Bob")));
        var _ = batch(person("1", "Ada Lovelace"));

        ImportProfilesResponse resumed =
                imported(rows("crm", person("1", "Ada"), person("2", "Bob"), person("3", "Eve")))
                        .getFirst();
        ImportProfilesResponse another = imported(rows("shop", person("1", "Ada"))).getFirst();

        assertThat(resumed.getSkippedCount()).isEqualTo(2);
        assertThat(resumed.getCreatedCount()).isEqualTo(1);
        assertThat(resumed.getUpdatedCount()).isZero();
        assertThat(another.getSkippedCount()).isZero();
        assertThat(another.getUpdatedCount()).isEqualTo(1);
    }

    @Test
    void keepsToTheNameOfARow() {
        Profile ada = batch(person("1", "Ada")).getFirst();

        ImportProfilesResponse answer =
                imported(
                                rows(
                                        "crm",
                                        person("2", "Ada").setName(ada.getName()),
                                        person("3", "Bob"),
                                        person("3", "Ada").setName(ada.getName()),
                                        person("4", "Eve").setName(ada.getName() + "0"),
                                        person("5", "Dan").setEtag(ada.getEtag())))
                        .getFirst();

        assertThat(fields(answer))
                .containsExactly("profiles[2].identities", "profiles[3].name", "profiles[4].etag");
        assertThat(answer.getUpdatedCount()).isEqualTo(1);
        assertThat(answer.getCreatedCount()).isEqualTo(1);
        assertThat(known("2").getName()).isEqualTo(ada.getName());
    }

    /// No more can be locked at once; see `ProfilesContract`.
    @Test
    void takesRowsOfManyIdentitiesInPartsAndAnswersOnce() {
        var people = new Profile.Builder[800];
        Arrays.setAll(people, ProfileImportTest::ofFour);
        people[700].setLocale("de_AT");

        List<ImportProfilesResponse> answers = imported(rows("crm", people));

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().getRowCount()).isEqualTo(800);
        assertThat(answers.getFirst().getCreatedCount()).isEqualTo(799);
        assertThat(fields(answers.getFirst())).containsExactly("profiles[700].locale");
        ImportProfilesResponse again = imported(rows("crm", people)).getFirst();
        assertThat(again.getSkippedCount()).isEqualTo(800);
        assertThat(again.getFailedCount()).isEqualTo(1);
    }

    /// Whoever did not hear the first answer asks again.
    @Test
    void tellsAgainWhatIsWrongWithRowsThatWereTakenBefore() {
        ImportProfilesRequest rows =
                rows(
                        "crm",
                        person("1", "Ada"),
                        person("2", "Bob").setTimeZone("+05:45"),
                        person("3", "Eve"),
                        person("1", "Ada").addIdentities(identity("3")));
        var _ = imported(rows);
        var _ = batch(person("1", "Ada Lovelace"));

        ImportProfilesResponse again = imported(rows).getFirst();

        assertThat(fields(again))
                .containsExactly("profiles[1].time_zone", "profiles[3].identities");
        assertThat(again.getSkippedCount()).isEqualTo(4);
        assertThat(again.getFailedCount()).isEqualTo(2);
        assertThat(again.getCreatedCount()).isZero();
        assertThat(again.getUpdatedCount()).isZero();
        assertThat(firstName(known("1"))).isEqualTo("Ada Lovelace");
    }

    private static Profile.Builder ofFour(int number) {
        var person = Profile.newBuilder();
        for (String part : List.of("a", "b", "c", "d")) {
            person.addIdentities(identity(number + part));
        }
        return person;
    }

    @Test
    void keepsToOneImportInAStream() {
        var mixed = start(rows("crm", person("1", "Ada")), rows("shop", person("2", "Bob")));

        assertThat(code(mixed)).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(code(start())).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(code(start(rows("no spaces", person("1", "Ada")))))
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(people()).as("what came before stays").isEqualTo(1);
    }

    @Test
    void answersEverythingToACallerWhoReadsLate() {
        var wrong = new Profile.Builder[1_000];
        Arrays.setAll(wrong, _ -> Profile.newBuilder());
        ImportProfilesRequest rows = rows("crm", wrong);

        var reader = new LateReader<ImportProfilesRequest, ImportProfilesResponse>();
        StreamObserver<ImportProfilesRequest> requests =
                world.stub(ProfileServiceGrpc::newStub, Role.OPERATOR).importProfiles(reader);
        for (int i = 0; i < 50; i++) {
            requests.onNext(rows);
        }
        requests.onCompleted();

        assertThat(reader.readAll())
                .extracting(ImportProfilesResponse::getFailedCount)
                .hasSize(50)
                .endsWith(50_000L);
    }

    private List<Profile> batch(Profile.Builder... people) {
        var request = BatchUpsertProfilesRequest.newBuilder().setParent(OWN);
        for (Profile.Builder person : people) {
            request.addProfiles(person);
        }
        return stub().batchUpsertProfiles(request.build()).getProfilesList();
    }

    private static List<String> fieldsOf(Runnable call) {
        var error = refusal(call::run);
        assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        return ErrorDetails.fields(error);
    }

    private List<ImportProfilesResponse> imported(ImportProfilesRequest... messages) {
        return start(messages).join();
    }

    private CompletableFuture<List<ImportProfilesResponse>> start(
            ImportProfilesRequest... messages) {
        var answers = new CollectedAnswers<ImportProfilesResponse>();
        StreamObserver<ImportProfilesRequest> requests =
                world.stub(ProfileServiceGrpc::newStub, Role.OPERATOR).importProfiles(answers);
        List.of(messages).forEach(requests::onNext);
        requests.onCompleted();
        return answers.all().orTimeout(30, TimeUnit.SECONDS);
    }

    private static Code code(CompletableFuture<?> answer) {
        return Status.fromThrowable(catchThrowableOfType(RuntimeException.class, answer::join))
                .getCode();
    }

    private static ImportProfilesRequest rows(String importId, Profile.Builder... people) {
        var rows = ImportProfilesRequest.newBuilder().setParent(OWN).setImportId(importId);
        for (Profile.Builder person : people) {
            rows.addProfiles(person);
        }
        return rows.build();
    }

    private static List<String> fields(ImportProfilesResponse answer) {
        return answer.getViolationsList().stream().map(FieldViolation::getField).toList();
    }

    private static Profile.Builder person(String key, String firstName) {
        return Profile.newBuilder()
                .addIdentities(identity(key))
                .setAttributes(
                        Struct.newBuilder()
                                .putFields(
                                        "firstName",
                                        Value.newBuilder().setStringValue(firstName).build()));
    }

    private static Identity identity(String key) {
        return Identity.newBuilder().setNamespace("crmId").setValue(key).build();
    }

    private static String firstName(Profile profile) {
        return profile.getAttributes().getFieldsOrThrow("firstName").getStringValue();
    }

    private Profile known(String key) {
        return stub().lookUpProfile(
                        LookUpProfileRequest.newBuilder()
                                .setParent(OWN)
                                .setIdentity(identity(key))
                                .build());
    }

    private int people() {
        return stub().listProfiles(ListProfilesRequest.newBuilder().setParent(OWN).build())
                .getProfilesCount();
    }

    private ProfileServiceGrpc.ProfileServiceBlockingStub stub() {
        return world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR);
    }
}
