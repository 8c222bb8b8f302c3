package io.campanile.application.delivery;

import io.campanile.application.delivery.port.Recording;
import io.campanile.application.delivery.port.SettledStates;
import io.campanile.application.share.CallPermits;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Calls that wait until their messages have settled: told in memory by this node's deliveries, by
/// one shared look-up for those of other nodes. The number of waiting calls is bounded.
/// Thread-safe.
public final class SettlementWaiters implements OutcomeListener {
    /// A caller may have a deadline of days; the permits are few.
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /// How long after its time a call waits to be told where its messages stand.
    private static final Duration LAST_LOOK = Duration.ofMillis(100);

    /// How many messages are looked up by one statement, or a few more.
    private static final int MOST_AT_ONCE = 4_000;

    /// One waiting call.
    private final class Waiter {
        private final WorkspaceId workspace;
        private final Set<MessageId> messages;
        private final Set<MessageId> missing;
        private final Map<MessageId, MessageState> settled = new HashMap<>();
        private final Instant until;
        private final BooleanSupplier callerIsGone;
        private final Consumer<Map<MessageId, MessageState>> answer;
        private boolean answered;

        Waiter(
                WorkspaceId workspace,
                Collection<MessageId> messages,
                Instant until,
                BooleanSupplier callerIsGone,
                Consumer<Map<MessageId, MessageState>> answer) {
            this.workspace = workspace;
            this.messages = Set.copyOf(messages);
            this.missing = new HashSet<>(messages);
            this.until = until;
            this.callerIsGone = callerIsGone;
            this.answer = answer;
        }

        /// Answers wait until the waiter is known everywhere: one that came in between would leave
        /// what is entered after it behind for good.
        synchronized void enter() {
            waiters.add(this);
            for (MessageId message : messages) {
                byMessage.compute(
                        message,
                        (_, others) -> {
                            Set<Waiter> all =
                                    others == null ? new HashSet<>() : new HashSet<>(others);
                            all.add(this);
                            return all;
                        });
            }
        }

        synchronized void settled(MessageId message, MessageState state) {
            if (missing.remove(message)) {
                settled.put(message, state);
            }
            if (missing.isEmpty()) {
                answer();
            }
        }

        synchronized List<MessageId> missing() {
            return List.copyOf(missing);
        }

        synchronized void answer() {
            answer(Map.of());
        }

        /// Answers with what has settled and, of the others, with where they stand.
        synchronized void answer(Map<MessageId, MessageState> standing) {
            if (!answered) {
                answered = true;
                forget(this);
                permits.giveBack(workspace);
                Map<MessageId, MessageState> told = new HashMap<>(settled);
                missing.stream()
                        .filter(standing::containsKey)
                        .forEach(message -> told.put(message, standing.get(message)));
                answer.accept(Map.copyOf(told));
            }
        }
    }

    private final CallPermits permits;
    private final SettledStates states;
    private final InstantSource clock;
    private final OutageLog outages = new OutageLog(SettlementWaiters.class);
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

    /// Repeated calls wait for the same messages.
    private final Map<MessageId, Set<Waiter>> byMessage = new ConcurrentHashMap<>();

    /// Where the look-ups are; guarded by this.
    private Iterator<MessageId> round = Collections.emptyIterator();

    /// Waiters for a node.
    ///
    /// @param mostCalls that wait, of all workspaces; half of them of one
    public SettlementWaiters(int mostCalls, SettledStates states, InstantSource clock) {
        this.permits = new CallPermits(mostCalls);
        this.states = states;
        this.clock = clock;
    }

    /// Takes a permit for one call, or says that all are taken, or too many by its workspace. A
    /// permit is given back by [#giveBackPermit] or by the answer of [#await].
    public boolean takePermit(WorkspaceId workspace) {
        return permits.take(workspace);
    }

    /// Gives a permit back that was not used.
    public void giveBackPermit(WorkspaceId workspace) {
        permits.giveBack(workspace);
    }

    /// Calls `answer` once with the states of the messages, when all have settled or a moment after
    /// `until`. A message is missing from the states when the database did not answer in time.
    ///
    /// @param until in a minute at the latest
    /// @param callerIsGone whether nobody waits for the answer any more; then it comes soon, so
    ///   that its permit is free for others
    public void await(
            WorkspaceId workspace,
            Collection<MessageId> messages,
            Instant until,
            BooleanSupplier callerIsGone,
            Consumer<Map<MessageId, MessageState>> answer) {
        new Waiter(workspace, messages, until, callerIsGone, answer).enter();
    }

    private void forget(Waiter waiter) {
        waiters.remove(waiter);
        for (MessageId message : waiter.messages) {
            byMessage.computeIfPresent(
                    message,
                    (_, others) -> {
                        Set<Waiter> left = new HashSet<>(others);
                        left.remove(waiter);
                        return left.isEmpty() ? null : left;
                    });
        }
    }

    @Override
    public void recorded(Recording recording, boolean valid) {
        if (valid && recording.state() instanceof MessageState.Settled) {
            settled(recording.claim().message(), recording.state());
        }
    }

    /// Looks up what other nodes settled, some thousand messages each time in turn, and answers
    /// calls whose time is over with where their messages stand; to be called every 50 ms.
    public void poll() {
        if (byMessage.isEmpty()) {
            return;
        }
        try {
            states.settledAmong(nextMessages()).forEach(this::settled);
            answerWhereTheyStand();
        } catch (StoreUnavailable e) {
            outages.warn("waiting calls cannot be looked up", e);
        }
    }

    private synchronized List<MessageId> nextMessages() {
        if (!round.hasNext()) {
            round = byMessage.keySet().iterator();
        }
        List<MessageId> next = new ArrayList<>();
        while (round.hasNext() && next.size() < MOST_AT_ONCE) {
            next.add(round.next());
        }
        return next;
    }

    private void answerWhereTheyStand() {
        List<Waiter> together = new ArrayList<>();
        Set<MessageId> missing = new HashSet<>();
        for (Waiter waiter : over(clock.instant())) {
            together.add(waiter);
            missing.addAll(waiter.missing());
            if (missing.size() >= MOST_AT_ONCE) {
                answerWhereTheyStand(together, missing);
                together.clear();
                missing.clear();
            }
        }
        answerWhereTheyStand(together, missing);
    }

    private void answerWhereTheyStand(List<Waiter> together, Set<MessageId> missing) {
        if (!missing.isEmpty()) {
            Map<MessageId, MessageState> standing = states.statesOf(Set.copyOf(missing));
            together.forEach(waiter -> waiter.answer(standing));
        }
    }

    /// Answers calls whose time is over and that [#poll] has not answered because it waits for the
    /// database, and calls whose callers have hung up. To be called every 50 ms, on another thread
    /// than [#poll].
    public void answerOverdue() {
        over(clock.instant().minus(LAST_LOOK)).forEach(Waiter::answer);
        waiters.stream()
                .filter(waiter -> waiter.callerIsGone.getAsBoolean())
                .forEach(Waiter::answer);
    }

    /// By a clock that was set back, a call would wait for as long again.
    private List<Waiter> over(Instant now) {
        Instant farthest = now.plus(LONGEST_WAIT).plusSeconds(1);
        return waiters.stream()
                .filter(waiter -> !now.isBefore(waiter.until) || waiter.until.isAfter(farthest))
                .toList();
    }

    private void settled(MessageId message, MessageState state) {
        byMessage.getOrDefault(message, Set.of()).forEach(waiter -> waiter.settled(message, state));
    }
}
