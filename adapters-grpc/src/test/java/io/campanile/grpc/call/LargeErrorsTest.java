package io.campanile.grpc.call;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.call.ErrorDetails.violations;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest.FieldViolation;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.Recipient;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.UnaryOperator;

/// Errors with much to say, over a channel whose limits nobody raised: 8 kB of trailers.
class LargeErrorsTest {
    private static final int DEEPEST = 32;
    private static final int RECIPIENTS = 100;

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @Test
    void tellsAsMuchAsFitsOfTheLongestViolations() {
        String name = "\u00fc".repeat(80);
        String context =
                ("{\"" + name + "\":").repeat(DEEPEST) + "\"\\u0000\"" + "}".repeat(DEEPEST);

        List<FieldViolation> told = rejected(recipient -> recipient.setContextJson(context));

        assertThat(told).hasSizeBetween(2, 10);
        assertThat(told.getFirst().getField())
                .startsWith("recipients[0].context.\u00fc")
                .endsWith("\u2026");
        isTheRest(told);
    }

    @Test
    void tellsMoreOfShorterOnes() {
        List<FieldViolation> told = rejected(Recipient.Builder::clearIdentity);

        assertThat(told).hasSizeBetween(30, 99);
        assertThat(told.get(7).getField()).isEqualTo("recipients[7].identity");
        isTheRest(told);
    }

    @Test
    void tellsAllWhereAllFit() {
        StatusRuntimeException error =
                refused(
                        TriggerRequests.valid()
                                .setRecipients(0, TriggerRequests.recipient("nobody"))
                                .addRecipients(TriggerRequests.recipient("ada@"))
                                .build());

        assertThat(violations(error))
                .extracting(FieldViolation::getField)
                .containsExactly("recipients[0].identity.value", "recipients[1].identity.value");
    }

    /// The check of the form does not look for all of them.
    @Test
    void saysThatThereMayBeMoreThanAHundred() {
        var request = BatchUpsertProfilesRequest.newBuilder().setParent(GrpcWorld.OWN);
        for (int i = 0; i < 1_000; i++) {
            request.addProfiles(
                    Profile.newBuilder().addIdentities(Identity.newBuilder().setValue("a")));
        }

        var error =
                ErrorDetails.refusal(() ->
                        ProfileServiceGrpc.newBlockingStub(world.channel)
                                .withCallCredentials(GrpcWorld.as(Role.TRIGGER))
                                .batchUpsertProfiles(request.build()));

        assertThat(error.getStatus().getDescription()).isEqualTo("at least 100 fields are wrong");
        List<FieldViolation> told = violations(error);
        assertThat(told).hasSizeBetween(10, 99);
        assertThat(told.getLast().getReason()).isEqualTo("OMITTED");
        assertThat(told.getLast().getDescription())
                .isEqualTo("at least " + (100 - (told.size() - 1)) + " more");
    }

    private static void isTheRest(List<FieldViolation> told) {
        assertThat(told.getLast())
                .isEqualTo(
                        FieldViolation.newBuilder()
                                .setReason("OMITTED")
                                .setDescription(RECIPIENTS - (told.size() - 1) + " more")
                                .build());
    }

    private List<FieldViolation> rejected(UnaryOperator<Recipient.Builder> wrong) {
        TriggerCampaignRequest.Builder request = TriggerRequests.valid().clearRecipients();
        for (int i = 0; i < RECIPIENTS; i++) {
            request.addRecipients(
                    wrong.apply(TriggerRequests.recipient("person-" + i + "@example.com")));
        }
        StatusRuntimeException error = refused(request.build());
        assertThat(reason(error)).isEqualTo("ALL_RECIPIENTS_REJECTED");
        return violations(error);
    }

    private StatusRuntimeException refused(TriggerCampaignRequest request) {
        var error =
                refusal(() ->
                        world.stub(TriggerServiceGrpc::newBlockingStub, Role.TRIGGER)
                                .triggerCampaign(request));
        assertThat(error.getStatus().getCode())
                .as(error.toString())
                .isEqualTo(Code.INVALID_ARGUMENT);
        return error;
    }
}
