package io.campanile.grpc.badinput;

import static io.campanile.grpc.call.ErrorDetails.fieldReasons;
import static io.campanile.grpc.call.ErrorDetails.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;

import io.campanile.domain.access.Role;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.ApiServices;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.RawCalls;
import io.campanile.grpc.testing.TestCampaigns;
import io.campanile.grpc.testing.TestKeys;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.GetCampaignRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String GET_CAMPAIGN =
            CampaignServiceGrpc.getGetCampaignMethod().getFullMethodName();
    private static final String STREAM_TRIGGERS =
            TriggerServiceGrpc.getStreamTriggersMethod().getFullMethodName();
    private static final byte[] RECEIPT =
            GetCampaignRequest.newBuilder().setName(TestCampaigns.RECEIPT).build().toByteArray();

    private GrpcWorld world;

    @BeforeAll
    void start() {
        world = new GrpcWorld();
        BadInputStage.prepare(world);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @AfterEach
    void serverIsHealthy() {
        var request = TriggerRequests.valid().build().toByteArray();
        assertThat(
                        RawCalls.call(
                                world.channel,
                                TriggerServiceGrpc.getTriggerCampaignMethod().getFullMethodName(),
                                request,
                                GrpcWorld.as(Role.TRIGGER)))
                .isNotEmpty();
    }

    static List<BadInput> all() {
        return BadInput.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isRefusedWithCodeReasonFieldAndItsReason(BadInput bad) {
        StatusRuntimeException error =
                refused(bad.method(), bad.request(), GrpcWorld.as(bad.role()));

        assertThat(error.getStatus().getCode()).as(error.toString()).isEqualTo(bad.code());
        assertThat(reason(error)).isEqualTo(bad.reason());
        if (bad.field().isEmpty()) {
            assertThat(fieldReasons(error)).isEmpty();
        } else {
            assertThat(fieldReasons(error)).startsWith(bad.violation());
        }
    }

    /// A key without the role is no bad input: `EveryMethodTest` tries that with every method.
    @Test
    void hasACaseForEachMethod() {
        List<String> tried =
                BadInput.written().stream()
                        .filter(bad -> bad.code() != Code.PERMISSION_DENIED)
                        .map(BadInput::method)
                        .toList();

        assertThat(tried)
                .containsAll(
                        ApiServices.methods().map(MethodDescriptor::getFullMethodName).toList());
    }

    /// What one request cannot show stands in other tests: what becomes of one recipient of several
    /// (`DraftTriggerTest`, `TriggerGrpcServiceTest`), of very many mistakes (`LargeErrorsTest`),
    /// or against a schema (`AttributeSchemaTest`).
    @Test
    void hasACaseForEachReasonOfAViolation() {
        assertThat(BadInput.all())
                .filteredOn(bad -> !bad.field().isEmpty())
                .extracting(bad -> bad.violation().replaceFirst(".* ", ""))
                .contains(
                        "SYNTAX",
                        "REQUIRED",
                        "FIELD_UNKNOWN",
                        "FIELD_IMMUTABLE",
                        "OUT_OF_RANGE",
                        "REFERENCE_NOT_FOUND",
                        "ADDRESS_MALFORMED",
                        "CONTEXT_MALFORMED",
                        "CONTEXT_TOO_LARGE",
                        "CONTEXT_FIELD_MISSING",
                        "CONTEXT_FIELD_TYPE",
                        "CONTEXT_RESERVED",
                        "CHARACTER_NOT_ALLOWED",
                        "RULE_INVALID",
                        "CATEGORY_CONFLICT");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Basic abc, API_KEY_MISSING",
        "Bearer nonsense, API_KEY_INVALID",
        "Bearer cmp_, API_KEY_INVALID",
        "EXPIRED, API_KEY_EXPIRED",
        "REVOKED, API_KEY_REVOKED"
    })
    void needsAValidKey(String header, String reason) {
        String value =
                header.startsWith("B")
                        ? header
                        : "Bearer " + TestKeys.secret(header.toLowerCase(java.util.Locale.ROOT));

        StatusRuntimeException error =
                refused(GET_CAMPAIGN, RECEIPT, TestKeys.authorization(value));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(reason(error)).isEqualTo(ErrorReason.valueOf("ERROR_REASON_" + reason));
    }

    @Test
    void needsAKey() {
        StatusRuntimeException error =
                refusal(() ->
                        RawCalls.call(world.channel, GET_CAMPAIGN, RECEIPT, CallOptions.DEFAULT));

        assertThat(reason(error)).isEqualTo(ErrorReason.ERROR_REASON_API_KEY_MISSING);
    }

    @Test
    void showsNothingOfAnotherWorkspace() {
        StatusRuntimeException error =
                refused(
                        GET_CAMPAIGN,
                        RECEIPT,
                        TestKeys.authorization(
                                "Bearer " + TestKeys.secret(GrpcWorld.OTHER, Role.OWNER)));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(reason(error)).isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
    }

    private StatusRuntimeException refused(String method, byte[] request, CallCredentials key) {
        return refusal(() -> call(method, request, key));
    }

    /// A stream of triggers goes on after a bad item, whose answer has the error.
    private void call(String method, byte[] request, CallCredentials key) {
        byte[] answer = RawCalls.call(world.channel, method, request, key);
        if (method.equals(STREAM_TRIGGERS)) {
            throw StatusProto.toStatusRuntimeException(streamed(answer).getError());
        }
    }

    private static StreamTriggersResponse streamed(byte[] answer) {
        try {
            return StreamTriggersResponse.parseFrom(answer);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static ErrorReason reason(StatusRuntimeException error) {
        return ErrorReason.valueOf("ERROR_REASON_" + ErrorDetails.reason(error));
    }
}
