package io.campanile.bench;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.v1.Identity;
import io.campanile.v1.ImportProfilesRequest;
import io.campanile.v1.ImportProfilesResponse;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// People through the API, over several streams at once.
final class ImportRun {
    private static final int ROWS = 500;

    private final String server;
    private final String key;
    private final int streams;

    ImportRun(String server, String key, int streams) {
        this.server = server;
        this.key = key;
        this.streams = streams;
    }

    /// Sends the people of these numbers, evenly over the streams; returns how many the server made
    /// known.
    long send(int begin, int end) {
        int people = end - begin;
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + key);
        ManagedChannel channel = NettyChannelBuilder.forTarget(server).usePlaintext().build();
        try {
            ProfileServiceGrpc.ProfileServiceStub stub =
                    ProfileServiceGrpc.newStub(channel)
                            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
            List<Stream> running = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                int first = begin + (int) ((long) people * i / streams);
                int last = begin + (int) ((long) people * (i + 1) / streams);
                var stream = new Stream("people-" + first, first, last);
                var _ = stub.importProfiles(stream);
                running.add(stream);
            }
            return running.stream().mapToLong(stream -> stream.created.join()).sum();
        } finally {
            channel.shutdownNow();
        }
    }

    /// Sends as long as the transport takes more, and no faster.
    private static final class Stream
            implements ClientResponseObserver<ImportProfilesRequest, ImportProfilesResponse> {
        private final CompletableFuture<Long> created = new CompletableFuture<>();
        private final String importId;
        private final int end;
        private int next;
        private long latest;

        Stream(String importId, int first, int end) {
            this.importId = importId;
            this.next = first;
            this.end = end;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<ImportProfilesRequest> requests) {
            requests.setOnReadyHandler(() -> sendMore(requests));
        }

        private void sendMore(ClientCallStreamObserver<ImportProfilesRequest> requests) {
            while (requests.isReady() && next < end) {
                int last = Math.min(end, next + ROWS);
                var message =
                        ImportProfilesRequest.newBuilder()
                                .setParent("workspaces/default")
                                .setImportId(importId);
                for (; next < last; next++) {
                    message.addProfiles(person(next));
                }
                requests.onNext(message.build());
                if (next == end) {
                    requests.onCompleted();
                }
            }
        }

        @Override
        public void onNext(ImportProfilesResponse answer) {
            latest = answer.getCreatedCount();
        }

        @Override
        public void onError(Throwable thrown) {
            created.completeExceptionally(thrown);
        }

        @Override
        public void onCompleted() {
            created.complete(latest);
        }
    }

    private static Profile person(int number) {
        return Profile.newBuilder()
                .addIdentities(
                        Identity.newBuilder()
                                .setNamespace("crmId")
                                .setValue(ImportRows.key(number)))
                .addEmailAddresses(ImportRows.address(number))
                .setAttributes(
                        Struct.newBuilder()
                                .putFields("firstName", text(ImportRows.firstName(number)))
                                .putFields("city", text("Graz"))
                                .putFields(
                                        "orders",
                                        Value.newBuilder().setNumberValue(number % 50).build()))
                .setLocale("de-AT")
                .setTimeZone("Europe/Vienna")
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
