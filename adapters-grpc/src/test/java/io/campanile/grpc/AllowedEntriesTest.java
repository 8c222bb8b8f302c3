package io.campanile.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.campanile.domain.access.Role;
import io.campanile.v1.AllowedEntry;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.DeleteAllowedEntryRequest;
import io.campanile.v1.GetAllowedEntryRequest;
import io.campanile.v1.ListAllowedEntriesRequest;
import io.campanile.v1.SuppressionServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The calls about the allowed list.
class AllowedEntriesTest {
    private static final String OWN = "workspaces/default";

    private final GrpcWorld world = new GrpcWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private SuppressionServiceGrpc.SuppressionServiceBlockingStub as(Role role) {
        return SuppressionServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(role));
    }

    @Test
    void keepsWhatItIsGivenInTheFormItComparesInAndMasksIt() {
        AllowedEntry created =
                as(Role.OPERATOR).createAllowedEntry(request("Ada@B\u00fccher.example"));

        assertThat(created.getTarget()).isEqualTo("ada@xn--bcher-kva.example");
        assertThat(created.getNote()).isEqualTo("our own");
        assertThat(as(Role.OPERATOR).getAllowedEntry(get(created))).isEqualTo(created);
        assertThat(as(Role.VIEWER).getAllowedEntry(get(created)))
                .isEqualTo(
                        created.toBuilder()
                                .setTarget("a***@xn--bcher-kva.example")
                                .clearNote()
                                .build());
    }

    @Test
    void hasOneEntryForATarget() {
        AllowedEntry created = as(Role.OPERATOR).createAllowedEntry(request("example.com"));

        StatusRuntimeException refused =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> as(Role.OPERATOR).createAllowedEntry(request("EXAMPLE.com")));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.ALREADY_EXISTS);
        assertThat(refused.getMessage()).contains(created.getName());
    }

    @Test
    void listsAndDeletes() {
        AllowedEntry first = as(Role.OPERATOR).createAllowedEntry(request("example.com"));
        AllowedEntry second = as(Role.OPERATOR).createAllowedEntry(request("example.org"));
        var delete = DeleteAllowedEntryRequest.newBuilder().setName(first.getName());

        var _ = as(Role.OPERATOR).deleteAllowedEntry(delete.setValidateOnly(true).build());
        var _ = as(Role.OPERATOR).getAllowedEntry(get(first));
        var _ = as(Role.OPERATOR).deleteAllowedEntry(delete.setValidateOnly(false).build());

        assertThat(
                        as(Role.OPERATOR)
                                .listAllowedEntries(
                                        ListAllowedEntriesRequest.newBuilder()
                                                .setParent(OWN)
                                                .build())
                                .getAllowedEntriesList())
                .containsExactly(second);
    }

    @Test
    void answersARepetitionWithWhatBecameOfTheEntry() {
        var request = request("example.com").toBuilder().setRequestId("once").build();
        AllowedEntry created = as(Role.OPERATOR).createAllowedEntry(request);

        assertThat(as(Role.OPERATOR).createAllowedEntry(request)).isEqualTo(created);

        var _ =
                as(Role.OPERATOR)
                        .deleteAllowedEntry(
                                DeleteAllowedEntryRequest.newBuilder()
                                        .setName(created.getName())
                                        .build());
        StatusRuntimeException gone =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> as(Role.OPERATOR).createAllowedEntry(request));
        assertThat(gone.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(gone.getMessage()).contains(created.getName());
    }

    private static CreateAllowedEntryRequest request(String target) {
        return CreateAllowedEntryRequest.newBuilder()
                .setParent(OWN)
                .setAllowedEntry(AllowedEntry.newBuilder().setTarget(target).setNote("our own"))
                .build();
    }

    private static GetAllowedEntryRequest get(AllowedEntry entry) {
        return GetAllowedEntryRequest.newBuilder().setName(entry.getName()).build();
    }
}
