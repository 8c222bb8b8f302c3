package io.campanile.server.call;

import io.grpc.StatusRuntimeException;

/// Why a call could not be made or was refused, in words for whoever typed it.
public final class CallFailed extends RuntimeException {
    private final boolean misused;

    private CallFailed(String message, boolean misused) {
        super(message);
        this.misused = misused;
    }

    /// The command line is wrong.
    public static CallFailed misused(String message) {
        return new CallFailed(message, true);
    }

    /// The call was refused or could not be made.
    public static CallFailed failed(String message) {
        return new CallFailed(message, false);
    }

    /// The server refused the call.
    public static CallFailed refused(StatusRuntimeException error) {
        return failed(ErrorText.of(error));
    }

    /// Whether the command line is wrong.
    public boolean misused() {
        return misused;
    }
}
