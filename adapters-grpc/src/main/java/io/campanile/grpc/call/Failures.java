package io.campanile.grpc.call;

import io.campanile.application.audience.AudienceTooSlow;
import io.campanile.application.share.LongCallsFull;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.v1.ErrorReason;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.UUID;

/// What exceptions look like to callers, and to whoever reads the log.
public final class Failures {
    private static final OutageLog OUTAGES = new OutageLog(Failures.class);
    private static final Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    /// What an exception of a handler looks like to the caller: surroundings that are broken are
    /// `UNAVAILABLE`, anything else is our fault, logged with an id that the caller gets to see.
    public static StatusRuntimeException of(RuntimeException e) {
        return switch (e) {
            case ApiException api -> api;
            case StoreUnavailable away -> {
                OUTAGES.warn("calls cannot be answered", away);
                yield GrpcErrors.databaseUnavailable(GrpcErrors.RETRY_DELAY);
            }
            case AudienceTooSlow slow ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_AUDIENCE_TOO_SLOW,
                            "the rule of the audience takes longer than a statement may",
                            Map.of("audience", slow.audience().toString()));
            case LongCallsFull _ -> GrpcErrors.longCallsFull();
            default -> internal(e);
        };
    }

    private static StatusRuntimeException internal(Throwable e) {
        String id = UUID.randomUUID().toString();
        // Messages of exceptions may quote what somebody sent; the frames tell the place.
        LOG.log(Level.ERROR, "call failed error=" + id, new Unquoted(e));
        return GrpcErrors.error(
                Code.INTERNAL,
                ErrorReason.ERROR_REASON_INTERNAL,
                "something is broken in the server; its log has the id",
                Map.of("errorId", id));
    }
}
