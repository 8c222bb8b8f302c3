package io.campanile.application.trigger;

import io.campanile.application.delivery.SettlementWaiters;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.trigger.RecipientResult;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Answers calls whose executions are stored: at once or, where callers wait for that, when their
/// messages have settled. Thread-safe.
final class AnswerTrigger {
    private static final Duration WAIT_WITHOUT_DEADLINE = Duration.ofSeconds(30);

    /// Time to get the answer to a waiting caller before its deadline.
    private static final Duration ANSWER_TIME = Duration.ofMillis(200);

    private final SettlementWaiters waiters;
    private final InstantSource clock;

    AnswerTrigger(SettlementWaiters waiters, InstantSource clock) {
        this.waiters = waiters;
        this.clock = clock;
    }

    /// Takes a permit for a call that is going to wait, or says that all are taken.
    boolean takePermit(TriggerCommand command) {
        return !waits(command) || waiters.takePermit(command.campaign().workspace());
    }

    /// Gives back what [#takePermit] took, when the call is not answered here.
    void giveBackPermit(TriggerCommand command) {
        if (waits(command)) {
            waiters.giveBackPermit(command.campaign().workspace());
        }
    }

    private static boolean waits(TriggerCommand command) {
        return command.waitFor() == TriggerCommand.WaitFor.HANDED_OVER;
    }

    /// Answers a call that has a permit, if it waits.
    ///
    /// @param deliver sets the messages going; whoever waits for them is known by then
    void stored(
            TriggerCommand command,
            NewExecution execution,
            Runnable deliver,
            Consumer<TriggerResult> answer) {
        Consumer<Map<MessageId, MessageState>> answerWith =
                answered(
                        execution.id(), false, execution.createTime(), execution.results(), answer);
        if (waits(command)) {
            await(command, execution.messages().stream().map(NewMessage::id).toList(), answerWith);
            deliver.run();
        } else {
            deliver.run();
            answerWith.accept(Map.of());
        }
    }

    /// Answers a call when it is known what became of its messages.
    private static Consumer<Map<MessageId, MessageState>> answered(
            ExecutionId id,
            boolean duplicate,
            Instant createTime,
            List<RecipientResult> results,
            Consumer<TriggerResult> answer) {
        return states ->
                answer.accept(
                        new TriggerResult.Answered(id, duplicate, createTime, results, states));
    }

    private void await(
            TriggerCommand command,
            List<MessageId> messages,
            Consumer<Map<MessageId, MessageState>> answerWith) {
        waiters.await(
                command.campaign().workspace(),
                messages,
                waitUntil(command),
                command.patience().isGone(),
                answerWith);
    }

    private Instant waitUntil(TriggerCommand command) {
        Instant now = clock.instant();
        Instant deadline = command.patience().deadline();
        if (deadline == null) {
            return now.plus(WAIT_WITHOUT_DEADLINE);
        }
        Instant longest = now.plus(SettlementWaiters.LONGEST_WAIT);
        Instant wanted = deadline.minus(ANSWER_TIME);
        return wanted.isBefore(longest) ? wanted : longest;
    }

    /// Same request id: the same request gets the original answer, another one is told so. A
    /// repeated call that waits, waits for the original's messages.
    void repeated(
            CheckedTrigger checked, StoredExecution original, Consumer<TriggerResult> answer) {
        if (!original.isOf(checked.digest())) {
            answer.accept(new TriggerResult.RequestIdReused(original.id()));
            return;
        }
        Consumer<Map<MessageId, MessageState>> answerWith =
                answered(original.id(), true, original.createTime(), original.results(), answer);
        TriggerCommand command = checked.command();
        if (!waits(command)) {
            answerWith.accept(Map.of());
        } else if (takePermit(command)) {
            await(command, messages(original), answerWith);
        } else {
            answer.accept(TriggerResult.Overloaded.by(TriggerResult.Overload.WAITERS));
        }
    }

    private static List<MessageId> messages(StoredExecution original) {
        return original.results().stream()
                .filter(RecipientResult.Accepted.class::isInstance)
                .map(result -> ((RecipientResult.Accepted) result).message())
                .toList();
    }
}
