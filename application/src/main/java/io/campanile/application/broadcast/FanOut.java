package io.campanile.application.broadcast;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.broadcast.port.LockedBroadcast;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.message.ExecutionId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// Writes the messages of broadcasts, a chunk at a time, each in one transaction with the place it
/// came to: whoever is killed in between is taken over by any node, at that place. Run again and
/// again by every node that delivers; a broadcast is worked on by one at a time. Thread-safe.
public final class FanOut {
    private static final int MOST_AT_ONCE = 100;

    /// Bounds one run, so that a node that stops need not wait for a large broadcast.
    private static final int MOST_ROUNDS = 20;

    private static final int FORGOTTEN_AT_ONCE = 5_000;

    private final Broadcasts broadcasts;
    private final Transactions transactions;
    private final InstantSource clock;

    public FanOut(Broadcasts broadcasts, Transactions transactions, InstantSource clock) {
        this.broadcasts = broadcasts;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Takes steps, one of each broadcast in turn, as long as there are any. A broadcast that fails
    /// is left alone for the rest of the run: whatever is wrong with it, such as a rule that takes
    /// the database too long, the others go on.
    ///
    /// @throws RuntimeException what the last one to fail failed with, at the end
    public void run() {
        SequencedMap<ExecutionId, RuntimeException> failed = new LinkedHashMap<>();
        boolean stepped = true;
        for (int round = 0; stepped && round < MOST_ROUNDS; round++) {
            stepped = false;
            for (ExecutionId execution : broadcasts.unfinished(MOST_AT_ONCE)) {
                if (!failed.containsKey(execution)) {
                    stepped |= step(execution, failed);
                }
            }
        }
        if (!failed.isEmpty()) {
            throw failed.sequencedValues().getLast();
        }
    }

    private boolean step(ExecutionId execution, Map<ExecutionId, RuntimeException> failed) {
        try {
            return transactions.inTransaction(() -> step(execution));
        } catch (RuntimeException e) {
            failed.put(execution, e);
            return false;
        }
    }

    /// Removes what nobody needs any more. To be called now and then.
    ///
    /// @param before ended broadcasts accepted before then are forgotten
    public void forget(Instant before) {
        int last;
        do {
            last = broadcasts.forgetMembers(FORGOTTEN_AT_ONCE);
        } while (last == FORGOTTEN_AT_ONCE);
        do {
            last = broadcasts.forget(before, FORGOTTEN_AT_ONCE);
        } while (last == FORGOTTEN_AT_ONCE);
    }

    private boolean step(ExecutionId execution) {
        return broadcasts.lock(execution).map(locked -> step(execution, locked)).orElse(false);
    }

    private boolean step(ExecutionId execution, LockedBroadcast locked) {
        Instant now = clock.instant();
        FanOutStep next = locked.broadcast().next(locked.control(), locked.open(), now);
        switch (next) {
            case FanOutStep.Begin() -> {
                OptionalLong members = broadcasts.begin(execution);
                if (members.isEmpty()) {
                    broadcasts.end(execution, FanOutState.AUDIENCE_GONE);
                }
            }
            case FanOutStep.Write(var members) -> broadcasts.write(execution, members, now);
            case FanOutStep.End(var state) -> broadcasts.end(execution, state);
            case FanOutStep.Rest() -> {}
        }
        return !(next instanceof FanOutStep.Rest);
    }
}
