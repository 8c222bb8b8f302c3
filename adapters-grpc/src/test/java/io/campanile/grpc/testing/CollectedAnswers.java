package io.campanile.grpc.testing;

import io.grpc.stub.StreamObserver;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// The answers of a call in their order, for whoever waits for its end.
public final class CollectedAnswers<A> implements StreamObserver<A> {
    private final List<A> answers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<List<A>> all = new CompletableFuture<>();

    public List<A> soFar() {
        return answers;
    }

    /// Has them when the call is over, or its error.
    public CompletableFuture<List<A>> all() {
        return all;
    }

    @Override
    public void onNext(A answer) {
        answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
        all.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        all.complete(answers);
    }
}
