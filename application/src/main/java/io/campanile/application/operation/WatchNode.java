package io.campanile.application.operation;

import io.campanile.application.delivery.Delivery;
import io.campanile.application.delivery.OutcomeCounts;
import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.operation.WorkspaceStatus.Part;
import io.campanile.application.operation.port.Backlog;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.application.share.LongCalls;
import io.campanile.application.store.StatementTooSlow;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Looks at this node and at what waits in the whole system or in a workspace; blocks for the
/// latter two.
public final class WatchNode implements Supplier<NodeStatus> {
    private final Backlogs backlogs;
    private final Delivery delivery;
    private final OutcomeCounts outcomes;
    private final LongCalls reads;
    private final InstantSource clock;

    public WatchNode(
            Backlogs backlogs,
            Delivery delivery,
            OutcomeCounts outcomes,
            LongCalls reads,
            InstantSource clock) {
        this.backlogs = backlogs;
        this.delivery = delivery;
        this.outcomes = outcomes;
        this.reads = reads;
        this.clock = clock;
    }

    @Override
    public NodeStatus get() {
        List<Backlog> counted = unlessTooSlow(() -> backlogs.count(clock.instant()), List::of);
        return new NodeStatus(counted, OutcomeCounts.WINDOW, outcomes.recent());
    }

    /// A backlog of millions is no outage, and what else is known is told all the same.
    private static <T> T unlessTooSlow(Supplier<T> count, Supplier<T> otherwise) {
        try {
            return count.get();
        } catch (StatementTooSlow _) {
            return otherwise.get();
        }
    }

    /// How a workspace is doing, as this node sees it. Reads all that waits, several times.
    ///
    /// @throws io.campanile.application.share.LongCallsFull when too many look at once
    public WorkspaceStatus workspace(WorkspaceId workspace) {
        return reads.inTurn(workspace, () -> look(workspace));
    }

    private WorkspaceStatus look(WorkspaceId workspace) {
        Instant now = clock.instant();
        Map<ChannelConfigurationName, ProviderStatus> providers =
                new LinkedHashMap<>(delivery.providers());
        providers.keySet().removeIf(name -> !name.workspace().equals(workspace));
        Set<Part> uncounted = EnumSet.noneOf(Part.class);
        return new WorkspaceStatus(
                now,
                unlessTooSlow(
                        () -> backlogs.count(workspace, now),
                        () -> without(Part.BACKLOGS, uncounted, List.of())),
                unlessTooSlow(
                        () -> backlogs.putOff(workspace),
                        () -> without(Part.PUT_OFF, uncounted, Map.of())),
                OutcomeCounts.WINDOW,
                unlessTooSlow(
                        () -> backlogs.outcomes(workspace, now.minus(OutcomeCounts.WINDOW)),
                        () -> without(Part.OUTCOMES, uncounted, Map.of())),
                providers,
                uncounted);
    }

    private static <T> T without(Part part, Set<Part> uncounted, T nothing) {
        uncounted.add(part);
        return nothing;
    }
}
