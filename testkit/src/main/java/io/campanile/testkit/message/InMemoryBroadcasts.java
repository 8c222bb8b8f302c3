package io.campanile.testkit.message;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.broadcast.port.LockedBroadcast;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.NewMessage;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.FanOutStep;
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
        NewExecution execution = store.execution(id);
        CampaignControl control =
                store.controls.getOrDefault(
                        execution.campaign(),
                        new CampaignControl(false, 1, CampaignControl.Delivery.CANCEL));
        return new LockedBroadcast(
                row.of(execution),
                store.campaigns.get(execution.campaign()),
                control,
                openMessages(id),
                store.clock.instant());
    }

    private OpenMessages openMessages(ExecutionId id) {
        Instant now = store.clock.instant();
        List<MessageRow> open = store.open(id);
        long putOff =
                open.stream().filter(row -> row.owner == null && row.dueTime.isAfter(now)).count();
        long held = open.stream().filter(MessageRow::isHeld).count();
        return new OpenMessages(open.size(), putOff, held);
    }

    @Override
    public boolean begin(ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            BroadcastRow row = store.broadcast(execution);
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
            BroadcastRow row = store.broadcast(execution);
            row.nextTime = chunk.nextTime();
            for (long end = row.written + chunk.members(); row.written < end; row.written++) {
                Member member = row.members.get(row.written);
                NewMessage message = message(store.execution(execution), row, member, now);
                var written = new MessageRow(store.execution(execution), message, 0);
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
            store.broadcast(execution).state = state;
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
            store.broadcast(execution).keep(state);
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
}
