package io.campanile.testkit.message;

import io.campanile.application.message.port.BroadcastCondition;
import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.CancelledAt;
import io.campanile.application.message.port.ExecutionQuery;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.Executions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.Progress;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.execution.CancelCounts;
import io.campanile.domain.execution.Cancellation;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Executions in memory.
final class InMemoryExecutions implements Executions {
    /// As message ids, because those know PostgreSQL's order.
    private static final Comparator<NewExecution> NEWEST_FIRST =
            Comparator.comparing((NewExecution e) -> new MessageId(e.id().value())).reversed();

    private final InMemoryStore store;

    InMemoryExecutions(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Optional<ExecutionView> find(WorkspaceId workspace, ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            return Optional.ofNullable(store.executions.get(execution))
                    .map(this::view)
                    .filter(view -> view.campaign().workspace().equals(workspace));
        }
    }

    @Override
    public List<ExecutionView> list(ExecutionQuery query) {
        synchronized (store) {
            store.requireThere();
            return store.executions.values().stream()
                    .sorted(NEWEST_FIRST)
                    .filter(execution -> isWanted(execution, query))
                    .limit(query.limit())
                    .map(this::view)
                    .toList();
        }
    }

    private boolean isWanted(NewExecution execution, ExecutionQuery query) {
        CampaignName name = name(execution);
        return name.workspace().equals(query.workspace())
                && (query.campaign() == null || name.equals(query.campaign()))
                && (query.requestId() == null || execution.requestId().equals(query.requestId()))
                && (query.from() == null || !execution.createTime().isBefore(query.from()))
                && (query.to() == null || execution.createTime().isBefore(query.to()))
                && (query.broadcasts() == null || isWanted(execution, query.broadcasts()))
                && (query.after() == null
                        || new MessageId(execution.id().value())
                                        .compareTo(new MessageId(query.after().value()))
                                < 0);
    }

    private boolean isWanted(NewExecution execution, BroadcastCondition condition) {
        BroadcastRow row = store.broadcasts.get(execution.id());
        String audience = condition.audience();
        return row != null
                && (audience == null || row.broadcast.audienceName().equals(audience))
                && (!condition.unsettled()
                        || row.state.isUnfinished()
                        || rows(execution.id()).anyMatch(MessageRow::isOpen));
    }

    private CampaignName name(NewExecution execution) {
        CampaignName name = store.campaigns.get(execution.campaign());
        if (name == null) {
            throw new IllegalStateException("no such campaign: " + execution.campaign());
        }
        return name;
    }

    private Stream<MessageRow> rows(ExecutionId execution) {
        return store.messages.values().stream().filter(row -> row.execution.id().equals(execution));
    }

    private ExecutionView view(NewExecution execution) {
        Map<MessageState.Kind, Long> counts =
                rows(execution.id())
                        .collect(
                                Collectors.groupingBy(
                                        row -> row.state.kind(),
                                        HashMap::new,
                                        Collectors.counting()));
        BroadcastRow broadcast = store.broadcasts.get(execution.id());
        if (broadcast != null && broadcast.unwritten() > 0) {
            counts.merge(broadcast.state.unwritten(), broadcast.unwritten(), Long::sum);
        }
        return new ExecutionView(
                execution.id(),
                name(execution),
                execution.revision(),
                execution.requestId(),
                execution.createTime(),
                execution.scheduleTime(),
                execution.expireTime(),
                store.cancellations.get(execution.id()),
                store.labels(execution),
                execution.results().size() - execution.messages().size(),
                counts,
                broadcast == null ? null : view(broadcast, execution.id()));
    }

    private BroadcastView view(BroadcastRow broadcast, ExecutionId execution) {
        Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        rows(execution)
                .filter(row -> !row.isOpen())
                .flatMap(row -> Stream.ofNullable(row.reason()))
                .forEach(reason -> reasons.merge(reason, 1L, Long::sum));
        long complained = rows(execution).filter(MessageRow::hasComplaint).count();
        return broadcast.view(settledLately(execution), reasons, complained);
    }

    private long settledLately(ExecutionId execution) {
        Instant since = store.clock.instant().minus(Progress.WINDOW);
        return rows(execution).filter(row -> !row.isOpen() && row.stateTime.isAfter(since)).count();
    }

    @Override
    public Cancellation cancel(ExecutionId execution, Instant now) {
        synchronized (store) {
            store.requireThere();
            CancelledAt before = store.cancellations.get(execution);
            BroadcastRow broadcast = store.broadcasts.get(execution);
            List<MessageRow> open = rows(execution).filter(MessageRow::isOpen).toList();
            List<MessageRow> waiting = open.stream().filter(row -> !row.isSending()).toList();
            Cancellation cancellation =
                    Cancellation.decide(
                            before == null ? null : before.counts(),
                            broadcast == null ? FanOutState.WRITTEN : broadcast.state,
                            CancelCounts.of(open.size(), waiting.size(), leftToWrite(broadcast)));
            if (cancellation instanceof Cancellation.Cancelled(CancelCounts counts)) {
                waiting.forEach(row -> cancel(row, now));
                end(broadcast);
                store.cancellations.put(execution, new CancelledAt(now, counts));
            }
            return cancellation;
        }
    }

    private static void cancel(MessageRow row, Instant now) {
        row.settle(new MessageState.Cancelled(Reason.EXECUTION_CANCELLED, now), now);
    }

    private static void end(@Nullable BroadcastRow broadcast) {
        if (broadcast != null && broadcast.state.endsByCancellation()) {
            broadcast.state = FanOutState.CANCELLED;
        }
    }

    private static long leftToWrite(@Nullable BroadcastRow broadcast) {
        return broadcast == null ? 0 : broadcast.state.leftToWrite(broadcast.unwritten());
    }
}
