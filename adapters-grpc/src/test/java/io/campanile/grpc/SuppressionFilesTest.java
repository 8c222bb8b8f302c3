package io.campanile.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;

import io.campanile.domain.access.Role;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.ExportSuppressionsRequest;
import io.campanile.v1.ExportSuppressionsResponse;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.campanile.v1.ImportedSuppression;
import io.campanile.v1.ImportedSuppression.Result;
import io.campanile.v1.ListSuppressionsRequest;
import io.campanile.v1.Suppression;
import io.campanile.v1.SuppressionServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The suppression list as files.
class SuppressionFilesTest {
    private static final String OWN = "workspaces/default";

    private final GrpcWorld world = new GrpcWorld();
    private final List<ImportedSuppression> reports = new ArrayList<>();

    @AfterEach
    void stop() {
        world.close();
    }

    private SuppressionServiceGrpc.SuppressionServiceBlockingStub operator() {
        return SuppressionServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(Role.OPERATOR));
    }

    private SuppressionServiceGrpc.SuppressionServiceStub calls() {
        return SuppressionServiceGrpc.newStub(world.channel)
                .withCallCredentials(GrpcWorld.as(Role.OPERATOR));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void takesAFileInPiecesOfAnySize(int piece) {
        String file =
                """
                \ufeffnote,target,reason,expire_time\r
                "asked, by ""phone"",
                in M\u00e4rz",Ada@B\u00fccher.example,COMPLAINT,\r

                ,example.org,,2090-01-31T13:00:00+01:00\
                """;

        importFile(file, piece);

        assertThat(reports)
                .extracting(ImportedSuppression::getLine, ImportedSuppression::getResult)
                .containsExactly(tuple(2L, Result.RESULT_ADDED), tuple(5L, Result.RESULT_ADDED));
        assertThat(listed())
                .extracting(Suppression::getTarget, Suppression::getNote, Suppression::getReason)
                .containsExactlyInAnyOrder(
                        tuple(
                                "ada@xn--bcher-kva.example",
                                "asked, by \"phone\",\nin M\u00e4rz",
                                Suppression.Reason.REASON_COMPLAINT),
                        tuple("example.org", "", Suppression.Reason.REASON_MANUAL));
        assertThat(listed())
                .extracting(Suppression::getName)
                .containsExactlyInAnyOrderElementsOf(
                        reports.stream().map(ImportedSuppression::getSuppression).toList());
    }

    @Test
    void reportsWhatIsWrongWithARowAndTakesTheOthers() {
        suppress("there@example.com");
        importFile(
                """
                target,reason,note,expire_time
                one@example.com,,,
                not an address,,,
                two@example.com,BORING,,
                three@example.com,,%s,
                four@example.com,,,tomorrow
                five@example.com,,,2001-01-01T00:00:00Z
                six@example.com,,
                There@Example.com,,,
                ONE@example.com,,,
                seven@example.com,HARD_BOUNCE,,
                eight@example.com,,,+12000-01-01T00:00:00Z
                nine@example.com,,,+300000-01-01T00:00:00Z
                ten@example.com,,,9999-12-31T23:59:59Z
                """
                        .formatted("n".repeat(501)),
                1_000);

        assertThat(reports)
                .extracting(report ->
                        report.getLine()
                                + " "
                                + report.getResult().name().substring(7)
                                + " "
                                + report.getColumn())
                .containsExactly(
                        "2 ADDED ",
                        "3 REFUSED target",
                        "4 REFUSED reason",
                        "5 REFUSED note",
                        "6 REFUSED expire_time",
                        "7 REFUSED expire_time",
                        "8 REFUSED ",
                        "9 KEPT ",
                        "10 KEPT ",
                        "11 ADDED ",
                        "12 REFUSED expire_time",
                        "13 REFUSED expire_time",
                        "14 ADDED ");
        assertThat(reports)
                .filteredOn(report -> report.getResult() == Result.RESULT_REFUSED)
                .extracting(ImportedSuppression::getProblem)
                .doesNotContain("");
        assertThat(listed()).hasSize(4);
    }

    @Test
    void changesNothingMoreWhenItIsRepeated() {
        String file =
                "target\n"
                        + IntStream.range(0, 1_200)
                                .mapToObj(number -> "p" + number + "@example.com\n")
                                .collect(Collectors.joining());

        importFile(file, 10_000);
        assertThat(reports).hasSize(1_200).allMatch(r -> r.getResult() == Result.RESULT_ADDED);

        reports.clear();
        importFile(file, 10_000);
        assertThat(reports).hasSize(1_200).allMatch(r -> r.getResult() == Result.RESULT_KEPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "address\nada@example.com\n",
                "target,target\nada@example.com,\n",
                "ada@example.com\n",
                "target\n\"ada@example.com\"x\n"
            })
    void refusesWhatIsNoSuchFile(String file) {
        StatusRuntimeException error = failure(file.getBytes(StandardCharsets.UTF_8));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(error.getMessage()).doesNotContain("ada");
        assertThat(listed()).isEmpty();
    }

    @Test
    void refusesWhatIsNotUtf8AndRowsThatNeverEnd() {
        byte[] latin =
                "target,note\nada@example.com,M\u00e4rz\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] endless = ("target\n\"" + "a".repeat(200_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(failure(latin).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure(endless).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(listed()).isEmpty();
    }

    @Test
    void takesTheRowsBeforeTheOneItCannotReadAndNamesItsLine() {
        byte[] latin =
                "target,note\none@example.com,\"two\nlines\"\ntwo@example.com,M\u00e4rz\n"
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] unquoted =
                "target\nthree@example.com\nfour@example.com\n\"five@example.com\"x\n"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(failure(latin)).hasMessageContaining("the row at line 4 is not UTF-8");
        assertThat(failure(unquoted)).hasMessageContaining("the row after the one at line 3 is");
        assertThat(reports).extracting(ImportedSuppression::getLine).containsExactly(2L, 2L, 3L);
        assertThat(listed())
                .extracting(Suppression::getTarget)
                .containsExactlyInAnyOrder(
                        "one@example.com", "three@example.com", "four@example.com");
    }

    @Test
    void readsQuotedHeadingsAfterAByteOrderMark() {
        importFile("\ufeff\"target\",\"note\"\r\nada@example.com,\r\n", 10_000);

        assertThat(reports)
                .extracting(ImportedSuppression::getResult)
                .containsExactly(Result.RESULT_ADDED);
    }

    @Test
    void takesWhatHoldsBackMoreInPlaceOfWhatIsThere() {
        importFile(
                """
                target,reason,expire_time
                complained@example.com,COMPLAINT,
                expiring@example.com,,2090-01-31T12:00:00Z
                bounced@example.com,HARD_BOUNCE,
                """,
                10_000);
        reports.clear();
        String stronger =
                """
                target
                complained@example.com
                expiring@example.com
                bounced@example.com
                """;

        importFile(stronger, 10_000);
        importFile(stronger, 10_000);

        assertThat(reports)
                .extracting(ImportedSuppression::getResult)
                .containsExactly(
                        Result.RESULT_ADDED,
                        Result.RESULT_ADDED,
                        Result.RESULT_KEPT,
                        Result.RESULT_KEPT,
                        Result.RESULT_KEPT,
                        Result.RESULT_KEPT);
        assertThat(listed())
                .extracting(
                        Suppression::getTarget, Suppression::getReason, Suppression::hasExpireTime)
                .containsExactlyInAnyOrder(
                        tuple("complained@example.com", Suppression.Reason.REASON_MANUAL, false),
                        tuple("expiring@example.com", Suppression.Reason.REASON_MANUAL, false),
                        tuple("bounced@example.com", Suppression.Reason.REASON_HARD_BOUNCE, false));
    }

    @Test
    void takesTheStrongestOfTheRowsForOneTarget() {
        String file =
                """
                target,reason,expire_time
                a@example.com,COMPLAINT,
                b@example.com,MANUAL,
                c@example.com,,2090-01-31T12:00:00Z
                d@example.com,,
                e@example.com,,2090-01-31T12:00:00Z
                a@example.com,MANUAL,
                b@example.com,COMPLAINT,
                C@example.com,,
                d@example.com,,2090-01-31T12:00:00Z
                e@example.com,COMPLAINT,
                a@example.com,MANUAL,
                """;

        importFile(file, 10_000);

        assertThat(reports)
                .extracting(report -> report.getLine() + " " + report.getResult().name())
                .containsExactly(
                        "2 RESULT_ADDED",
                        "3 RESULT_ADDED",
                        "4 RESULT_ADDED",
                        "5 RESULT_ADDED",
                        "6 RESULT_ADDED",
                        "7 RESULT_ADDED",
                        "8 RESULT_KEPT",
                        "9 RESULT_ADDED",
                        "10 RESULT_KEPT",
                        "11 RESULT_ADDED",
                        "12 RESULT_KEPT");
        assertThat(listed())
                .hasSize(5)
                .allMatch(entry -> entry.getReason() == Suppression.Reason.REASON_MANUAL)
                .noneMatch(Suppression::hasExpireTime)
                .extracting(Suppression::getName)
                .containsAll(
                        reports.stream()
                                .map(ImportedSuppression::getSuppression)
                                .filter(name -> !name.isEmpty())
                                .toList());

        reports.clear();
        importFile(file, 10_000);
        assertThat(reports).hasSize(11).allMatch(r -> r.getResult() == Result.RESULT_KEPT);
    }

    @Test
    void reportsEverythingToACallerWhoReadsLate() {
        var request =
                ImportSuppressionsRequest.newBuilder()
                        .setParent(OWN)
                        .setCsv(ByteString.copyFromUtf8("target\n" + "a@\n".repeat(50_000)));

        assertThat(LateReader.answers(calls()::importSuppressions, request.build()))
                .flatExtracting(ImportSuppressionsResponse::getSuppressionsList)
                .hasSize(50_000);
    }

    @Test
    void exportsWhatItImports() {
        for (int number = 0; number < 501; number++) {
            suppress("p" + number + "@example.com");
        }
        String file = exported();
        assertThat(file.lines()).hasSize(502);
        assertThat(file).startsWith("target,reason,note,create_time,expire_time\r\n");

        importFile(file, 10_000);

        assertThat(reports).hasSize(501).allMatch(r -> r.getResult() == Result.RESULT_KEPT);
    }

    @Test
    void exportsAnEmptyListAsHeadings() {
        assertThat(exported()).isEqualTo("target,reason,note,create_time,expire_time\r\n");
    }

    @Test
    void exportsNothingThatHasExpired() {
        suppress("ada@example.com");
        world.suppressions.insert(
                new io.campanile.domain.suppression.Suppression(
                        new SuppressionId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        new SuppressionTarget("eve@example.com"),
                        SuppressionReason.MANUAL,
                        "",
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(1)));

        assertThat(exported()).contains("ada@example.com").doesNotContain("eve@example.com");
        assertThat(listed()).hasSize(2);
    }

    private String exported() {
        var file = new StringBuilder();
        operator()
                .exportSuppressions(ExportSuppressionsRequest.newBuilder().setParent(OWN).build())
                .forEachRemaining(piece -> file.append(text(piece)));
        return file.toString();
    }

    private static String text(ExportSuppressionsResponse piece) {
        return piece.getCsv().toStringUtf8();
    }

    private List<Suppression> listed() {
        return operator()
                .listSuppressions(
                        ListSuppressionsRequest.newBuilder()
                                .setParent(OWN)
                                .setPageSize(500)
                                .build())
                .getSuppressionsList();
    }

    private void suppress(String target) {
        var _ =
                operator()
                        .createSuppression(
                                CreateSuppressionRequest.newBuilder()
                                        .setParent(OWN)
                                        .setSuppression(Suppression.newBuilder().setTarget(target))
                                        .build());
    }

    private StatusRuntimeException failure(byte[] file) {
        var thrown =
                catchThrowableOfType(CompletionException.class, () -> importFile(file, 50_000));
        if (thrown.getCause() instanceof StatusRuntimeException refused) {
            return refused;
        }
        throw new AssertionError(thrown);
    }

    private void importFile(String file, int piece) {
        importFile(file.getBytes(StandardCharsets.UTF_8), piece);
    }

    private void importFile(byte[] file, int piece) {
        var done = new CompletableFuture<Boolean>();
        var call = calls().importSuppressions(new Reports(reports, done));
        for (int sent = 0; sent == 0 || sent < file.length; sent += piece) {
            int length = Math.min(piece, file.length - sent);
            call.onNext(
                    ImportSuppressionsRequest.newBuilder()
                            .setParent(OWN)
                            .setCsv(ByteString.copyFrom(file, sent, length))
                            .build());
        }
        call.onCompleted();
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private record Reports(List<ImportedSuppression> reports, CompletableFuture<Boolean> done)
            implements StreamObserver<ImportSuppressionsResponse> {
        @Override
        public void onNext(ImportSuppressionsResponse answer) {
            reports.addAll(answer.getSuppressionsList());
        }

        @Override
        public void onError(Throwable error) {
            done.completeExceptionally(error);
        }

        @Override
        public void onCompleted() {
            done.complete(true);
        }
    }
}
