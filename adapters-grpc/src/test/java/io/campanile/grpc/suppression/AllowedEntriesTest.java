package io.campanile.grpc.suppression;

import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import io.campanile.domain.access.Role;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.LateReader;
import io.campanile.v1.AllowedEntry;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.DeleteAllowedEntryRequest;
import io.campanile.v1.ExportAllowedEntriesRequest;
import io.campanile.v1.GetAllowedEntryRequest;
import io.campanile.v1.ImportAllowedEntriesRequest;
import io.campanile.v1.ImportedAllowedEntry;
import io.campanile.v1.ImportedAllowedEntry.Result;
import io.campanile.v1.ListAllowedEntriesRequest;
import io.campanile.v1.SuppressionServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The calls about the allowed list.
class AllowedEntriesTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();

    private SuppressionServiceGrpc.SuppressionServiceBlockingStub as(Role role) {
        return world.stub(SuppressionServiceGrpc::newBlockingStub, role);
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
                refusal(() -> as(Role.OPERATOR).createAllowedEntry(request("EXAMPLE.com")));

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
        StatusRuntimeException gone = refusal(() -> as(Role.OPERATOR).createAllowedEntry(request));
        assertThat(gone.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(gone.getMessage()).contains(created.getName());
    }

    @Test
    void mayExpireAndGiveWayThen() {
        Timestamp ahead = Timestamp.newBuilder().setSeconds(4_000_000_000L).build();
        CreateAllowedEntryRequest.Builder request = request("example.com").toBuilder();
        request.getAllowedEntryBuilder().setExpireTime(ahead);
        var expired =
                new io.campanile.domain.suppression.AllowedEntry(
                        new AllowedEntryId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        new SuppressionTarget("example.com"),
                        "",
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(1));
        world.fakes.allowedEntries.insertAll(List.of(expired), Instant.EPOCH);

        AllowedEntry created = as(Role.OPERATOR).createAllowedEntry(request.build());

        assertThat(created.getExpireTime()).isEqualTo(ahead);
        assertThat(as(Role.VIEWER).getAllowedEntry(get(created)).getExpireTime()).isEqualTo(ahead);
    }

    @Test
    void importsWhatItExports() {
        var _ = as(Role.OPERATOR).createAllowedEntry(request("here@example.com"));

        assertThat(
                        imported(
                                """
                                target,note,expire_time
                                here@example.com,,
                                Example.org,"our, own",2090-01-31T12:00:00Z
                                nowhere.example.com,,2001-01-01T00:00:00Z
                                not an address,,
                                """))
                .extracting(
                        ImportedAllowedEntry::getLine,
                        ImportedAllowedEntry::getResult,
                        ImportedAllowedEntry::getColumn)
                .containsExactly(
                        tuple(2L, Result.RESULT_KEPT, ""),
                        tuple(3L, Result.RESULT_ADDED, ""),
                        tuple(4L, Result.RESULT_REFUSED, "expire_time"),
                        tuple(5L, Result.RESULT_REFUSED, "target"));
        String file = exported();

        assertThat(file.lines())
                .hasSize(3)
                .first()
                .isEqualTo("target,note,create_time,expire_time");
        assertThat(file).contains("example.org,\"our, own\",", ",2090-01-31T12:00:00Z");
        assertThat(imported(file))
                .extracting(ImportedAllowedEntry::getResult)
                .containsOnly(Result.RESULT_KEPT);
    }

    private String exported() {
        var file = new StringBuilder();
        as(Role.OPERATOR)
                .exportAllowedEntries(
                        ExportAllowedEntriesRequest.newBuilder().setParent(OWN).build())
                .forEachRemaining(piece -> file.append(piece.getCsv().toStringUtf8()));
        return file.toString();
    }

    private List<ImportedAllowedEntry> imported(String file) {
        var calls = world.stub(SuppressionServiceGrpc::newStub, Role.OPERATOR);
        var request =
                ImportAllowedEntriesRequest.newBuilder()
                        .setParent(OWN)
                        .setCsv(ByteString.copyFromUtf8(file));
        return LateReader.answers(calls::importAllowedEntries, request.build()).stream()
                .flatMap(answer -> answer.getAllowedEntriesList().stream())
                .toList();
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
