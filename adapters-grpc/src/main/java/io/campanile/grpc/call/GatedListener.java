package io.campanile.grpc.call;

import io.grpc.Context;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/// Lets a handler see only requests that can be read and pass the gate. Whatever a handler throws
/// ends the call in the form every error has.
final class GatedListener<Q, A> extends ServerCall.Listener<Parsed<Q>> {
    private final GatedCall<Q, A> call;
    private final ServerCall.Listener<Q> handler;
    private final Context context;
    private final Function<Q, @Nullable StatusRuntimeException> gate;
    private final @Nullable Function<StatusRuntimeException, A> itemAnswer;
    private final Arrival arrival;
    private final HeldBytes held;
    private boolean requested;

    GatedListener(
            GatedCall<Q, A> call,
            ServerCall.Listener<Q> handler,
            Context context,
            Function<Q, @Nullable StatusRuntimeException> gate,
            @Nullable Function<StatusRuntimeException, A> itemAnswer) {
        this.call = call;
        this.handler = handler;
        this.context = context;
        this.gate = gate;
        this.itemAnswer = itemAnswer;
        this.arrival = call.arrival();
        this.held = call.held();
    }

    @Override
    public void onMessage(Parsed<Q> message) {
        arrival.parsed();
        if (requested && takesOneRequest()) {
            refuse(GrpcErrors.malformedRequest("the method takes one request"));
            return;
        }
        requested = true;
        switch (message) {
            case Parsed.Failure<Q>(var error) -> answerUnread(error);
            case Parsed.Request<Q>(var request, int bytes) -> hold(request, bytes);
        }
    }

    /// What takes one request has it until the call ends, and the handler of items gives each back;
    /// others store a request before they return.
    private void hold(Q request, int bytes) {
        boolean ofItems = itemAnswer != null;
        if (!held.read(bytes, ofItems)) {
            held.giveBack(bytes);
            answerUnread(GateErrors.requestsFull());
            return;
        }
        run(() -> pass(request));
        if (!ofItems && !takesOneRequest()) {
            held.giveBack(bytes);
        }
    }

    /// On a stream an item that was not read is answered like any other bad one.
    private void answerUnread(StatusRuntimeException error) {
        if (itemAnswer == null) {
            refuse(error);
        } else {
            call.answer(itemAnswer.apply(error));
        }
    }

    private void pass(Q request) {
        StatusRuntimeException error = gate.apply(request);
        if (error != null) {
            refuse(error);
        } else if (!call.isClosed() && !arrival.isGivenUp()) {
            handler.onMessage(request);
        }
    }

    @Override
    public void onHalfClose() {
        if (!arrival.complete()) {
            // Whoever gave it up says so.
            return;
        }
        if (!requested && takesOneRequest()) {
            refuse(GrpcErrors.malformedRequest("the method takes one request"));
        } else if (!call.isClosed()) {
            run(handler::onHalfClose);
        }
    }

    @Override
    public void onCancel() {
        held.end();
        run(handler::onCancel);
    }

    @Override
    public void onComplete() {
        held.end();
        run(handler::onComplete);
    }

    @Override
    public void onReady() {
        call.sendUnsent();
        if (!call.isClosed()) {
            run(handler::onReady);
        }
    }

    private boolean takesOneRequest() {
        MethodType type = call.getMethodDescriptor().getType();
        return type.clientSendsOneMessage();
    }

    private void run(Runnable step) {
        Context previous = context.attach();
        try {
            step.run();
        } catch (RuntimeException e) {
            refuse(Failures.of(e));
        } finally {
            context.detach(previous);
        }
    }

    private void refuse(StatusRuntimeException error) {
        Refusals.close(call, error);
    }
}
