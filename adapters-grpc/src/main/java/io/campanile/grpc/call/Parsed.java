package io.campanile.grpc.call;

import io.grpc.StatusRuntimeException;

/// What became of a request's bytes.
sealed interface Parsed<Q> {
    /// A request that can be read.
    ///
    /// @param bytes it has, unpacked
    record Request<Q>(Q request, int bytes) implements Parsed<Q> {}

    record Failure<Q>(StatusRuntimeException error) implements Parsed<Q> {}
}
