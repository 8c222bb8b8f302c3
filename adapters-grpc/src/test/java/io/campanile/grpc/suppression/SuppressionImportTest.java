package io.campanile.grpc.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.campanile.application.access.Changes;
import io.campanile.application.share.CallPermits;
import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.call.RecordingStream;
import io.campanile.grpc.call.TestSessions;
import io.campanile.grpc.testing.Waiting;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.suppression.InMemorySuppressions;
import io.campanile.testkit.time.Patience;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;

/// A file from a caller who does not read reports, or whose call does not end well.
class SuppressionImportTest {
    private final RecordingStream<ImportSuppressionsResponse> call = new RecordingStream<>();
    private final Drain drain = new Drain();
    private final CallPermits permits = new CallPermits(1);

    private Duration patience = Duration.ofDays(1);

    private ListImport<ImportSuppressionsRequest, ImportSuppressionsResponse> over(
            Changes changes) {
        return new ListImport<>(
                SuppressionImport.of(new ImportSuppressions(new InMemorySuppressions(), changes)),
                TestSessions.operator(),
                drain,
                new ImportLimits(permits, patience),
                call);
    }

    private static ImportSuppressionsRequest piece(String csv) {
        return ImportSuppressionsRequest.newBuilder()
                .setParent("workspaces/default")
                .setCsv(ByteString.copyFromUtf8(csv))
                .build();
    }

    private Thread send(int rows) {
        var started = over(InMemoryChanges.at(InstantSource.system()));
        Thread thread = started.start();
        started.onNext(piece("target\n" + "a@\n".repeat(rows)));
        started.onCompleted();
        return thread;
    }

    /// More is to follow.
    private Thread sendOnePiece() {
        var started = over(InMemoryChanges.at(InstantSource.system()));
        Thread thread = started.start();
        started.onNext(piece("target\na@\n"));
        return thread;
    }

    @Test
    void isReportedOnNoFurtherThanTheCallerReads() {
        send(2_000);

        while (!call.ended()) {
            Waiting.until(() -> call.ended() || call.pushed() || call.waitedFor());
            assertThat(call.pushed()).isFalse();
            call.read();
        }

        assertThat(call.error()).isNull();
        assertThat(call.answers()).hasSize(4);
        assertThat(permits.take(WorkspaceId.DEFAULT)).isTrue();
    }

    private void assertIsLate() {
        assertThat(call.error())
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        error -> assertThat(ErrorDetails.reason(error)).isEqualTo("REQUEST_LATE"));
    }

    @Test
    void endsWhenNothingComesOfItAnyMore() throws InterruptedException {
        patience = Duration.ofMillis(50);

        Thread thread = sendOnePiece();

        assertThat(thread.join(Patience.TIME)).isTrue();
        assertIsLate();
        assertThat(permits.take(WorkspaceId.DEFAULT)).isTrue();
    }

    @Test
    void endsWhenNothingComesOfItAtAll() throws InterruptedException {
        patience = Duration.ofMillis(50);

        Thread thread = over(InMemoryChanges.at(InstantSource.system())).start();

        assertThat(thread.join(Patience.TIME)).isTrue();
        assertThat(Status.fromThrowable(call.error()).getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void endsWhenItsAnswersAreNotRead() throws InterruptedException {
        patience = Duration.ofMillis(50);

        Thread thread = send(2_000);

        assertThat(thread.join(Patience.TIME)).isTrue();
        assertThat(call.answers()).hasSize(1);
        assertIsLate();
        assertThat(permits.take(WorkspaceId.DEFAULT)).isTrue();
    }

    @Test
    void endsAsTheNodeStops() {
        send(2_000);
        Waiting.until(call::waitedFor);

        drain.start();

        Waiting.until(call::ended);
        assertThat(call.answers()).hasSize(1);
        assertThat(Status.fromThrowable(call.error()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(permits.take(WorkspaceId.DEFAULT)).isTrue();
    }

    @Test
    void isForgottenAsTheCallerGoesAway() throws InterruptedException {
        Thread thread = sendOnePiece();
        assertThat(drain.registered()).isEqualTo(1);

        call.cancel();

        assertThat(drain.registered()).isZero();
        assertThat(thread.join(Patience.TIME)).isTrue();
    }

    @Test
    void endsAsTheCallIsClosedByOthersWhileMoreIsToFollow() throws InterruptedException {
        Thread thread = sendOnePiece();

        call.close();

        assertThat(thread.join(Patience.TIME)).isTrue();
        assertThat(call.ended()).isFalse();
        assertThat(drain.registered()).isZero();
    }

    @Test
    void endsAsTheCallIsClosedByOthersWhileTheCallerDoesNotRead() throws InterruptedException {
        Thread thread = send(2_000);
        Waiting.until(call::waitedFor);

        call.close();

        assertThat(thread.join(Patience.TIME)).isTrue();
        assertThat(call.answers()).hasSize(1);
        assertThat(call.ended()).isFalse();
    }

    @Test
    void isAnsweredWhenItsThreadEndsByAnError() {
        var started =
                over(
                        new Changes(
                                new InMemoryTransactions(),
                                new InMemoryRequestLog(),
                                InMemoryKeptKeys.requestDigests(),
                                new InMemoryAuditEntries(),
                                new InMemoryChangeSignal(),
                                InstantSource.system(),
                                () -> {
                                    throw new StackOverflowError("by the test's will");
                                }));
        started.start();
        started.onNext(piece("target\nada@example.com\n"));
        started.onCompleted();

        Waiting.until(call::ended);
        assertThat(Status.fromThrowable(call.error()).getCode()).isEqualTo(Status.Code.INTERNAL);
    }
}
