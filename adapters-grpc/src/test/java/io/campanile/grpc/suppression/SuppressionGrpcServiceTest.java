package io.campanile.grpc.suppression;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.DeleteSuppressionRequest;
import io.campanile.v1.GetSuppressionRequest;
import io.campanile.v1.ListSuppressionsRequest;
import io.campanile.v1.Suppression;
import io.campanile.v1.SuppressionServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

class SuppressionGrpcServiceTest {
    private static final Timestamp FAR_AHEAD =
            Timestamp.newBuilder().setSeconds(4_000_000_000L).build();

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    private SuppressionServiceGrpc.SuppressionServiceBlockingStub as(Role role) {
        return world.stub(SuppressionServiceGrpc::newBlockingStub, role);
    }

    @Test
    void keepsWhatItIsGivenInTheFormItComparesIn() {
        var asked =
                Suppression.newBuilder()
                        .setTarget("Ada@B\u00fccher.example")
                        .setReason(Suppression.Reason.REASON_COMPLAINT)
                        .setNote("by phone")
                        .setExpireTime(FAR_AHEAD);

        Suppression created = as(Role.OPERATOR).createSuppression(create(asked).build());

        assertThat(created)
                .isEqualTo(
                        asked.clone()
                                .setTarget("ada@xn--bcher-kva.example")
                                .setName(created.getName())
                                .setCreateTime(created.getCreateTime())
                                .build());
        assertThat(as(Role.OPERATOR).getSuppression(get(created))).isEqualTo(created);
    }

    @Test
    void masksThePersonBeforeWhoNeedsNotKnow() {
        Suppression address = created("ada@example.com");
        Suppression domain = created("example.com");

        assertThat(as(Role.VIEWER).getSuppression(get(address)).getTarget())
                .isEqualTo("a***@example.com");
        assertThat(as(Role.VIEWER).getSuppression(get(domain)).getTarget())
                .isEqualTo("example.com");
    }

    @Test
    void refusesATargetThatIsOnTheListAndNamesTheEntry() {
        Suppression first = created("ada@example.com");

        var error = refusal(() -> created("ADA@example.com"));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.ALREADY_EXISTS);
        assertThat(reason(error)).isEqualTo("RESOURCE_EXISTS");
        assertThat(error.getStatus().getDescription()).contains(first.getName());
        assertThat(error.toString()).doesNotContainIgnoringCase("ada@");
    }

    @Test
    void answersARepeatedRequestWithTheSameEntry() {
        var request =
                create(Suppression.newBuilder().setTarget("ada@example.com"))
                        .setRequestId("once")
                        .build();

        Suppression first = as(Role.OPERATOR).createSuppression(request);

        assertThat(as(Role.OPERATOR).createSuppression(request)).isEqualTo(first);
    }

    @Test
    void namesTheEntryThatWasWhenARepeatedRequestComesAfterItsDeletion() {
        var request =
                create(Suppression.newBuilder().setTarget("ada@example.com"))
                        .setRequestId("once")
                        .build();
        Suppression first = as(Role.OPERATOR).createSuppression(request);
        var delete = DeleteSuppressionRequest.newBuilder().setName(first.getName()).build();
        var _ = as(Role.OPERATOR).deleteSuppression(delete);
        Suppression another = created("ada@example.com");

        StatusRuntimeException gone = refusal(() -> as(Role.OPERATOR).createSuppression(request));

        assertThat(gone.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(gone.getMessage()).contains(first.getName());
        assertThat(listed("")).containsExactly(another);
    }

    @Test
    void changesNothingWhenItOnlyValidates() {
        Suppression entry = created("ada@example.com");
        var _ =
                as(Role.OPERATOR)
                        .createSuppression(
                                create(Suppression.newBuilder().setTarget("example.com"))
                                        .setValidateOnly(true)
                                        .build());
        var _ =
                as(Role.OPERATOR)
                        .deleteSuppression(
                                DeleteSuppressionRequest.newBuilder()
                                        .setName(entry.getName())
                                        .setValidateOnly(true)
                                        .build());

        assertThat(listed("")).containsExactly(entry);
    }

    @Test
    void listsAndForgets() {
        Suppression address = created("ada@example.com");
        Suppression domain = created("example.com");
        assertThat(listed("target = \"ada@example.com\"")).containsExactly(address);

        var _ =
                as(Role.OPERATOR)
                        .deleteSuppression(
                                DeleteSuppressionRequest.newBuilder()
                                        .setName(address.getName())
                                        .build());

        assertThat(listed("")).containsExactly(domain);
    }

    private Suppression created(String target) {
        return as(Role.OPERATOR)
                .createSuppression(create(Suppression.newBuilder().setTarget(target)).build());
    }

    private List<Suppression> listed(String filter) {
        return as(Role.OPERATOR)
                .listSuppressions(
                        ListSuppressionsRequest.newBuilder()
                                .setParent(OWN)
                                .setFilter(filter)
                                .build())
                .getSuppressionsList();
    }

    private static CreateSuppressionRequest.Builder create(Suppression.Builder suppression) {
        return CreateSuppressionRequest.newBuilder().setParent(OWN).setSuppression(suppression);
    }

    private static GetSuppressionRequest get(Suppression suppression) {
        return GetSuppressionRequest.newBuilder().setName(suppression.getName()).build();
    }
}
