package io.campanile.grpc.call;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// An error as the caller sees it, details included; made by [GrpcErrors] alone. It has no stack
/// trace: refusals are everyday answers, and under overload there are many.
final class ApiException extends StatusRuntimeException {
    ApiException(Status status, Metadata trailers) {
        super(status, trailers);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
