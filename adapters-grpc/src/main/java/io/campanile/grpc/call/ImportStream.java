package io.campanile.grpc.call;

import com.google.protobuf.Message;

import io.campanile.v1.ViolationReason;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One stream of rows. Each message is stored before the next is asked for, so that the caller is
/// never ahead of the database; nor is it asked for before the caller has read the answers, which
/// would fill the memory: they may be much longer than the rows.
///
/// @param <Q> the messages, checked here because their rows are checked one by one
/// @param <A> the answers
public abstract class ImportStream<Q extends Message, A> implements StreamObserver<Q> {
    private final RequestSyntax syntax;
    private final Drain drain;
    private final ServerCallStreamObserver<A> call;
    private final CallerSession session = Callers.session();
    private final Runnable drained = this::shutDown;

    /// What all messages name. Guarded by this, as the next two.
    private @Nullable String target;

    /// Whether a message was taken and no other was asked for yet.
    private boolean owed;

    /// Whether nothing follows.
    private boolean ended;

    protected ImportStream(RequestSyntax syntax, Drain drain, ServerCallStreamObserver<A> call) {
        this.syntax = syntax;
        this.drain = drain;
        this.call = call;
    }

    public final void start() {
        call.disableAutoRequest();
        call.setOnReadyHandler(this::askForMore);
        call.setOnCancelHandler(() -> drain.unregister(drained));
        call.setOnCloseHandler(() -> drain.unregister(drained));
        call.request(1);
        drain.register(drained);
    }

    /// Runs after a message and when the caller has read enough of the answers.
    private synchronized void askForMore() {
        if (owed && !ended && call.isReady()) {
            owed = false;
            call.request(1);
        }
    }

    /// Full name of what the rows go into.
    protected abstract String target(Q request);

    /// The field that names it.
    protected abstract String targetField();

    /// Stores the rows of a message whose envelope is right.
    protected abstract void take(Q request);

    /// Says what is to be said behind the last row, before the call ends.
    protected abstract void finish();

    protected final void answer(A answer) {
        call.onNext(answer);
    }

    /// What is wrong with the form of a row.
    protected final List<FieldProblem> problems(Message row) {
        return syntax.check(row);
    }

    @Override
    public final synchronized void onNext(Q request) {
        if (ended) {
            return;
        }
        try {
            var _ = session.require();
            check(request);
            take(request);
            owed = true;
            askForMore();
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void check(Q request) {
        OwnResource.require(syntax.checkRules(request), session.caller(), target(request));
        if (target != null && !target.equals(target(request))) {
            throw differs(targetField());
        }
        target = target(request);
    }

    /// What must be the same in every message, and is not.
    protected static RuntimeException differs(String field) {
        return GrpcErrors.fieldViolation(
                field,
                ViolationReason.VIOLATION_REASON_SYNTAX,
                "must be the same in every message of the stream");
    }

    @Override
    public final synchronized void onCompleted() {
        if (ended) {
            return;
        }
        if (target == null) {
            end(GrpcErrors.malformedRequest("the import has no rows"));
            return;
        }
        ended = true;
        finish();
        call.onCompleted();
    }

    /// The caller went away; what was taken stays.
    @Override
    public final synchronized void onError(Throwable thrown) {
        ended = true;
    }

    private void shutDown() {
        end(GrpcErrors.shuttingDown());
    }

    private synchronized void end(RuntimeException error) {
        if (!ended) {
            ended = true;
            call.onError(Failures.of(error));
        }
    }
}
