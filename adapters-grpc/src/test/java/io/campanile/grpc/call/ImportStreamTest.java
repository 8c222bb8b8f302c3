package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.v1.Identity;
import io.campanile.v1.ImportProfilesRequest;
import io.campanile.v1.ImportProfilesResponse;
import io.campanile.v1.Profile;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Rows from a caller who does not read answers.
class ImportStreamTest {
    private static final ImportProfilesRequest ROWS =
            ImportProfilesRequest.newBuilder()
                    .setParent("workspaces/default")
                    .setImportId("crm")
                    .addProfiles(
                            Profile.newBuilder()
                                    .addIdentities(
                                            Identity.newBuilder()
                                                    .setNamespace("crmId")
                                                    .setValue("42")))
                    .build();

    private final RecordingStream<ImportProfilesResponse> call = new RecordingStream<>();

    private Import started(boolean answersEach) {
        Context previous = Callers.with(TestSessions.operator()).attach();
        try {
            var stream = new Import(call, answersEach);
            stream.start();
            return stream;
        } finally {
            Context.current().detach(previous);
        }
    }

    @Test
    void areAskedForOnceTheAnswerBeforeIsRead() {
        Import stream = started(true);
        assertThat(call.requested()).isEqualTo(1);

        stream.onNext(ROWS);
        assertThat(call.answers()).hasSize(1);
        assertThat(call.requested()).isEqualTo(1);

        call.read();
        assertThat(call.requested()).isEqualTo(2);

        stream.onNext(ROWS);
        stream.onCompleted();
        call.read();
        assertThat(call.answers()).hasSize(2);
        assertThat(call.requested()).as("nothing follows").isEqualTo(2);
        assertThat(call.ended()).isTrue();
        assertThat(call.error()).isNull();
    }

    @Test
    void areAskedForOneByOneHoweverOftenTheCallerReads() {
        started(true);

        call.read();
        call.read();

        assertThat(call.requested()).isEqualTo(1);
    }

    @Test
    void areAskedForAtOnceWhileNothingIsAnswered() {
        Import stream = started(false);

        stream.onNext(ROWS);
        stream.onNext(ROWS);

        assertThat(call.requested()).isEqualTo(3);
    }

    private static final class Import
            extends ImportStream<ImportProfilesRequest, ImportProfilesResponse> {
        private final boolean answersEach;

        Import(ServerCallStreamObserver<ImportProfilesResponse> call, boolean answersEach) {
            super(
                    new RequestSyntax(List.of(ImportProfilesRequest.getDescriptor())),
                    new Drain(),
                    call);
            this.answersEach = answersEach;
        }

        @Override
        protected String target(ImportProfilesRequest request) {
            return request.getParent();
        }

        @Override
        protected String targetField() {
            return "parent";
        }

        @Override
        protected void take(ImportProfilesRequest request) {
            if (answersEach) {
                answer(ImportProfilesResponse.getDefaultInstance());
            }
        }

        @Override
        protected void finish() {}
    }
}
