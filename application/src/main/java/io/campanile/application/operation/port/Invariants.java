package io.campanile.application.operation.port;

import java.util.List;

/// Checks what must always be true of the database. Thread-safe.
public interface Invariants {
    /// One broken promise.
    ///
    /// @param invariant its short name, such as `queue-row-for-every-open-message`
    /// @param id of the message, execution or campaign concerned
    record Finding(String invariant, String id, String detail) {}

    /// At most `limit` findings for each invariant; empty when all is well.
    List<Finding> check(int limit);
}
