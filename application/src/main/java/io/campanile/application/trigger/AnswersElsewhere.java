package io.campanile.application.trigger;

import io.campanile.application.share.CallPermits;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Answers on other threads what the calling thread would have to wait for. Whatever the work comes
/// to, its caller gets an answer. Thread-safe.
final class AnswersElsewhere {
    /// So that calls for campaigns that take none cannot use up the database.
    private static final int MOST_LOOK_UPS = 64;

    /// Questions are answered one after the other by few threads: nobody is to wait behind many of
    /// another workspace's.
    private static final int MOST_QUESTIONS = 16;

    private final OutageLog outages = new OutageLog(AnswersElsewhere.class);
    private final CallPermits lookUps = new CallPermits(MOST_LOOK_UPS);
    private final CallPermits questions = new CallPermits(MOST_QUESTIONS);
    private final Executor blocking;
    private final Executor validating;

    /// See [TriggerPorts] for what the two are.
    AnswersElsewhere(Executor blocking, Executor validating) {
        this.blocking = blocking;
        this.validating = validating;
    }

    /// Runs what may wait for the database, unless too much of that is under way.
    void lookUp(WorkspaceId workspace, Consumer<TriggerResult> answer, Runnable work) {
        if (!lookUps.take(workspace)) {
            answer.accept(TriggerResult.Overloaded.by(TriggerResult.Overload.LOOK_UPS));
            return;
        }
        blocking.execute(() -> {
            try {
                answering(answer, work);
            } finally {
                lookUps.giveBack(workspace);
            }
        });
    }

    /// Runs what may wait for the database and is nobody's in particular.
    void run(Runnable work) {
        blocking.execute(work);
    }

    /// Goes on where nothing waits for the database any more.
    void goOn(Consumer<TriggerResult> answer, Runnable work) {
        blocking.execute(() -> answering(answer, work));
    }

    /// Runs the work of a question, unless too many are asked. A question counts until it is
    /// answered, even if its work goes on with [#render].
    ///
    /// @param work given what it is to answer to
    void ask(
            WorkspaceId workspace,
            Consumer<TriggerResult> answer,
            Consumer<Consumer<TriggerResult>> work) {
        if (!questions.take(workspace)) {
            answer.accept(TriggerResult.Overloaded.by(TriggerResult.Overload.LOOK_UPS));
            return;
        }
        var open = new AtomicBoolean(true);
        Consumer<TriggerResult> answered =
                result -> {
                    if (open.getAndSet(false)) {
                        questions.giveBack(workspace);
                    }
                    answer.accept(result);
                };
        blocking.execute(() -> answering(answered, () -> work.accept(answered)));
    }

    /// Runs what renders, where that keeps nobody from going on.
    void render(Consumer<TriggerResult> answer, Runnable work) {
        validating.execute(() -> answering(answer, work));
    }

    /// The edge of another thread: nobody else would answer the caller.
    private void answering(Consumer<TriggerResult> answer, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailable e) {
            outages.warn("triggers cannot be looked up", e);
            answer.accept(new TriggerResult.Unavailable(TriggerPorts.RETRY_DELAY));
        } catch (RuntimeException e) {
            answer.accept(new TriggerResult.Broken(e));
        } catch (Error e) {
            answer.accept(new TriggerResult.Broken(new IllegalStateException(e)));
            throw e;
        }
    }
}
