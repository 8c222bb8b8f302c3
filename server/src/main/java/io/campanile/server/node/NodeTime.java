package io.campanile.server.node;

import io.campanile.application.store.NodeClock;

/// What a node knows of its time, and how it guards what must not be done by a wrong one.
///
/// @param clocks asked for both, which takes a statement
/// @param watch looks at them every second, and tells from memory
/// @param jumps looks at the machine's every second
record NodeTime(Clocks clocks, ClockWatch watch, ClockJumps jumps) {
    /// A time that nobody doubts yet.
    static NodeTime of(Clocks clocks) {
        return new NodeTime(
                clocks,
                new ClockWatch(clocks, System::nanoTime),
                new ClockJumps(clocks.machine(), System::nanoTime));
    }

    /// The machine's, with what is known against it.
    NodeClock clock() {
        return new NodeClock(clocks.machine(), watch::isApart, jumps::isOnProbation);
    }

    /// The same work, but left out while the clocks are apart. For what claims, gives back, cancels
    /// or writes messages: it is done often, and memory tells.
    Runnable whenClocksAgree(Runnable work) {
        return watch.whenClocksAgree(work);
    }

    /// The same work, but left out while the clocks are apart or a jump is not over. For what
    /// drops, ends or expires whatever is old enough: it cannot be undone, and the database is
    /// asked.
    Runnable whenTimeIsCertain(String name, Runnable work) {
        return jumps.unlessOnProbation(clocks.unlessApart(name, work));
    }
}
