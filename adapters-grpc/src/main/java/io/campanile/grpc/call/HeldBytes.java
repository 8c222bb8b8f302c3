package io.campanile.grpc.call;

import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

/// What the requests and the answers of one call hold of the node's budget. Whatever becomes of the
/// call, it is given back once. Thread-safe.
public final class HeldBytes {
    /// Items of streams were asked for while there was room, and small requests are to come through
    /// beside those: they may be so many times as much together.
    private static final int OVERDRAFT = 2;

    /// Nobody is to miss what became of a trigger because others do not read: answers to triggers
    /// may be so many times as much together.
    private static final int SHARE_OF_TRIGGERS = 2;

    private final RequestBudget budget;

    /// Absent where no key is asked for: requests are so small there that none is counted.
    private volatile @Nullable WorkspaceId holder;

    private long large;
    private long small;
    private int latest;
    private boolean ended;
    private long answers;
    private boolean closed;

    HeldBytes(RequestBudget budget) {
        this.budget = budget;
    }

    /// Counts what follows for a workspace.
    void countFor(WorkspaceId workspace) {
        holder = workspace;
    }

    /// Counts a request that was read, unpacked.
    ///
    /// @param askedFor whether it came because there was room, so that others make room for it
    /// @return false when the node has too many; it is counted nevertheless
    synchronized boolean read(int bytes, boolean askedFor) {
        latest = bytes;
        boolean mayExceed = askedFor || bytes <= RequestBudget.SMALL_BYTES;
        if (ended || add(bytes, bytes, mayExceed ? OVERDRAFT : 1)) {
            return true;
        }
        refused("requests that are worked on");
        return false;
    }

    /// Tells the log.
    ///
    /// @param cause what there is too much of
    void refused(String cause) {
        budget.refused(holder, cause);
    }

    private boolean add(int size, int bytes, int times) {
        WorkspaceId counted = holder;
        if (counted == null) {
            return true;
        }
        if (size <= RequestBudget.SMALL_BYTES) {
            small += bytes;
        } else {
            large += bytes;
        }
        return budget.requests(size).add(counted, bytes, times);
    }

    /// The bytes of the request that was read last.
    public synchronized int latest() {
        return latest;
    }

    /// The bytes that requests may have that are asked for now; none or less when there is no room.
    ///
    /// @param size what each of them has, more or less
    public long room(int size) {
        WorkspaceId counted = holder;
        return counted == null ? Long.MAX_VALUE : budget.requests(size).room(counted);
    }

    /// Gives back what an item of a stream held, when it is settled.
    public synchronized void giveBack(int bytes) {
        if (!ended) {
            var _ = add(bytes, -bytes, 1);
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
        if (!unread().add(bytes, ofTrigger ? SHARE_OF_TRIGGERS : 1)) {
            refused("answers that nobody reads");
            return false;
        }
        answers += bytes;
        return true;
    }

    private UnreadAnswers unread() {
        return budget.answers(holder == null);
    }

    /// Gives back what the answers held: they have left.
    synchronized void answersLeft() {
        unread().giveBack(answers);
        answers = 0;
    }

    /// Gives back what was not read by the caller: nothing more leaves.
    synchronized void streamClosed() {
        closed = true;
        answersLeft();
    }

    /// Gives back everything that was read: the call is answered, or was given up.
    synchronized void end() {
        WorkspaceId counted = holder;
        if (!ended && counted != null) {
            giveBackAll(counted);
        }
        ended = true;
    }

    private void giveBackAll(WorkspaceId counted) {
        budget.requests(RequestBudget.SMALL_BYTES).add(counted, -small, 1);
        budget.requests(Integer.MAX_VALUE).add(counted, -large, 1);
        small = 0;
        large = 0;
    }
}
