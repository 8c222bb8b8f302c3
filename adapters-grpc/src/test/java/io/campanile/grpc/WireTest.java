package io.campanile.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;

import io.campanile.application.trigger.TriggerResult;
import io.campanile.domain.access.Role;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.GetCampaignRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.OutputStream;
import java.time.Duration;

class WireTest {
    private static final GetCampaignRequest RECEIPT =
            GetCampaignRequest.newBuilder().setName("workspaces/default/campaigns/receipt").build();

    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final GrpcWorld world = new GrpcWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void refusesACompressionItCannotReadWithDetails() {
        CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
        compressors.register(new Rot13());
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", world.server.port())
                        .usePlaintext()
                        .compressorRegistry(compressors)
                        .intercept(new ErrorContractInterceptor())
                        .build();

        StatusRuntimeException error =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                CampaignServiceGrpc.newBlockingStub(channel)
                                        .withCompression("rot13")
                                        .withCallCredentials(GrpcWorld.as(Role.VIEWER))
                                        .getCampaign(RECEIPT));
        channel.shutdownNow();

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(reason(error)).isEqualTo("MALFORMED_REQUEST");
    }

    @Test
    void readsCompressedRequests() {
        assertThat(
                        CampaignServiceGrpc.newBlockingStub(world.channel)
                                .withCompression("gzip")
                                .withCallCredentials(GrpcWorld.as(Role.VIEWER))
                                .getCampaign(RECEIPT)
                                .getName())
                .isEqualTo(RECEIPT.getName());
    }

    @Test
    void saysWhenToComeBackWhileTheIntakeIsFull() {
        world.triggers.answer(
                new TriggerResult.Overloaded(
                        TriggerResult.Overload.INTAKE, Duration.ofMillis(250)));

        StatusRuntimeException error =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                TriggerServiceGrpc.newBlockingStub(world.channel)
                                        .withCallCredentials(GrpcWorld.as(Role.TRIGGER))
                                        .triggerCampaign(BadInput.valid().build()));

        assertThat(reason(error)).isEqualTo("INTAKE_FULL");
        Metadata trailers = error.getTrailers();
        assertThat(trailers).isNotNull();
        assertThat(trailers == null ? null : trailers.get(PUSHBACK)).isEqualTo("250");
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        world.store.beAway(true);

        StatusRuntimeException error =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                TriggerServiceGrpc.newBlockingStub(world.channel)
                                        .withCallCredentials(GrpcWorld.as(Role.VIEWER))
                                        .listExecutions(
                                                io.campanile.v1.ListExecutionsRequest.newBuilder()
                                                        .setParent("workspaces/default")
                                                        .build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(reason(error)).isEqualTo("DATABASE_UNAVAILABLE");
    }

    @Test
    void tellsItsHealth() {
        Waiting.until(() ->
                HealthGrpc.newBlockingStub(world.channel)
                                .check(HealthCheckRequest.getDefaultInstance())
                                .getStatus()
                        == ServingStatus.SERVING);
    }

    static String reason(StatusRuntimeException error) {
        com.google.rpc.Status proto = StatusProto.fromThrowable(error);
        if (proto == null) {
            throw new AssertionError("no details", error);
        }
        try {
            return proto.getDetails(0).unpack(ErrorInfo.class).getReason();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /// A compression no server knows.
    private static final class Rot13 implements Compressor {
        @Override
        public String getMessageEncoding() {
            return "rot13";
        }

        @Override
        public OutputStream compress(OutputStream out) {
            return out;
        }
    }
}
