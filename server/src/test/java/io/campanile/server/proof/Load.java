package io.campanile.server.proof;

import static java.util.stream.Collectors.toCollection;

import io.campanile.v1.RecipientResult;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Callers that trigger campaigns through whatever nodes there are, as careful clients do: a call
/// that fails for a passing reason is repeated with its request id until it is accepted; one that
/// fails for good ends its caller.
final class Load implements AutoCloseable {
    /// Codes that say: try again.
    static final Set<Status.Code> PASSING =
            Set.of(
                    Status.Code.UNAVAILABLE,
                    Status.Code.RESOURCE_EXHAUSTED,
                    Status.Code.DEADLINE_EXCEEDED);

    private static final int CALLERS_EACH = 4;
    private static final int RECIPIENTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// How long a caller waits for an answer before it asks again.
    private static final long DEADLINE_SECONDS = 3;

    private static final long PATIENT_DEADLINE_SECONDS = 60;

    private final List<Node> nodes;
    private final long deadlineSeconds;
    private final List<Thread> callers = new ArrayList<>();
    private final Map<String, TriggerCampaignResponse> answers = new ConcurrentHashMap<>();
    private final Map<Status.Code, LongAdder> refusals = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean over;
    private volatile boolean abandoned;

    private Load(List<Node> nodes, long deadlineSeconds) {
        this.nodes = nodes;
        this.deadlineSeconds = deadlineSeconds;
    }

    /// Starts to trigger the campaigns; each call goes to the next of the live nodes.
    static Load on(List<Node> nodes, String... campaigns) {
        return start(new Load(nodes, DEADLINE_SECONDS), campaigns);
    }

    /// The same with callers who wait for their answers, however busy the machine is.
    static Load patient(List<Node> nodes, String... campaigns) {
        return start(new Load(nodes, PATIENT_DEADLINE_SECONDS), campaigns);
    }

    private static Load start(Load load, String... campaigns) {
        for (String campaign : campaigns) {
            for (int caller = 0; caller < CALLERS_EACH; caller++) {
                load.callers.add(
                        Thread.ofVirtual().name("caller").start(() -> load.call(campaign)));
            }
        }
        return load;
    }

    /// One call, repeated until it is accepted, a minute long at most.
    static TriggerCampaignResponse untilAccepted(Node node, TriggerCampaignRequest request) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (true) {
            try {
                return node.triggers().triggerCampaign(request);
            } catch (StatusRuntimeException e) {
                if (!PASSING.contains(e.getStatus().getCode()) || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void call(String campaign) {
        boolean accepted = true;
        while (!over && accepted) {
            int number = numbers.incrementAndGet();
            String requestId = campaign + "-" + number;
            accepted = repeat(number, Scenery.trigger(campaign, requestId, RECIPIENTS));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean repeat(int number, TriggerCampaignRequest request) {
        for (int attempt = 0; !abandoned; attempt++) {
            Object[] live = nodes.toArray();
            if (live.length > 0) {
                Node node = (Node) live[(number + attempt) % live.length];
                try {
                    answers.put(
                            request.getRequestId(),
                            node.triggers(deadlineSeconds).triggerCampaign(request));
                    return true;
                } catch (StatusRuntimeException e) {
                    Status.Code code = e.getStatus().getCode();
                    refusals.computeIfAbsent(code, _ -> new LongAdder()).increment();
                    if (!PASSING.contains(code)) {
                        failures.add(e.getStatus().toString());
                        return false;
                    }
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return false;
    }

    /// How many calls were accepted so far.
    int accepted() {
        return answers.size();
    }

    /// How often calls failed, by code.
    Map<Status.Code, Long> refusals() {
        var counts = new EnumMap<Status.Code, Long>(Status.Code.class);
        refusals.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    /// Begins no new calls and waits until those begun are accepted.
    void finish() {
        over = true;
        Until.holds("every call is answered", () -> callers.stream().noneMatch(Thread::isAlive));
        if (!failures.isEmpty()) {
            throw new AssertionError("Calls failed for good: " + failures);
        }
    }

    /// Waits until every caller was told that its campaign takes no more triggers, and gave up.
    void finishRefused() {
        Until.holds("every caller gives up", () -> callers.stream().noneMatch(Thread::isAlive));
        if (failures.size() != callers.size()
                || !refusals.containsKey(Status.Code.FAILED_PRECONDITION)) {
            throw new AssertionError("Calls failed for another reason: " + failures);
        }
    }

    /// The messages accepted for a campaign, by the last part of their names.
    Set<String> messages(String campaign) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getKey().startsWith(campaign + "-"))
                .flatMap(answer -> messagesOf(answer.getValue()).stream())
                .collect(toCollection(TreeSet::new));
    }

    /// The answers by request id.
    Map<String, TriggerCampaignResponse> answers() {
        return answers;
    }

    /// The messages that an answer accepted, by the last part of their names.
    static List<String> messagesOf(TriggerCampaignResponse answer) {
        return answer.getResultsList().stream()
                .filter(RecipientResult::hasAccepted)
                .map(result -> lastPart(result.getAccepted().getMessage()))
                .toList();
    }

    static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        over = true;
        abandoned = true;
        Until.holds("every caller ends", () -> callers.stream().noneMatch(Thread::isAlive));
    }
}
