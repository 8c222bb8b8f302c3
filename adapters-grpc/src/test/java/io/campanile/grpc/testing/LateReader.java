package io.campanile.grpc.testing;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A caller who reads no answer before everything was sent.
public final class LateReader<Q, A> implements ClientResponseObserver<Q, A> {
    private final CompletableFuture<List<A>> all = new CompletableFuture<>();
    private final List<A> answers = new ArrayList<>();
    private @Nullable ClientCallStreamObserver<Q> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> started) {
        started.disableAutoRequestWithInitial(0);
        call = started;
    }

    /// Everything that a call with one request is answered.
    ///
    /// @param method such as `stub::importSuppressions`
    public static <Q, A> List<A> answers(
            Function<StreamObserver<A>, StreamObserver<Q>> method, Q request) {
        var reader = new LateReader<Q, A>();
        StreamObserver<Q> requests = method.apply(reader);
        requests.onNext(request);
        requests.onCompleted();
        return reader.readAll();
    }

    public List<A> readAll() {
        if (call == null) {
            throw new IllegalStateException("nothing was called");
        }
        call.request(Integer.MAX_VALUE);
        return all.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void onNext(A answer) {
        answers.add(answer);
    }

    @Override
    public void onError(Throwable thrown) {
        all.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {
        all.complete(answers);
    }
}
