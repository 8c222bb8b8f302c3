package io.campanile.grpc.access;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.AttributeDefinition;
import io.campanile.v1.AttributeSchema;
import io.campanile.v1.GetWorkspaceRequest;
import io.campanile.v1.UpdateWorkspaceRequest;
import io.campanile.v1.Workspace;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// The schema of attributes is replaced as a whole, so that two owners who change it at once need
/// to know of each other.
class WorkspaceEtagTest {

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final AccessServiceGrpc.AccessServiceBlockingStub access =
            AccessServiceGrpc.newBlockingStub(world.channel)
                    .withCallCredentials(GrpcWorld.as(Role.OWNER));

    @Test
    void letsNoOwnerOverwriteWhatAnotherAddedToTheSchema() {
        String seen = get().getEtag();

        Workspace changed = access.updateWorkspace(defining("plan", seen).build());

        assertThat(changed.getEtag()).isNotEqualTo(seen).matches("\"[A-Za-z0-9_-]{20}\"");
        assertThat(get()).isEqualTo(changed);
        UpdateWorkspaceRequest.Builder late = defining("age", seen);
        assertMismatch(late.build(), changed.getEtag());
        assertMismatch(late.setValidateOnly(true).build(), changed.getEtag());
        assertThat(get()).isEqualTo(changed);
    }

    @Test
    void saysInTheAuditTrailWhatBecameOfTheSchema() {
        Workspace changed = access.updateWorkspace(defining("plan", get().getEtag()).build());

        access.updateWorkspace(defining("age", changed.getEtag()).build());

        assertThat(world.fakes.audit.all().getLast().detail())
                .isEqualTo("attribute_schema: added age; removed plan");
    }

    @Test
    void changesAWorkspaceForWhoeverSendsNoEtag() {
        access.updateWorkspace(defining("plan", "").build());

        Workspace changed = access.updateWorkspace(defining("age", "").build());

        assertThat(changed.getAttributeSchema().getAttributesList())
                .extracting(AttributeDefinition::getPath)
                .containsExactly("age");
    }

    private void assertMismatch(UpdateWorkspaceRequest request, String current) {
        StatusRuntimeException error = ErrorDetails.refusal(() -> access.updateWorkspace(request));
        assertThat(ErrorDetails.reason(error)).isEqualTo("ETAG_MISMATCH");
        assertThat(ErrorDetails.info(error).getMetadataMap())
                .isEqualTo(Map.of("resource", OWN, "etag", current));
    }

    private Workspace get() {
        return access.getWorkspace(GetWorkspaceRequest.newBuilder().setName(OWN).build());
    }

    private static UpdateWorkspaceRequest.Builder defining(String attribute, String etag) {
        var definition =
                AttributeDefinition.newBuilder()
                        .setPath(attribute)
                        .setType(AttributeDefinition.Type.TYPE_STRING);
        return UpdateWorkspaceRequest.newBuilder()
                .setWorkspace(
                        Workspace.newBuilder()
                                .setName(OWN)
                                .setEtag(etag)
                                .setAttributeSchema(
                                        AttributeSchema.newBuilder().addAttributes(definition)));
    }
}
