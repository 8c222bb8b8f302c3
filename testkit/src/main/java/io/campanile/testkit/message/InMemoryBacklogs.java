package io.campanile.testkit.message;

import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.operation.port.Backlog;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Override
    public Map<Reason, Long> putOff(WorkspaceId workspace) {
        synchronized (store) {
            store.requireThere();
            Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
            for (Lane lane : Lane.values()) {
                store.open()
                        .filter(row -> row.message.lane() == lane && liesIn(workspace, row))
                        .sorted(Comparator.comparing(row -> row.dueTime))
                        .limit(MOST_PUT_OFF)
                        .map(MessageRow::reason)
                        .filter(reason -> reason != null && Reason.OF_TROUBLE.contains(reason))
                        .forEach(reason -> reasons.merge(reason, 1L, Long::sum));
            }
            return reasons;
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
        long due =
                rows.stream().filter(row -> row.owner == null && !row.dueTime.isAfter(now)).count();
        Optional<Instant> oldest =
                rows.stream()
                        .filter(row -> row.owner == null || !row.isSending())
                        .map(InMemoryBacklogs::waitingSince)
                        .filter(since -> !since.isAfter(now))
                        .min(Comparator.naturalOrder());
        return new Backlog(lane, rows.size(), due, oldest.orElse(null));
    }

    private static Instant waitingSince(MessageRow row) {
        return row.owner == null ? row.dueTime : row.dueTime.minus(MessageQueue.CLAIM_LEASE);
    }

    private boolean liesIn(WorkspaceId workspace, MessageRow row) {
        CampaignName campaign = store.campaigns.get(row.execution.campaign());
        return campaign != null && campaign.workspace().equals(workspace);
    }
}
