package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.PreconditionFailure;

import io.campanile.v1.ErrorReason;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;

/// What clients take of trailers is 8,192 bytes, counted as HTTP/2 does.
class ErrorSizesTest {
    private static final int MOST_BYTES = 8_192;
    private static final int BYTES_BESIDE = 32;
    private static final String ENDLESS = "\u20ac".repeat(20_000);

    /// A client may count these for its own side too.
    private static final Map<String, String> USUAL =
            Map.of(
                    ":status", "200",
                    "content-type", "application/grpc",
                    "grpc-encoding", "identity",
                    "grpc-accept-encoding", "gzip",
                    "grpc-status", "16");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 10_000})
    void fitsViolationsIntoTheTrailers(int violations) {
        var problem = new FieldProblem(ENDLESS, ViolationReason.VIOLATION_REASON_SYNTAX, ENDLESS);

        StatusRuntimeException error =
                GrpcErrors.badRequest(
                        ErrorReason.ERROR_REASON_ALL_RECIPIENTS_REJECTED,
                        metadata(),
                        Collections.nCopies(violations, problem));

        assertThat(size(error)).isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 10_000})
    void fitsWhatIsInTheWayIntoTheTrailers(int violations) {
        var violation =
                PreconditionFailure.Violation.newBuilder()
                        .setType("TEMPLATE_INVALID")
                        .setSubject(ENDLESS)
                        .setDescription(ENDLESS)
                        .build();

        StatusRuntimeException error =
                GrpcErrors.failedPrecondition(
                        ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_STATE_CONFLICT,
                        ENDLESS,
                        metadata(),
                        Collections.nCopies(violations, violation));

        assertThat(size(error)).isLessThan(MOST_BYTES);
    }

    @Test
    void cutsTextsBetweenCharacters() {
        StatusRuntimeException error = GrpcErrors.notFound("\ud83d\ude00".repeat(100));

        assertThat(error.getStatus().getDescription())
                .isEqualTo("\ud83d\ude00".repeat(63) + "\u2026");
    }

    @Test
    void leavesTextsAloneThatFit() {
        String name = "workspaces/default/campaigns/" + "x".repeat(63);

        assertThat(GrpcErrors.notFound(name).getStatus().getDescription())
                .isEqualTo(name + " does not exist");
    }

    @Test
    void tellsHowManyAreLeftOut() {
        var problem =
                new FieldProblem(
                        "x".repeat(500), ViolationReason.VIOLATION_REASON_SYNTAX, "is wrong");

        var told =
                ErrorSizes.badRequest(Collections.nCopies(100, problem.toProto()), "", 4_000)
                        .getFieldViolationsList();

        assertThat(told).hasSize(8);
        assertThat(told.subList(0, 7)).containsOnly(problem.toProto());
        assertThat(told.getLast().getDescription()).isEqualTo("93 more");
    }

    private static Map<String, String> metadata() {
        return Map.of("campaign", ENDLESS, "channelConfiguration", ENDLESS, "state", ENDLESS);
    }

    private static long size(StatusRuntimeException error) {
        long size = 0;
        for (var usual : USUAL.entrySet()) {
            size += usual.getKey().length() + usual.getValue().length() + BYTES_BESIDE;
        }
        String text = String.valueOf(error.getStatus().getDescription());
        size += "grpc-message".length() + percentEncoded(text) + BYTES_BESIDE;
        size += "grpc-status-details-bin".length() + BYTES_BESIDE;
        return size + base64(GrpcErrors.toProto(error).getSerializedSize());
    }

    private static long percentEncoded(String text) {
        long size = 0;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            size += octet >= ' ' && octet < '~' && octet != '%' ? 1 : 3;
        }
        return size;
    }

    private static long base64(int bytes) {
        return (bytes + 2) / 3 * 4L;
    }
}
