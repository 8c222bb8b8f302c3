package io.campanile.grpc.call;

import io.campanile.application.store.OutageLog;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// The bytes of all requests that a node works on, and of all answers that their callers have not
/// read: every single one is small enough; together they could take all memory. Requests and
/// answers, large and small ones, and those of services without keys are counted apart, so that
/// none of them keeps another from being taken. Thread-safe.
public class RequestBudget {
    /// Requests up to here do not depend on larger ones, such as one-time codes and revocations,
    /// and answers up to here on nothing.
    static final int SMALL_BYTES = 64 << 10;

    /// A request that is read takes several times its bytes.
    private static final int SHARE_OF_HEAP = 8;

    /// Answers wait in the network's buffers, which have 256 MiB by the launcher's options however
    /// large the heap is.
    private static final long MOST_ANSWERS = 64 << 20;

    private static final long MOST_OPEN_ANSWERS = 4 << 20;
    private static final int SMALL_OPEN_ANSWER = 1 << 10;

    private final OutageLog log =
            new OutageLog(RequestBudget.class, Duration.ofMinutes(1), System::nanoTime);
    private final SharedBytes large;
    private final SharedBytes small;
    private final UnreadAnswers answers;
    private final UnreadAnswers openAnswers =
            new UnreadAnswers(MOST_OPEN_ANSWERS, SMALL_OPEN_ANSWER);

    /// A budget of so many bytes for large requests, and for answers; for small requests, of which
    /// there may be twice as much as is asked for, of half as many.
    public RequestBudget(long most) {
        this(most, most);
    }

    private RequestBudget(long most, long mostAnswers) {
        this.large = new SharedBytes(most);
        this.small = new SharedBytes(most / 2);
        this.answers = new UnreadAnswers(mostAnswers, SMALL_BYTES);
    }

    /// An eighth of the most that the heap may have.
    public static RequestBudget ofHeap() {
        long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        return new RequestBudget(most, Math.min(most, MOST_ANSWERS));
    }

    /// What a request of so many bytes is counted among.
    SharedBytes requests(int bytes) {
        return bytes <= SMALL_BYTES ? small : large;
    }

    /// @param open of services without keys
    UnreadAnswers answers(boolean open) {
        return open ? openAnswers : answers;
    }

    /// Says in the log, once a minute, that calls are refused, and what helps.
    ///
    /// @param caller absent where no key was asked for
    /// @param cause what fills the memory
    void refused(@Nullable WorkspaceId caller, String cause) {
        log.warn(
                "calls are refused: see who sends so much, or give the node a larger heap (-Xmx)"
                        + " workspace="
                        + (caller == null ? "none" : caller),
                cause);
    }

    /// The bytes of requests that are held now.
    public long held() {
        return large.all() + small.all();
    }

    /// The bytes of answers that have not left.
    public long answers() {
        return answers.all() + openAnswers.all();
    }
}
