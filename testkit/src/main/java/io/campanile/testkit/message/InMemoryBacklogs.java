package io.campanile.testkit.message;

import io.campanile.application.operation.port.Backlog;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Counts messages in memory.
final class InMemoryBacklogs implements Backlogs {
    private final InMemoryStore store;

    InMemoryBacklogs(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public List<Backlog> count(Instant now) {
        return count(_ -> true, now);
    }

    @Override
    public List<Backlog> count(WorkspaceId workspace, Instant now) {
        return count(row -> liesIn(workspace, row), now);
    }

    @Override
    public Map<Kind, Long> outcomes(WorkspaceId workspace, Instant acceptedFrom) {
        synchronized (store) {
            store.requireThere();
            Map<Kind, Long> outcomes = new EnumMap<>(Kind.class);
            for (MessageRow row : store.messages.values()) {
                boolean young = !row.execution.createTime().isBefore(acceptedFrom);
                if (young && !row.isOpen() && liesIn(workspace, row)) {
                    outcomes.merge(row.state.kind(), 1L, Long::sum);
                }
            }
            return outcomes;
        }
    }

    private List<Backlog> count(Predicate<MessageRow> scope, Instant now) {
        synchronized (store) {
            store.requireThere();
            List<MessageRow> open = store.open().filter(scope).toList();
            return Arrays.stream(Lane.values()).map(lane -> backlog(open, lane, now)).toList();
        }
    }

    private static Backlog backlog(List<MessageRow> open, Lane lane, Instant now) {
        List<MessageRow> rows = open.stream().filter(row -> row.message.lane() == lane).toList();
        List<Instant> due =
                rows.stream()
                        .filter(row -> row.owner == null && !row.dueTime.isAfter(now))
                        .map(row -> row.dueTime)
                        .sorted(Comparator.naturalOrder())
                        .toList();
        return new Backlog(lane, rows.size(), due.size(), due.isEmpty() ? null : due.getFirst());
    }

    private boolean liesIn(WorkspaceId workspace, MessageRow row) {
        CampaignName campaign = store.campaigns.get(row.execution.campaign());
        return campaign != null && campaign.workspace().equals(workspace);
    }
}
