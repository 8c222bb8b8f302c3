package io.campanile.grpc.call;

import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;

/// Ends a call with an error of [GrpcErrors].
final class Refusals {
    private Refusals() {}

    static void close(ServerCall<?, ?> call, StatusRuntimeException error) {
        call.close(error.getStatus(), GrpcErrors.trailers(error));
    }
}
