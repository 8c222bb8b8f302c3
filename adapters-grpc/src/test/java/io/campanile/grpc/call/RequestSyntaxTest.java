package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.FieldMask;

import io.campanile.grpc.testing.ApiServices;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.PauseCampaignRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.UpsertProfileRequest;
import io.campanile.v1.ViolationReason;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

class RequestSyntaxTest {
    /// So many empty items are one MiB.
    private static final int MIB_OF_ITEMS = 512 << 10;

    private static final RequestSyntax SYNTAX =
            new RequestSyntax(
                    List.of(
                            UpsertProfileRequest.getDescriptor(),
                            BatchUpsertProfilesRequest.getDescriptor(),
                            PauseCampaignRequest.getDescriptor(),
                            TriggerCampaignRequest.getDescriptor()));

    private static Profile.Builder withEmptyIdentities(int number) {
        return Profile.newBuilder()
                .addAllIdentities(Collections.nCopies(number, Identity.getDefaultInstance()));
    }

    @Test
    void compilesTheRulesOfEveryMessageOfTheServices() {
        List<Descriptor> messages =
                ApiServices.methods()
                        .map(method ->
                                ApiServices.prototype(method).getDescriptorForType().getFile())
                        .distinct()
                        .flatMap(file -> file.getMessageTypes().stream())
                        .toList();

        assertThatCode(() -> new RequestSyntax(messages)).doesNotThrowAnyException();
        assertThat(messages).hasSizeGreaterThan(100);
    }

    @Test
    void saysOfAListThatIsTooLongNothingElse() {
        var request =
                UpsertProfileRequest.newBuilder()
                        .setProfile(withEmptyIdentities(MIB_OF_ITEMS))
                        .build();

        FieldProblem tooMany =
                new FieldProblem(
                        "profile.identities",
                        ViolationReason.VIOLATION_REASON_SYNTAX,
                        "has more than 20 items");
        assertThat(SYNTAX.check(request)).containsExactly(tooMany);
        assertThat(SYNTAX.checkRules(request)).containsExactly(tooMany);
    }

    @Test
    void saysOfWhatIsMissingThatItIsRequired() {
        assertThat(SYNTAX.check(PauseCampaignRequest.getDefaultInstance()))
                .containsExactly(required("name", "is required"), required("mode", "is required"));
    }

    private static FieldProblem required(String field, String text) {
        return new FieldProblem(field, ViolationReason.VIOLATION_REASON_REQUIRED, text);
    }

    @Test
    void saysWhatAWrongTextShouldBeWithoutARegularExpression() {
        var request =
                UpsertProfileRequest.newBuilder()
                        .setParent("shop")
                        .setProfile(
                                Profile.newBuilder()
                                        .addIdentities(
                                                Identity.newBuilder()
                                                        .setNamespace("e mail")
                                                        .setValue("a\nb"))
                                        .addPhoneNumbers("0660 1234567")
                                        .setLocale("de_AT"))
                        .build();

        assertThat(SYNTAX.check(request))
                .extracting(FieldProblem::field, FieldProblem::description)
                .containsExactlyInAnyOrder(
                        tuple(
                                "parent",
                                "must be workspaces/{id}, an id 1 to 63 of a-z, 0-9 and -, a letter"
                                        + " first"),
                        tuple(
                                "profile.identities[0].namespace",
                                "must be 1 to 63 of A-Z, a-z, 0-9, _ and -, and begin with a"
                                        + " letter"),
                        tuple(
                                "profile.identities[0].value",
                                "has a control character, such as a line break"),
                        tuple(
                                "profile.phone_numbers[0]",
                                "must be a number with + and the code of the country, such as +43"
                                        + " 660 1234567"),
                        tuple("profile.locale", "must be a language tag such as de-AT"));
    }

    @Test
    void letsNoMaskNameMoreThanAHundredFields() {
        var mask = FieldMask.newBuilder().addAllPaths(Collections.nCopies(100, ""));
        var request =
                UpsertProfileRequest.newBuilder()
                        .setParent("workspaces/default")
                        .setProfile(
                                Profile.newBuilder()
                                        .addIdentities(
                                                Identity.newBuilder()
                                                        .setNamespace("crmId")
                                                        .setValue("17")));

        assertThat(SYNTAX.check(request.setUpdateMask(mask).build())).isEmpty();
        assertThat(SYNTAX.check(request.setUpdateMask(mask.addPaths("")).build()))
                .containsExactly(
                        new FieldProblem(
                                "update_mask.paths",
                                ViolationReason.VIOLATION_REASON_SYNTAX,
                                "has more than 100 items"));
    }

    @Test
    void looksAtListsInListsAndAtMaps() {
        var trigger = TriggerCampaignRequest.newBuilder();
        for (int i = 0; i < 51; i++) {
            trigger.putMetadata("key-" + i, "");
        }
        var batch =
                BatchUpsertProfilesRequest.newBuilder()
                        .addProfiles(withEmptyIdentities(1))
                        .addProfiles(withEmptyIdentities(21));

        assertThat(SYNTAX.check(trigger.build()))
                .extracting(FieldProblem::field)
                .containsExactly("metadata");
        assertThat(SYNTAX.check(batch.build()))
                .extracting(FieldProblem::field)
                .containsExactly("profiles[1].identities");
    }

    @Test
    void stopsAtAHundredFields() {
        var request = BatchUpsertProfilesRequest.newBuilder();
        for (int i = 0; i < 1_000; i++) {
            request.addProfiles(withEmptyIdentities(20));
        }

        assertThat(SYNTAX.check(request.build()))
                .hasSize(100)
                .extracting(FieldProblem::field)
                .doesNotHaveDuplicates();
    }
}
