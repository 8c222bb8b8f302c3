package io.campanile.grpc;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.TriggerResult;
import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.ApiServices;
import io.campanile.grpc.testing.CollectedAnswers;
import io.campanile.grpc.testing.ErrorContractInterceptor;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TestCampaigns;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.grpc.testing.Waiting;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.GetCampaignRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

class WireTest {
    private static final GetCampaignRequest RECEIPT =
            GetCampaignRequest.newBuilder().setName(TestCampaigns.RECEIPT).build();

    private static final List<String> SERVICES =
            ApiServices.all().stream().map(ServiceDescriptor::getName).toList();

    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @ParameterizedTest
    @ValueSource(strings = {"rot13", "identity", "gzip"})
    void refusesACompressionItCannotReadWithDetails(String named) {
        CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
        compressors.register(new Rot13(named));
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", world.server.port())
                        .usePlaintext()
                        .compressorRegistry(compressors)
                        .intercept(new ErrorContractInterceptor())
                        .build();

        StatusRuntimeException error =
                refusal(() ->
                        CampaignServiceGrpc.newBlockingStub(channel)
                                .withCompression(named)
                                .withCallCredentials(GrpcWorld.as(Role.VIEWER))
                                .getCampaign(RECEIPT));
        channel.shutdownNow();

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(reason(error)).isEqualTo("MALFORMED_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "5", "123456789S", "-5S"})
    void refusesATimeoutItCannotReadWithDetails(String timeout) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), timeout);

        StatusRuntimeException error =
                refusal(() ->
                        CampaignServiceGrpc.newBlockingStub(world.channel)
                                .withInterceptors(
                                        MetadataUtils.newAttachHeadersInterceptor(headers))
                                .withCallCredentials(GrpcWorld.as(Role.VIEWER))
                                .getCampaign(RECEIPT));

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
                refusal(() ->
                        world.stub(TriggerServiceGrpc::newBlockingStub, Role.TRIGGER)
                                .triggerCampaign(TriggerRequests.valid().build()));

        assertThat(reason(error)).isEqualTo("INTAKE_FULL");
        Metadata trailers = error.getTrailers();
        assertThat(trailers).isNotNull();
        assertThat(trailers == null ? null : trailers.get(PUSHBACK)).isEqualTo("250");
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        world.fakes.store.faults().beAway(true);

        StatusRuntimeException error =
                refusal(() ->
                        world.stub(TriggerServiceGrpc::newBlockingStub, Role.VIEWER)
                                .listExecutions(
                                        io.campanile.v1.ListExecutionsRequest.newBuilder()
                                                .setParent("workspaces/default")
                                                .build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(reason(error)).isEqualTo("DATABASE_UNAVAILABLE");
    }

    @Test
    void tellsItsHealthAndThatOfEachService() {
        Waiting.until(() -> health("") == ServingStatus.SERVING);

        assertThat(SERVICES)
                .allSatisfy(
                        service -> assertThat(health(service)).isEqualTo(ServingStatus.SERVING));
    }

    private ServingStatus health(String service) {
        return HealthGrpc.newBlockingStub(world.channel)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    @Test
    void listsItsServices() throws Exception {
        var answers = new CollectedAnswers<ServerReflectionResponse>();
        StreamObserver<ServerReflectionRequest> asking =
                ServerReflectionGrpc.newStub(world.channel).serverReflectionInfo(answers);

        asking.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
        asking.onCompleted();

        ServerReflectionResponse answer = answers.all().get(30, TimeUnit.SECONDS).getFirst();
        assertThat(answer.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .containsAll(SERVICES);
    }

    /// A compression no server knows, whatever it says of itself.
    private record Rot13(String named) implements Compressor {
        @Override
        public String getMessageEncoding() {
            return named;
        }

        @Override
        public OutputStream compress(OutputStream out) {
            return out;
        }
    }
}
