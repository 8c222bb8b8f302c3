package io.campanile.application.trigger.port;

import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.trigger.RecipientResult;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/// What was answered to the first call with a request id.
///
/// @param digest of that call's request
public record StoredExecution(
        ExecutionId id, byte[] digest, Instant createTime, List<RecipientResult> results) {
    /// Whether it is of the request with this digest, and not of another one with the same id.
    public boolean isOf(byte[] request) {
        return MessageDigest.isEqual(digest, request);
    }

    @Override
    public String toString() {
        return "StoredExecution[" + id + "]";
    }
}
