package io.campanile.server.call;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// Why a call could not be made or was refused, in words for whoever typed it.
public final class CallFailed extends RuntimeException {
    private final boolean misused;
    private final boolean late;

    private CallFailed(String message, boolean misused, boolean late) {
        super(message);
        this.misused = misused;
        this.late = late;
    }

    /// The command line is wrong.
    public static CallFailed misused(String message) {
        return new CallFailed(message, true, false);
    }

    /// The call was refused or could not be made.
    public static CallFailed failed(String message) {
        return new CallFailed(message, false, false);
    }

    /// The server refused the call.
    public static CallFailed refused(StatusRuntimeException error) {
        boolean late = error.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED;
        return new CallFailed(ErrorText.of(error), false, late);
    }

    /// Whether there was no answer in time.
    public boolean late() {
        return late;
    }

    /// The same, with what can be done about it below.
    public CallFailed advised(String advice) {
        return new CallFailed(getMessage() + System.lineSeparator() + "  " + advice, misused, late);
    }

    /// Whether the command line is wrong.
    public boolean misused() {
        return misused;
    }
}
