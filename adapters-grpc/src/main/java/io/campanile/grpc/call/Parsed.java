package io.campanile.grpc.call;

import io.grpc.StatusRuntimeException;

/// What became of a request's bytes.
sealed interface Parsed<Q> {
    record Request<Q>(Q request) implements Parsed<Q> {}

    record Failure<Q>(StatusRuntimeException error) implements Parsed<Q> {}
}
