package io.campanile.testkit.message;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.broadcast.port.LockedBroadcast;
import io.campanile.application.broadcast.port.PauseCounts;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.domain.broadcast.Broadcast;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.broadcast.MessageToOne;
import io.campanile.domain.broadcast.OpenMessages;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.testkit.trigger.Triggers;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// Broadcasts in memory.
final class InMemoryBroadcasts implements Broadcasts {
    private static final Comparator<ExecutionId> OLDEST_FIRST =
            Comparator.comparing(ExecutionId::toString);

    private final InMemoryStore store;

    InMemoryBroadcasts(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public List<ExecutionId> unfinished(@Nullable ExecutionId after, int limit) {
        synchronized (store) {
            store.requireThere();
            return store.broadcasts.entrySet().stream()
                    .filter(entry -> entry.getValue().state.isUnfinished())
                    .map(Map.Entry::getKey)
                    .filter(id -> after == null || OLDEST_FIRST.compare(id, after) > 0)
                    .sorted(OLDEST_FIRST)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public Optional<LockedBroadcast> lock(ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            return Optional.ofNullable(store.broadcasts.get(execution))
                    .map(row -> locked(execution, row));
        }
    }

    private LockedBroadcast locked(ExecutionId id, BroadcastRow row) {
        NewExecution execution = execution(id);
        CampaignControl control =
                store.controls.getOrDefault(
                        execution.campaign(),
                        new CampaignControl(false, CampaignControl.Delivery.CANCEL));
        return new LockedBroadcast(
                row.of(execution),
                store.campaigns.get(execution.campaign()),
                control,
                openMessages(id),
                store.clock.instant());
    }

    private OpenMessages openMessages(ExecutionId id) {
        Instant now = store.clock.instant();
        List<MessageRow> open = open(id);
        long putOff =
                open.stream().filter(row -> row.owner == null && row.dueTime.isAfter(now)).count();
        long held = open.stream().filter(MessageRow::isHeld).count();
        return new OpenMessages(open.size(), putOff, held);
    }

    private NewExecution execution(ExecutionId id) {
        return Optional.ofNullable(store.executions.get(id)).orElseThrow();
    }

    private BroadcastRow row(ExecutionId id) {
        return Optional.ofNullable(store.broadcasts.get(id)).orElseThrow();
    }

    private List<MessageRow> open(ExecutionId execution) {
        return store.open().filter(row -> row.execution.id().equals(execution)).toList();
    }

    @Override
    public boolean begin(ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            BroadcastRow row = row(execution);
            if (row.state != FanOutState.WAITING) {
                return true;
            }
            Optional<List<Member>> members = store.members(row.broadcast.audience());
            if (members.isEmpty()) {
                return false;
            }
            row.members = row.canary == null ? members.get() : shuffled(execution, members.get());
            row.state = FanOutState.WRITING;
            return true;
        }
    }

    private static List<Member> shuffled(ExecutionId execution, List<Member> members) {
        var shuffled = new ArrayList<Member>(members);
        Collections.shuffle(shuffled, new Random(execution.value().getLeastSignificantBits()));
        return List.copyOf(shuffled);
    }

    @Override
    public void write(ExecutionId execution, FanOutStep.Write chunk, Instant now) {
        synchronized (store) {
            store.requireThere();
            BroadcastRow row = row(execution);
            row.nextTime = chunk.nextTime();
            for (long end = row.written + chunk.members(); row.written < end; row.written++) {
                Member member = row.members.get(row.written);
                NewMessage message = message(execution(execution), row, member, now);
                var written = new MessageRow(execution(execution), message, 0);
                written.stateTime = now;
                written.writtenInstead = firstAtTheAddress(message, member, row);
                Reason reason = reasonAgainst(written);
                if (reason != null) {
                    written.state = new MessageState.Excluded(reason, now);
                }
                store.messages.put(message.id(), written);
            }
        }
    }

    private static @Nullable ProfileId firstAtTheAddress(
            NewMessage message, Member member, BroadcastRow row) {
        Optional<EmailAddress> address = message.identity().emailAddress();
        return address.isEmpty()
                ? null
                : row.addresses.putIfAbsent(address.get().comparable(), member.profile());
    }

    private static @Nullable Reason reasonAgainst(MessageRow written) {
        if (written.message.identity().equals(Identity.ERASED)) {
            return Reason.PROFILE_UNKNOWN;
        }
        return written.writtenInstead == null ? null : Reason.DUPLICATE_RECIPIENT;
    }

    private static NewMessage message(
            NewExecution execution, BroadcastRow row, Member member, Instant now) {
        List<Identity> identities = member.identities();
        Identity named =
                identities.stream()
                        .filter(identity ->
                                identity.namespace().equals(row.broadcast.identityNamespace()))
                        .findFirst()
                        .or(() -> identities.stream().findFirst())
                        .orElse(Identity.ERASED);
        return new NewMessage(
                new MessageId(Triggers.id(now)),
                row.written,
                named,
                null,
                row.broadcast.payload(),
                null,
                Lane.MARKETING,
                now,
                execution.expireTime(),
                false,
                false);
    }

    @Override
    public void end(ExecutionId execution, FanOutState state) {
        synchronized (store) {
            store.requireThere();
            row(execution).state = state;
        }
    }

    @Override
    public SampleCounts sample(ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            List<MessageRow> sample =
                    store.messages.values().stream()
                            .filter(row -> row.execution.id().equals(execution))
                            .toList();
            return SampleCounts.of(
                    sample.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            row -> row.state.kind(), Collectors.counting())),
                    sample.stream().filter(MessageRow::isStuck).count(),
                    sample.stream().filter(MessageRow::hasComplaint).count());
        }
    }

    @Override
    public void keep(ExecutionId execution, CanaryState state) {
        synchronized (store) {
            store.requireThere();
            row(execution).keep(state);
        }
    }

    @Override
    public Optional<byte[]> payload(ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            return Optional.ofNullable(store.broadcasts.get(execution))
                    .map(row -> row.broadcast.payload());
        }
    }

    @Override
    public Optional<PauseCounts> pause(ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            BroadcastRow row = store.broadcasts.get(execution);
            List<MessageRow> open = open(execution);
            if (row == null || !row.state.canBePaused(open.size())) {
                return Optional.empty();
            }
            Broadcast before = row.of(execution(execution));
            row.paused = true;
            List<MessageRow> held = open.stream().filter(message -> !message.isSending()).toList();
            held.forEach(message -> {
                message.hold();
                message.epoch++;
            });
            return Optional.of(PauseCounts.of(before, open.size(), held.size()));
        }
    }

    @Override
    public void hold(ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            if (row(execution).paused) {
                var _ = pause(execution);
            }
        }
    }

    @Override
    public boolean resume(ExecutionId execution, Instant now) {
        synchronized (store) {
            store.requireThere();
            BroadcastRow row = store.broadcasts.get(execution);
            if (row == null || !row.state.canBeResumed(row.paused, open(execution).size())) {
                return false;
            }
            row.paused = false;
            row.keep(row.of(execution(execution)).canaryResumed(store.clock.instant()));
            open(execution).stream()
                    .filter(MessageRow::isHeld)
                    .forEach(message -> message.letGo(now));
            return true;
        }
    }

    @Override
    public Set<ExecutionId> unite(Profile gone, Profile staying, Instant now) {
        synchronized (store) {
            store.requireThere();
            return store.broadcasts.keySet().stream()
                    .filter(id -> store.workspace(execution(id)).equals(staying.workspace()))
                    .filter(execution -> unite(execution, gone, staying, now))
                    .collect(Collectors.toSet());
        }
    }

    /// Says whether a message of the one who goes was waiting.
    private boolean unite(ExecutionId execution, Profile gone, Profile staying, Instant now) {
        List<MessageToOne> messages =
                store.messages.values().stream()
                        .filter(row -> row.execution.id().equals(execution))
                        .filter(row -> names(gone, row) || names(staying, row))
                        .map(row ->
                                new MessageToOne(
                                        row.message.id(), row.state.kind(), names(staying, row)))
                        .toList();
        for (MessageToOne surplus : MessageToOne.surplus(messages)) {
            MessageRow row = Optional.ofNullable(store.messages.get(surplus.id())).orElseThrow();
            row.settle(MessageToOne.excluded(now), now);
            row.writtenInstead = staying.id();
            row.decision = null;
        }
        return messages.stream().anyMatch(each -> !each.staying() && each.isWaiting());
    }

    private static boolean names(Profile person, MessageRow row) {
        return person.identities().contains(row.message.identity());
    }

    /// Members are known by their identities here, which stay with whoever has them.
    @Override
    public void move(ProfileId from, ProfileId to, Set<ExecutionId> waiting) {
        store.requireThere();
    }

    /// Who is gone takes up no address here.
    @Override
    public void leave(ProfileId gone) {
        store.requireThere();
    }

    /// What has settled is counted anew each time.
    @Override
    public void addUp(int rows) {
        store.requireThere();
    }

    /// Members are part of their broadcast here.
    @Override
    public int forgetMembers(int limit) {
        store.requireThere();
        return 0;
    }

    @Override
    public int forget(Instant before, int limit) {
        synchronized (store) {
            store.requireThere();
            List<ExecutionId> old =
                    store.broadcasts.entrySet().stream()
                            .filter(entry -> !entry.getValue().state.isUnfinished())
                            .map(Map.Entry::getKey)
                            .filter(id -> execution(id).createTime().isBefore(before))
                            .filter(id ->
                                    store.messages.values().stream()
                                            .noneMatch(row -> row.execution.id().equals(id)))
                            .limit(limit)
                            .toList();
            old.forEach(store.broadcasts::remove);
            return old.size();
        }
    }
}
