package io.campanile.application.delivery;

import io.campanile.application.store.Halves;
import io.campanile.application.store.StoreUnavailable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Marks the messages that one loop has prepared, until each of them is marked, is settled, or
/// belongs to somebody else. A message that cannot be marked, or decided anew before, is found by
/// [Halves] and put off.
final class MarkLoop {
    /// What was given back, because the configuration has changed, is claimed again at once; the
    /// loop that follows comes when the node has seen the change.
    private static final Duration OUTDATED = Duration.ofMillis(100);

    private final MarkMessages marking;
    private final MessagePreparation preparation;
    private final NotSent notSent;
    private final HandOvers handOvers;
    private final OutcomeListener outcomes;
    private final LoopControl control;

    MarkLoop(
            MarkMessages marking,
            MessagePreparation preparation,
            NotSent notSent,
            HandOvers handOvers,
            OutcomeListener outcomes,
            LoopControl control) {
        this.marking = marking;
        this.preparation = preparation;
        this.notSent = notSent;
        this.handOvers = handOvers;
        this.outcomes = outcomes;
        this.control = control;
    }

    /// What was marked together.
    ///
    /// @param slots how many messages take up slots now
    /// @param messages those of them that are to be handed over
    record Taken(int slots, List<PreparedMessage> messages) {}

    /// Takes what was marked, before more is.
    @FunctionalInterface
    interface Taker {
        void take(Taken taken);
    }

    /// What is to be marked in one transaction.
    private static final class Batch {
        private List<PreparedMessage> messages;

        /// Whether an earlier mark may have marked them.
        private boolean again;

        Batch(List<PreparedMessage> messages, boolean again) {
            this.messages = messages;
            this.again = again;
        }

        List<Batch> halves() {
            return Halves.of(messages).stream().map(half -> new Batch(half, again)).toList();
        }
    }

    void mark(List<PreparedMessage> prepared, Taker taker) throws InterruptedException {
        var left = new ArrayDeque<Batch>();
        MarkMessages.apart(prepared).forEach(some -> left.add(new Batch(some, false)));
        while (!left.isEmpty()) {
            taker.take(mark(left.removeFirst(), left));
        }
    }

    /// Marks a batch, and again where the answer was lost. Marking again is harmless: nothing was
    /// handed over yet, and the epoch still guards. Messages that may be marked already are decided
    /// anew only afterwards. A stop of the loop does not end this, because messages that a lost
    /// answer had marked would be in doubt although they were never handed over.
    private Taken mark(Batch batch, Deque<Batch> left) throws InterruptedException {
        control.refuseWhenAbandoned();
        return control.untilAbandoned()
                .run(() -> {
                    MarkMessages.Marked result = decideAndMark(batch, left);
                    // Repeated from here on, it is about those that were marked.
                    batch.messages = result.marked();
                    batch.again = true;
                    notSent.exclude(result.capped(), outcomes);
                    if (result.isOutdated()) {
                        Thread.sleep(OUTDATED);
                    }
                    return new Taken(result.marked().size(), stillToBeSent(result.marked()));
                });
    }

    private MarkMessages.Marked decideAndMark(Batch batch, Deque<Batch> left)
            throws InterruptedException {
        try {
            if (!batch.again) {
                batch.messages = preparation.decideOldAnew(batch.messages, outcomes);
            }
            return markNow(batch);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            halve(batch, e, left);
            return MarkMessages.Marked.NONE;
        }
    }

    private MarkMessages.Marked markNow(Batch batch) {
        try {
            return marking.mark(batch.messages, batch.again);
        } catch (StoreUnavailable e) {
            batch.again = true;
            throw e;
        }
    }

    private void halve(Batch refused, RuntimeException defect, Deque<Batch> left)
            throws InterruptedException {
        if (refused.messages.size() < 2) {
            for (PreparedMessage culprit : refused.messages) {
                notSent.putOff(culprit, defect);
            }
            return;
        }
        refused.halves().reversed().forEach(left::addFirst);
    }

    /// A mark that had to wait is followed by a fresh look. Whoever is excluded now stands in
    /// `SENDING` until that is recorded, and keeps a slot as long.
    private List<PreparedMessage> stillToBeSent(List<PreparedMessage> marked)
            throws InterruptedException {
        handOvers.add(marked.size());
        try {
            return preparation.decideOldAnew(marked, handOvers::recorded);
        } catch (StoreUnavailable e) {
            handOvers.forget(marked.size());
            throw e;
        } catch (RuntimeException e) {
            return apartFromCulprits(marked, e);
        }
    }

    /// Those about which somebody can decide. From here on nothing is repeated, because what became
    /// of some may be recorded already.
    private List<PreparedMessage> apartFromCulprits(
            List<PreparedMessage> marked, RuntimeException defect) throws InterruptedException {
        if (marked.size() < 2 || defect instanceof StoreUnavailable) {
            marked.forEach(each -> handOvers.putOff(each, defect));
            return List.of();
        }
        List<PreparedMessage> still = new ArrayList<>(marked.size());
        for (List<PreparedMessage> half : Halves.of(marked)) {
            try {
                still.addAll(preparation.decideOldAnew(half, handOvers::recorded));
            } catch (RuntimeException e) {
                still.addAll(apartFromCulprits(half, e));
            }
        }
        return still;
    }
}
