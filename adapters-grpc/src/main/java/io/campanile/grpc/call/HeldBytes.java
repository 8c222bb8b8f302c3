package io.campanile.grpc.call;

/// What the requests and the answers of one call hold of the node's budget. Whatever becomes of the
/// call, it is given back once. Thread-safe.
public final class HeldBytes {
    /// Items of streams were asked for while there was room, so that they may be so many times as
    /// much together.
    private static final int OVERDRAFT = 2;

    /// What still arrives beyond that is read, so that it can be answered, up to here.
    private static final int MOST_ARRIVING = 3;

    /// An answer up to here leaves however much waits for its readers.
    static final int ALWAYS_ANSWERED = 64 << 10;

    /// Nobody is to miss what became of a trigger because others do not read: answers to triggers
    /// may be so many times as much together.
    private static final int SHARE_OF_TRIGGERS = 2;

    private final RequestBudget budget;
    private long arriving;
    private long held;
    private int latest;
    private boolean ended;
    private long answers;
    private boolean closed;

    HeldBytes(RequestBudget budget) {
        this.budget = budget;
    }

    /// Counts bytes of a large request that is still being read.
    ///
    /// @return false when the node has far too many
    synchronized boolean arrived(long bytes) {
        arriving += bytes;
        return budget.add(bytes) <= MOST_ARRIVING * budget.most();
    }

    /// Counts a request that was read, unpacked, in place of what arrived of it.
    ///
    /// @param askedFor whether it came because there was room, so that others make room for it
    /// @return false when the node has too many; it is counted nevertheless
    synchronized boolean read(int bytes, boolean askedFor) {
        latest = bytes;
        if (ended) {
            return true;
        }
        long all = budget.add(bytes - arriving);
        arriving = 0;
        held += bytes;
        return all <= (askedFor ? OVERDRAFT : 1) * budget.most();
    }

    /// The bytes of the request that was read last.
    public synchronized int latest() {
        return latest;
    }

    /// The bytes that requests may have that are asked for now; none or less when there is no room.
    public long room() {
        return budget.most() - budget.held();
    }

    /// Gives back what an item of a stream held, when it is settled.
    public synchronized void giveBack(int bytes) {
        if (!ended) {
            held -= bytes;
            budget.add(-bytes);
        }
    }

    /// Counts an answer that is about to be sent, until it has left.
    ///
    /// @param ofTrigger whether it tells what became of a trigger
    /// @return false when it is large, and the node has too many that nobody reads
    synchronized boolean answer(int bytes, boolean ofTrigger) {
        if (closed) {
            return true;
        }
        long room = (ofTrigger ? SHARE_OF_TRIGGERS : 1) * budget.most();
        if (!budget.addAnswer(bytes, bytes <= ALWAYS_ANSWERED ? Long.MAX_VALUE : room)) {
            return false;
        }
        answers += bytes;
        return true;
    }

    /// Gives back what the answers held: they have left.
    synchronized void answersLeft() {
        budget.giveBackAnswers(answers);
        answers = 0;
    }

    /// Gives back what is still being read, and what was not read by the caller: nothing more comes
    /// or leaves.
    synchronized void streamClosed() {
        closed = true;
        answersLeft();
        budget.add(-arriving);
        arriving = 0;
    }

    /// Gives back everything that was read: the call is answered, or was given up.
    synchronized void end() {
        if (!ended) {
            ended = true;
            budget.add(-held);
            held = 0;
        }
    }
}
