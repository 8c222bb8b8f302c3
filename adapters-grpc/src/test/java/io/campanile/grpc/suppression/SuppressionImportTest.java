package io.campanile.grpc.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.campanile.application.share.SharedPlaces;
import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.Waiting;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.RecordingStream;
import io.campanile.grpc.call.TestSessions;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.suppression.InMemorySuppressions;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.grpc.Status;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;

/// A file from a caller who does not read reports.
class SuppressionImportTest {
    private final RecordingStream<ImportSuppressionsResponse> call = new RecordingStream<>();
    private final Drain drain = new Drain();
    private final SharedPlaces places = new SharedPlaces(1);

    private void send(int rows) {
        var changes = InMemoryChanges.at(InstantSource.system());
        var started =
                new SuppressionImport(
                        new ImportSuppressions(new InMemorySuppressions(), changes),
                        TestSessions.operator(),
                        drain,
                        places,
                        call);
        started.start();
        started.onNext(
                ImportSuppressionsRequest.newBuilder()
                        .setParent("workspaces/default")
                        .setCsv(ByteString.copyFromUtf8("target\n" + "a@\n".repeat(rows)))
                        .build());
        started.onCompleted();
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
        assertThat(places.take(WorkspaceId.DEFAULT)).isTrue();
    }

    @Test
    void endsAsTheNodeStops() {
        send(2_000);
        Waiting.until(call::waitedFor);

        drain.start();

        Waiting.until(call::ended);
        assertThat(call.answers()).hasSize(1);
        assertThat(Status.fromThrowable(call.error()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(places.take(WorkspaceId.DEFAULT)).isTrue();
    }
}
