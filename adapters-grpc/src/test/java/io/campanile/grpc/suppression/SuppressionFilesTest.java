package io.campanile.grpc.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;

import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.LateReader;
import io.campanile.grpc.testing.Waiting;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.campanile.v1.ImportedSuppression;
import io.campanile.v1.ImportedSuppression.Result;
import io.campanile.v1.Suppression;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The suppression list from files.
class SuppressionFilesTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final SuppressionFiles files = new SuppressionFiles(world);

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

        files.importFile(file, piece);

        assertThat(files.reports)
                .extracting(ImportedSuppression::getLine, ImportedSuppression::getResult)
                .containsExactly(tuple(2L, Result.RESULT_ADDED), tuple(5L, Result.RESULT_ADDED));
        assertThat(files.listed())
                .extracting(Suppression::getTarget, Suppression::getNote, Suppression::getReason)
                .containsExactlyInAnyOrder(
                        tuple(
                                "ada@xn--bcher-kva.example",
                                "asked, by \"phone\",\nin M\u00e4rz",
                                Suppression.Reason.REASON_COMPLAINT),
                        tuple("example.org", "", Suppression.Reason.REASON_MANUAL));
        assertThat(files.listed())
                .extracting(Suppression::getName)
                .containsExactlyInAnyOrderElementsOf(
                        files.reports.stream().map(ImportedSuppression::getSuppression).toList());
    }

    @Test
    void reportsWhatIsWrongWithARowAndTakesTheOthers() {
        files.suppress("there@example.com");
        files.importFile(
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

        assertThat(files.reports)
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
        assertThat(files.reports)
                .filteredOn(report -> report.getResult() == Result.RESULT_REFUSED)
                .extracting(ImportedSuppression::getProblem)
                .doesNotContain("");
        assertThat(files.listed()).hasSize(4);
    }

    @Test
    void changesNothingMoreWhenItIsRepeated() {
        String file =
                "target\n"
                        + IntStream.range(0, 1_200)
                                .mapToObj(number -> "p" + number + "@example.com\n")
                                .collect(Collectors.joining());

        files.importFile(file, 10_000);
        assertThat(files.reports)
                .hasSize(1_200)
                .allMatch(r -> r.getResult() == Result.RESULT_ADDED);

        files.reports.clear();
        files.importFile(file, 10_000);
        assertThat(files.reports).hasSize(1_200).allMatch(r -> r.getResult() == Result.RESULT_KEPT);
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
        StatusRuntimeException error = files.failure(file.getBytes(StandardCharsets.UTF_8));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(error.getMessage()).doesNotContain("ada");
        assertThat(files.listed()).isEmpty();
    }

    @Test
    void refusesWhatIsNotUtf8AndRowsThatNeverEnd() {
        byte[] latin =
                "target,note\nada@example.com,M\u00e4rz\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] endless = ("target\n\"" + "a".repeat(200_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(files.failure(latin).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(files.failure(endless).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(files.listed()).isEmpty();
    }

    /// What stands behind it would be taken for a field of that row.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"call him\nthree@example.com,x\n",
                "M,\"\"\"a\"\"\nthree@example.com\n",
                "\"",
                "\"done\"\"",
            })
    void refusesAQuoteThatIsNotClosed(String note) {
        String csv = "target,note\none@example.com,5\" tv\ntwo@example.com," + note;

        assertThat(files.failure(csv.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("a quote in the row at line 3 is not closed");
        assertThat(files.listed())
                .extracting(Suppression::getTarget)
                .containsExactly("one@example.com");
    }

    @Test
    void takesTheRowsBeforeTheOneItCannotReadAndNamesItsLine() {
        byte[] latin =
                "target,note\none@example.com,\"two\nlines\"\ntwo@example.com,M\u00e4rz\n"
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] unquoted =
                "target\nthree@example.com\nfour@example.com\n\"five@example.com\"x\n"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(files.failure(latin)).hasMessageContaining("the row at line 4 is not UTF-8");
        assertThat(files.failure(unquoted))
                .hasMessageContaining("the row after the one at line 3 is");
        assertThat(files.reports)
                .extracting(ImportedSuppression::getLine)
                .containsExactly(2L, 2L, 3L);
        assertThat(files.listed())
                .extracting(Suppression::getTarget)
                .containsExactlyInAnyOrder(
                        "one@example.com", "three@example.com", "four@example.com");
    }

    @Test
    void readsQuotedHeadingsAfterAByteOrderMark() {
        files.importFile("\ufeff\"target\",\"note\"\r\nada@example.com,\r\n", 10_000);

        assertThat(files.reports)
                .extracting(ImportedSuppression::getResult)
                .containsExactly(Result.RESULT_ADDED);
    }

    @Test
    void takesWhatHoldsBackMoreInPlaceOfWhatIsThere() {
        files.importFile(
                """
                target,reason,expire_time
                complained@example.com,COMPLAINT,
                expiring@example.com,,2090-01-31T12:00:00Z
                bounced@example.com,HARD_BOUNCE,
                """,
                10_000);
        files.reports.clear();
        String stronger =
                """
                target
                complained@example.com
                expiring@example.com
                bounced@example.com
                """;

        files.importFile(stronger, 10_000);
        files.importFile(stronger, 10_000);

        assertThat(files.reports)
                .extracting(ImportedSuppression::getResult)
                .containsExactly(
                        Result.RESULT_ADDED,
                        Result.RESULT_ADDED,
                        Result.RESULT_KEPT,
                        Result.RESULT_KEPT,
                        Result.RESULT_KEPT,
                        Result.RESULT_KEPT);
        assertThat(files.listed())
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

        files.importFile(file, 10_000);

        assertThat(files.reports)
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
        assertThat(files.listed())
                .hasSize(5)
                .allMatch(entry -> entry.getReason() == Suppression.Reason.REASON_MANUAL)
                .noneMatch(Suppression::hasExpireTime)
                .extracting(Suppression::getName)
                .containsAll(
                        files.reports.stream()
                                .map(ImportedSuppression::getSuppression)
                                .filter(name -> !name.isEmpty())
                                .toList());

        files.reports.clear();
        files.importFile(file, 10_000);
        assertThat(files.reports).hasSize(11).allMatch(r -> r.getResult() == Result.RESULT_KEPT);
    }

    @Test
    void takesAFileWhileManyImportsHaveSentNothing() {
        List<StreamObserver<ImportSuppressionsRequest>> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(files.calls().importSuppressions(new First()));
        }

        files.importFile("target\nada@example.com\n", 10_000);

        assertThat(files.reports).hasSize(1);
        silent.forEach(StreamObserver::onCompleted);
    }

    /// The permits are given back whether the caller, the gate or the file ends an import.
    @Test
    void takesEightFilesOfAWorkspaceAtOnceAndMoreWhenThoseHaveEnded() {
        var request =
                ImportSuppressionsRequest.newBuilder()
                        .setParent(GrpcWorld.OWN)
                        .setCsv(ByteString.copyFromUtf8("target\n" + "a@\n".repeat(600)));
        for (int end = 0; end < 3; end++) {
            List<StreamObserver<ImportSuppressionsRequest>> begun = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                // What ended last may not have given its permit back yet.
                Waiting.until(() -> {
                    var first = new First();
                    var pieces = files.calls().importSuppressions(first);
                    pieces.onNext(request.build());
                    boolean goesOn = first.isAnswered();
                    if (goesOn) {
                        begun.add(pieces);
                    }
                    return goesOn;
                });
            }

            StatusRuntimeException refused =
                    files.failure("target\n".getBytes(StandardCharsets.UTF_8));

            assertThat(refused.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
            assertThat(ErrorDetails.reason(refused)).isEqualTo("LONG_CALLS_FULL");
            for (var pieces : begun) {
                switch (end) {
                    case 0 -> pieces.onCompleted();
                    case 1 -> pieces.onError(new IllegalStateException("given up"));
                    default ->
                            pieces.onNext(
                                    ImportSuppressionsRequest.newBuilder()
                                            .setParent("workspaces/other")
                                            .build());
                }
            }
        }
        Waiting.until(() -> {
            var first = new First();
            var pieces = files.calls().importSuppressions(first);
            pieces.onNext(request.build());
            pieces.onCompleted();
            return first.isAnswered();
        });
    }

    private static final class First implements StreamObserver<ImportSuppressionsResponse> {
        private final CompletableFuture<Boolean> answered = new CompletableFuture<>();

        boolean isAnswered() {
            return answered.orTimeout(20, TimeUnit.SECONDS).join();
        }

        @Override
        public void onNext(ImportSuppressionsResponse answer) {
            answered.complete(true);
        }

        @Override
        public void onError(Throwable error) {
            answered.complete(false);
        }

        @Override
        public void onCompleted() {
            answered.complete(false);
        }
    }

    @Test
    void reportsEverythingToACallerWhoReadsLate() {
        var request =
                ImportSuppressionsRequest.newBuilder()
                        .setParent(GrpcWorld.OWN)
                        .setCsv(ByteString.copyFromUtf8("target\n" + "a@\n".repeat(50_000)));

        assertThat(LateReader.answers(files.calls()::importSuppressions, request.build()))
                .flatExtracting(ImportSuppressionsResponse::getSuppressionsList)
                .hasSize(50_000);
    }
}
