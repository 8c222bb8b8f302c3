package io.campanile.grpc.call;

import io.campanile.application.access.Caller;
import io.grpc.Metadata;

import org.jspecify.annotations.Nullable;

/// The key of a call that may outlive it: streams ask again, so that a revoked key ends them.
public final class CallerSession {
    private final Caller caller;
    private final Metadata headers;
    private final KeyCheck keys;

    CallerSession(Caller caller, Metadata headers, KeyCheck keys) {
        this.caller = caller;
        this.headers = headers;
        this.keys = keys;
    }

    /// The key the call began with.
    public Caller caller() {
        return caller;
    }

    /// The key as it is now, when that is known without asking anybody; never blocks.
    public @Nullable Caller known() {
        return keys.known(headers);
    }

    /// The key as it is now; may block.
    ///
    /// @throws io.grpc.StatusRuntimeException `UNAUTHENTICATED` when it is not valid any more
    public Caller require() {
        return keys.require(headers);
    }
}
