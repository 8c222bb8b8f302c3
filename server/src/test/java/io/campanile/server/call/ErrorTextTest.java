package io.campanile.server.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    void tellsTheReasonAndWhatBelongsToIt() {
        var info =
                ErrorInfo.newBuilder()
                        .setReason("CAMPAIGN_STOPPED")
                        .putMetadata("state", "STOPPED")
                        .putMetadata("campaign", "workspaces/default/campaigns/sale")
                        .build();

        assertThat(ErrorText.of(error("the campaign is stopped", info)).lines())
                .containsExactly(
                        "FAILED_PRECONDITION: the campaign is stopped",
                        "  reason CAMPAIGN_STOPPED",
                        "  campaign workspaces/default/campaigns/sale",
                        "  state STOPPED");
    }

    @Test
    void tellsWhatIsWrongWithEachFieldAndByWhichReason() {
        var faults =
                BadRequest.newBuilder()
                        .addFieldViolations(
                                BadRequest.FieldViolation.newBuilder()
                                        .setField("recipients[0].context.name")
                                        .setDescription("is missing")
                                        .setReason("REQUIRED"))
                        .addFieldViolations(
                                BadRequest.FieldViolation.newBuilder()
                                        .setField("request_id")
                                        .setDescription("is too long"))
                        .build();

        assertThat(ErrorText.of(error("2 faults", faults)).lines())
                .containsExactly(
                        "FAILED_PRECONDITION: 2 faults",
                        "  field recipients[0].context.name: is missing (REQUIRED)",
                        "  field request_id: is too long");
    }

    @Test
    void tellsWhatStandsInTheWayAndOfWhichKindItIs() {
        var failure =
                PreconditionFailure.newBuilder()
                        .addViolations(
                                PreconditionFailure.Violation.newBuilder()
                                        .setType("CONTENT_EMPTY")
                                        .setSubject("draft.content")
                                        .setDescription("There is no text."))
                        .addViolations(
                                PreconditionFailure.Violation.newBuilder()
                                        .setType("OMITTED")
                                        .setDescription("3 more"))
                        .build();

        assertThat(ErrorText.of(error("not ready", failure)).lines())
                .containsExactly(
                        "FAILED_PRECONDITION: not ready",
                        "  draft.content: There is no text. (CONTENT_EMPTY)",
                        "  3 more (OMITTED)");
    }

    @Test
    void tellsWhenToTryAgain() {
        var retry =
                RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setNanos(500_000_000))
                        .build();

        assertThat(ErrorText.of(error("full", retry)).lines())
                .containsExactly("FAILED_PRECONDITION: full", "  try again in 0.500s");
    }

    @Test
    void namesDetailsThatItDoesNotKnowOrCannotRead() {
        Any broken =
                Any.pack(RetryInfo.getDefaultInstance()).toBuilder()
                        .setValue(ByteString.copyFromUtf8("no message"))
                        .build();
        Status status =
                Status.newBuilder()
                        .setCode(Code.INTERNAL.value())
                        .addDetails(Any.pack(Help.getDefaultInstance()))
                        .addDetails(broken)
                        .build();

        assertThat(ErrorText.of(StatusProto.toStatusRuntimeException(status)).lines())
                .contains(
                        "  detail type.googleapis.com/google.rpc.Help",
                        "  unreadable detail type.googleapis.com/google.rpc.RetryInfo");
    }

    @Test
    void leavesTheFurtherLinesOfTheTransportOut() {
        StatusRuntimeException away =
                Code.UNAVAILABLE
                        .toStatus()
                        .withDescription("io exception\nChannel Pipeline: [SslHandler#0]")
                        .asRuntimeException();

        assertThat(ErrorText.of(away)).isEqualTo("UNAVAILABLE: io exception");
        assertThat(ErrorText.of(Code.CANCELLED.toStatus().asRuntimeException()))
                .isEqualTo("CANCELLED");
    }

    private static StatusRuntimeException error(String text, Message detail) {
        return StatusProto.toStatusRuntimeException(
                Status.newBuilder()
                        .setCode(Code.FAILED_PRECONDITION.value())
                        .setMessage(text)
                        .addDetails(Any.pack(detail))
                        .build());
    }
}
