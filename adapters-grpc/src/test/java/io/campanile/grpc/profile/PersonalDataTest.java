package io.campanile.grpc.profile;

import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.ProfileCalls.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.Channel;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.EraseProfileRequest;
import io.campanile.v1.ExportProfileRequest;
import io.campanile.v1.ExportProfileResponse;
import io.campanile.v1.ExportProfileResponse.ItemCase;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.ListSuppressionsRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.Suppression;
import io.campanile.v1.SuppressionServiceGrpc;
import io.campanile.v1.UpdateWorkspaceRequest;
import io.campanile.v1.Workspace;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PersonalDataTest {
    private static final String ADDRESS = "ada@example.com";
    private static final String WORK = "ada@work.example";

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles =
            world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR);
    private final SuppressionServiceGrpc.SuppressionServiceBlockingStub suppressions =
            world.stub(SuppressionServiceGrpc::newBlockingStub, Role.OPERATOR);
    private Profile ada = Profile.getDefaultInstance();

    @BeforeEach
    void knowSomebodyWhoSaidNo() {
        ada =
                profiles.upsertProfile(
                        upsert(Profile.newBuilder().addIdentities(identity("email", ADDRESS))));
        for (Consent.State state :
                List.of(Consent.State.STATE_GRANTED, Consent.State.STATE_DENIED)) {
            var _ =
                    profiles.recordConsent(
                            RecordConsentRequest.newBuilder()
                                    .setParent(OWN)
                                    .setSubject(
                                            ConsentSubject.newBuilder().setProfile(ada.getName()))
                                    .setConsent(
                                            Consent.newBuilder()
                                                    .setChannel(Channel.CHANNEL_EMAIL)
                                                    .setPurpose(Consent.Purpose.PURPOSE_MARKETING)
                                                    .setState(state))
                                    .build());
        }
        var _ =
                suppressions.createSuppression(
                        CreateSuppressionRequest.newBuilder()
                                .setParent(OWN)
                                .setSuppression(
                                        Suppression.newBuilder()
                                                .setTarget(ADDRESS)
                                                .setReason(Suppression.Reason.REASON_MANUAL)
                                                .setNote("Ada called"))
                                .build());
    }

    private List<ExportProfileResponse> exported() {
        List<ExportProfileResponse> items = new ArrayList<>();
        profiles.exportProfile(ExportProfileRequest.newBuilder().setName(ada.getName()).build())
                .forEachRemaining(items::add);
        return items;
    }

    private List<Suppression> suppressed() {
        return suppressions
                .listSuppressions(ListSuppressionsRequest.newBuilder().setParent(OWN).build())
                .getSuppressionsList();
    }

    @Test
    void isExportedInFull() {
        List<ExportProfileResponse> items = exported();

        assertThat(items)
                .extracting(ExportProfileResponse::getItemCase)
                .containsExactly(
                        ItemCase.PROFILE,
                        ItemCase.SUPPRESSION,
                        ItemCase.CONSENT_RECORD,
                        ItemCase.CONSENT_RECORD);
        assertThat(items.getFirst().getProfile()).isEqualTo(ada);
        assertThat(items.get(1).getSuppression().getTarget()).isEqualTo(ADDRESS);
    }

    @Test
    void isErasedButForWhatKeepsMailAway() {
        Suppression before = suppressed().getFirst();

        var _ =
                profiles.eraseProfile(
                        EraseProfileRequest.newBuilder().setName(ada.getName()).build());

        assertThat(
                        profiles.listProfiles(
                                        ListProfilesRequest.newBuilder().setParent(OWN).build())
                                .getProfilesList())
                .isEmpty();
        assertThat(suppressed()).hasSize(1);
        Suppression after = suppressed().getFirst();
        assertThat(after.getTarget()).endsWith("@erased.invalid");
        assertThat(after)
                .isEqualTo(before.toBuilder().setTarget(after.getTarget()).clearNote().build());
    }

    @Test
    void isToldAlsoOfWhatHoldsThePersonBackSinceTheyWereErased() {
        var _ =
                profiles.eraseProfile(
                        EraseProfileRequest.newBuilder().setName(ada.getName()).build());
        ada =
                profiles.upsertProfile(
                        upsert(Profile.newBuilder().addIdentities(identity("email", ADDRESS))));
        List<Suppression> kept = suppressed();

        List<ExportProfileResponse> items = exported();

        assertThat(items)
                .filteredOn(ExportProfileResponse::hasSuppression)
                .extracting(ExportProfileResponse::getSuppression)
                .isEqualTo(kept);
        assertThat(items)
                .filteredOn(ExportProfileResponse::hasConsentRecord)
                .extracting(item -> item.getConsentRecord().getAddress().getEmail())
                .filteredOn(address -> address.endsWith("@erased.invalid"))
                .hasSize(2);
        assertThat(
                        suppressions
                                .listSuppressions(
                                        ListSuppressionsRequest.newBuilder()
                                                .setParent(OWN)
                                                .setFilter("target = \"" + ADDRESS + "\"")
                                                .build())
                                .getSuppressionsList())
                .isEqualTo(kept);
    }

    @Test
    void isErasedWithTheAddressThatAnAttributeHolds() {
        var _ =
                world.stub(AccessServiceGrpc::newBlockingStub, Role.OWNER)
                        .updateWorkspace(
                                UpdateWorkspaceRequest.newBuilder()
                                        .setWorkspace(
                                                Workspace.newBuilder()
                                                        .setName(OWN)
                                                        .setAddressField("work"))
                                        .build());
        var _ =
                profiles.upsertProfile(
                        upsert(
                                ada.toBuilder()
                                        .setAttributes(
                                                Struct.newBuilder()
                                                        .putFields(
                                                                "work",
                                                                Value.newBuilder()
                                                                        .setStringValue(WORK)
                                                                        .build()))));
        var _ =
                suppressions.createSuppression(
                        CreateSuppressionRequest.newBuilder()
                                .setParent(OWN)
                                .setSuppression(Suppression.newBuilder().setTarget(WORK))
                                .build());
        assertThat(exported())
                .filteredOn(ExportProfileResponse::hasSuppression)
                .extracting(item -> item.getSuppression().getTarget())
                .containsExactlyInAnyOrder(ADDRESS, WORK);

        var _ =
                profiles.eraseProfile(
                        EraseProfileRequest.newBuilder().setName(ada.getName()).build());

        assertThat(suppressed())
                .extracting(Suppression::getTarget)
                .hasSize(2)
                .allMatch(target -> target.endsWith("@erased.invalid"));
    }

    @Test
    void staysWhenAnErasureIsOnlyValidated() {
        List<ExportProfileResponse> before = exported();

        var _ =
                profiles.eraseProfile(
                        EraseProfileRequest.newBuilder()
                                .setName(ada.getName())
                                .setValidateOnly(true)
                                .build());

        assertThat(exported()).isEqualTo(before);
    }
}
