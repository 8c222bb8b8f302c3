package io.campanile.grpc.call;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.RawCalls;
import io.campanile.grpc.testing.TestCampaigns;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.GetCampaignRequest;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderSizesTest {
    private static final byte[] RECEIPT =
            GetCampaignRequest.newBuilder().setName(TestCampaigns.RECEIPT).build().toByteArray();
    private static final Metadata.Key<String> LARGE =
            Metadata.Key.of("x-large", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<byte[]> MANY =
            Metadata.Key.of("x-many-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private GrpcWorld world;

    @BeforeAll
    void start() {
        world = new GrpcWorld();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"17000", "20000", "100000"})
    void refusesLargeHeadersWithDetails(int bytes) {
        isRefused(largeBy(bytes), CampaignServiceGrpc.getGetCampaignMethod().getFullMethodName());
    }

    @Test
    void refusesManyHeadersWithDetails() {
        Metadata headers = new Metadata();
        for (int i = 0; i < 500; i++) {
            headers.put(MANY, new byte[] {1});
        }

        isRefused(with(headers), CampaignServiceGrpc.getGetCampaignMethod().getFullMethodName());
    }

    @Test
    void refusesThemWhateverIsCalled() {
        Channel large = largeBy(20_000);

        isRefused(large, TriggerServiceGrpc.getStreamTriggersMethod().getFullMethodName());
        isRefused(large, HealthGrpc.getCheckMethod().getFullMethodName());
        isRefused(large, "campanile.v1.NoService/NoMethod");
        isRefused(world.channel, "campanile.v1.NoService/" + "x".repeat(20_000));
    }

    @Test
    void takesThemUpToTheLimit() {
        assertThat(
                        RawCalls.call(
                                largeBy(15_000),
                                CampaignServiceGrpc.getGetCampaignMethod().getFullMethodName(),
                                RECEIPT,
                                GrpcWorld.as(Role.VIEWER)))
                .isNotEmpty();
    }

    private Channel largeBy(int bytes) {
        Metadata headers = new Metadata();
        headers.put(LARGE, "x".repeat(bytes));
        return with(headers);
    }

    private Channel with(Metadata headers) {
        return ClientInterceptors.intercept(
                world.channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static void isRefused(Channel channel, String method) {
        StatusRuntimeException error =
                refusal(() -> RawCalls.call(channel, method, RECEIPT, CallOptions.DEFAULT));

        assertThat(error.getStatus().getCode())
                .as(error.toString())
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(reason(error)).isEqualTo("HEADERS_TOO_LARGE");
    }
}
