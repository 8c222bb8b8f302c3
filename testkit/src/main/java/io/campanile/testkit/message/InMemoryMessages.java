package io.campanile.testkit.message;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.message.port.MessageSlice;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.message.port.Messages;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Messages in memory.
final class InMemoryMessages implements Messages {
    private final InMemoryStore store;
    private volatile int atOnce = Integer.MAX_VALUE;

    InMemoryMessages(InMemoryStore store) {
        this.store = store;
    }

    void lookAt(int messagesAtOnce) {
        atOnce = messagesAtOnce;
    }

    @Override
    public Optional<MessageView> find(WorkspaceId workspace, MessageId message) {
        synchronized (store) {
            store.requireThere();
            return Optional.ofNullable(store.messages.get(message))
                    .filter(row -> name(row).workspace().equals(workspace))
                    .map(this::view);
        }
    }

    @Override
    public MessageSlice list(MessageQuery query) {
        return slice(query.after(), query.limit(), row -> isWanted(row, query));
    }

    @Override
    public MessageSlice ofPerson(PersonNames names, @Nullable MessageId after, int limit) {
        return slice(
                after,
                limit,
                row ->
                        name(row).workspace().equals(names.workspace())
                                && InMemoryMessageErasures.names(store, names, row));
    }

    private MessageSlice slice(
            @Nullable MessageId after, int limit, Predicate<MessageRow> isWanted) {
        synchronized (store) {
            store.requireThere();
            List<MessageView> found = new ArrayList<>();
            int looked = 0;
            for (MessageRow row : store.messages.descendingMap().values()) {
                if (after != null && row.message.id().compareTo(after) >= 0) {
                    continue;
                }
                if (isWanted.test(row)) {
                    found.add(view(row));
                }
                if (found.size() == limit || ++looked == atOnce) {
                    return new MessageSlice(found, row.message.id());
                }
            }
            return new MessageSlice(found, null);
        }
    }

    private boolean isWanted(MessageRow row, MessageQuery query) {
        CampaignName name = name(row);
        Instant createTime = createTime(row);
        return name.workspace().equals(query.workspace())
                && (query.campaign() == null || name.equals(query.campaign()))
                && (query.execution() == null || row.execution.id().equals(query.execution()))
                && (query.identity() == null
                        || row.message
                                .identity()
                                .comparable()
                                .equals(query.identity().comparable()))
                && (query.states().isEmpty() || query.states().contains(row.state.kind()))
                && (query.reasons().isEmpty()
                        || (row.reason() != null && query.reasons().contains(row.reason())))
                && (query.from() == null || !createTime.isBefore(query.from()))
                && (query.to() == null || createTime.isBefore(query.to()));
    }

    private CampaignName name(MessageRow row) {
        CampaignName name = store.campaigns.get(row.execution.campaign());
        if (name == null) {
            throw new IllegalStateException("no such campaign: " + row.execution.campaign());
        }
        return name;
    }

    @Override
    public Optional<DecisionRecord> decision(WorkspaceId workspace, MessageId message) {
        synchronized (store) {
            store.requireThere();
            return Optional.ofNullable(store.messages.get(message)).map(row -> row.decision);
        }
    }

    @Override
    public Optional<ProfileId> writtenInstead(MessageId message) {
        synchronized (store) {
            store.requireThere();
            return Optional.ofNullable(store.messages.get(message)).map(row -> row.writtenInstead);
        }
    }

    static Instant createTime(MessageRow row) {
        return Instant.ofEpochMilli(row.message.id().value().getMostSignificantBits() >>> 16);
    }

    static @Nullable EmailAddress address(MessageRow row) {
        EmailAddress ofCall = row.message.address();
        return ofCall != null || row.decision == null
                ? ofCall
                : row.decision.facts().addressee().address();
    }

    private MessageView view(MessageRow row) {
        return new MessageView(
                row.message.id(),
                row.execution.id(),
                name(row),
                row.execution.revision(),
                row.message.identity(),
                address(row),
                row.state.kind(),
                row.reason(),
                row.attempts,
                row.reply,
                createTime(row),
                row.stateTime,
                row.message.expireTime(),
                row.isOpen() ? shownDueTime(row) : null,
                store.labels(row.execution));
    }

    private static @Nullable Instant shownDueTime(MessageRow row) {
        if (row.isHeld()) {
            return row.heldDueTime;
        }
        return row.owner == null ? row.dueTime : null;
    }

    @Override
    public Map<MessageId, List<MessageEvent>> happened(Collection<MessageId> messages) {
        synchronized (store) {
            store.requireThere();
            Map<MessageId, List<MessageEvent>> happened = new HashMap<>();
            for (MessageId id : messages) {
                MessageRow row = store.messages.get(id);
                if (row != null && !row.events.isEmpty()) {
                    happened.put(id, List.copyOf(row.events));
                }
            }
            return happened;
        }
    }

    @Override
    public List<MessageEvent> events(MessageId message) {
        synchronized (store) {
            store.requireThere();
            MessageRow row = store.messages.get(message);
            if (row == null) {
                return List.of();
            }
            var events = new ArrayList<MessageEvent>();
            events.add(
                    new MessageEvent(
                            0,
                            MessageState.Kind.ACCEPTED,
                            null,
                            0,
                            ProviderReply.NONE,
                            createTime(row)));
            events.addAll(row.events);
            if (row.isSending() || (!row.isOpen() && row.receipts.isEmpty())) {
                events.add(
                        new MessageEvent(
                                events.size(),
                                row.state.kind(),
                                row.reason(),
                                row.attempts,
                                row.reply,
                                row.stateTime));
            }
            return events;
        }
    }
}
