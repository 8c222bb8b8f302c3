package io.campanile.grpc.call;

import io.grpc.stub.StreamObserver;

import java.util.function.Supplier;

/// How every unary method ends. An exception that merely escaped from a handler would reach the
/// client as `UNKNOWN` without details.
public final class Unary {
    private Unary() {}

    public static <T> void respond(StreamObserver<T> observer, Supplier<T> handler) {
        T response;
        try {
            response = handler.get();
        } catch (RuntimeException e) {
            observer.onError(Failures.of(e));
            return;
        }
        observer.onNext(response);
        observer.onCompleted();
    }
}
