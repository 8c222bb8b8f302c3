package io.campanile.testkit.message;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.DueCampaign;
import io.campanile.application.delivery.port.MarkResult;
import io.campanile.application.delivery.port.MarkTerms;
import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Recording;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.Tries;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The queue in memory.
final class InMemoryMessageQueue implements MessageQueue {
    private final InMemoryStore store;

    InMemoryMessageQueue(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Set<DueCampaign> dueCampaigns(Instant now) {
        synchronized (store) {
            store.requireThere();
            return store.open()
                    .filter(row -> !row.dueTime.isAfter(now))
                    .map(row ->
                            new DueCampaign(
                                    row.message.lane(),
                                    row.execution.configuration(),
                                    row.execution.campaign()))
                    .filter(due -> delivery(due.campaign()) == CampaignControl.Delivery.DELIVER)
                    .collect(Collectors.toSet());
        }
    }

    private CampaignControl.Delivery delivery(CampaignId campaign) {
        CampaignControl control = store.controls.get(campaign);
        return control == null ? CampaignControl.Delivery.HOLD : control.delivery();
    }

    @Override
    public List<ClaimedMessage> claim(
            NodeId node,
            Lane lane,
            ChannelConfigurationId configuration,
            Collection<CampaignId> campaigns,
            int places,
            Instant leaseEndTime,
            Instant now) {
        store.faults().claiming(lane);
        synchronized (store) {
            store.requireThere();
            store.faults().requireClaiming(configuration);
            var claimed = new ArrayList<ClaimedMessage>();
            for (CampaignId campaign : campaigns) {
                var taken = new AtomicInteger();
                store.open()
                        .filter(row -> row.execution.campaign().equals(campaign))
                        .filter(row -> row.execution.configuration().equals(configuration))
                        .filter(row -> row.message.lane() == lane && !row.dueTime.isAfter(now))
                        .sorted(Comparator.comparing(row -> row.dueTime))
                        .takeWhile(row -> fits(row, taken, places))
                        .forEach(row -> claimed.add(claim(row, node, leaseEndTime, now)));
            }
            return claimed;
        }
    }

    /// Whether there is room for it, or for nothing else.
    private static boolean fits(MessageRow row, AtomicInteger taken, int places) {
        int own = row.places();
        return taken.getAndAdd(own) == 0 || taken.get() <= places;
    }

    private static ClaimedMessage claim(
            MessageRow row, NodeId node, Instant leaseEndTime, Instant now) {
        Instant doubtEndTime = now.plus(DOUBT_LEASE);
        row.owner = node.value();
        row.epoch++;
        row.dueTime =
                row.isSending() && doubtEndTime.isBefore(leaseEndTime)
                        ? doubtEndTime
                        : leaseEndTime;
        row.claimsWithoutMark = row.isSending() ? 1 : row.claimsWithoutMark + 1;
        return new ClaimedMessage(
                new Claim(row.message.id(), new ClaimEpoch(row.epoch)),
                row.execution.id(),
                row.execution.campaign(),
                row.execution.revision(),
                row.message.lane(),
                row.message.identity(),
                row.storedAddress(),
                row.execution.broadcast() == null ? row.message.payload() : null,
                row.sensitive,
                row.message.expireTime(),
                new Tries(row.attempts, row.doubts()),
                new ClaimHistory(row.claimsWithoutMark, row.loneTries),
                row.isSending());
    }

    @Override
    public Set<MessageId> held(NodeId node, List<Claim> claims) {
        synchronized (store) {
            store.requireThere();
            return claims.stream()
                    .map(claim -> held(node, claim))
                    .filter(row -> row != null && !store.erasures.isGone(row))
                    .map(row -> row.message.id())
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void noteLoneTry(NodeId node, Claim claim, int tries) {
        synchronized (store) {
            store.requireThere();
            MessageRow row = held(node, claim);
            if (row != null) {
                row.loneTries = tries;
            }
        }
    }

    @Override
    public MarkResult mark(NodeId node, MarkTerms terms, List<Marking> markings, Instant now) {
        store.faults().marking();
        synchronized (store) {
            store.requireThere();
            store.faults().requireMarking(markings);
            var marked = new HashSet<MessageId>();
            boolean givenBack = false;
            boolean outdated = !store.isActive(terms.configuration(), terms.version());
            for (Marking marking : markings) {
                Claim claim = marking.claim();
                MessageRow row = held(node, claim);
                if (row == null) {
                    continue;
                }
                if (row.isSending()) {
                    row.decided(marking.decision());
                    marked.add(claim.message());
                } else if (!outdated
                        && !store.isTakenForDead(node)
                        && row.message.expireTime().isAfter(now)
                        && !row.dueTime.isBefore(terms.attemptEndTime())
                        && delivery(row.execution.campaign()) == CampaignControl.Delivery.DELIVER) {
                    row.mark(now);
                    row.decided(marking.decision());
                    marked.add(claim.message());
                } else {
                    row.release(now);
                    givenBack = true;
                }
            }
            return new MarkResult(marked, outdated && givenBack);
        }
    }

    private @Nullable MessageRow held(NodeId node, Claim claim) {
        MessageRow row = store.messages.get(claim.message());
        return row != null
                        && row.isHeldUnder(claim)
                        && row.owner != null
                        && row.owner == node.value()
                ? row
                : null;
    }

    @Override
    public Set<MessageId> record(List<Recording> recordings) {
        synchronized (store) {
            store.faults().awaitUnlocked(recordings);
            store.requireThere();
            store.faults().requireTaken(recordings);
            var recorded = new HashSet<MessageId>();
            for (Recording recording : recordings) {
                MessageRow row = store.messages.get(recording.claim().message());
                if (row != null && row.isHeldUnder(recording.claim())) {
                    record(row, recording);
                    row.decided(recording.decision());
                    recorded.add(recording.claim().message());
                }
            }
            return recorded;
        }
    }

    private boolean isPaused(ExecutionId execution) {
        BroadcastRow broadcast = store.broadcasts.get(execution);
        return broadcast != null && broadcast.paused;
    }

    private void record(MessageRow row, Recording recording) {
        switch (recording.state()) {
            case MessageState.Settled settled -> {
                row.settle(settled, recording.time());
                row.reply = recording.reply();
            }
            case MessageState.Deferred deferred -> {
                row.attempts -= recording.notBegun() ? 1 : 0;
                row.defer(deferred, recording.reply(), recording.time());
                if (isPaused(row.execution.id())) {
                    row.hold();
                }
                if (store.cancellations.containsKey(row.execution.id())) {
                    cancel(row, Reason.EXECUTION_CANCELLED, recording.time());
                } else if (store.erasures.isGone(row)) {
                    cancel(row, Reason.PROFILE_ERASED, recording.time());
                }
            }
            case MessageState.Accepted _, MessageState.Sending _ ->
                    throw new IllegalArgumentException(
                            "only settled and deferred states are recorded");
        }
    }

    private static void cancel(MessageRow row, Reason reason, Instant time) {
        row.settle(new MessageState.Cancelled(reason, time), time);
    }

    @Override
    public void release(NodeId node, List<Claim> claims, Instant dueTime) {
        synchronized (store) {
            store.requireThere();
            store.faults().requireReleasing();
            for (Claim claim : claims) {
                MessageRow row = held(node, claim);
                if (row != null && !row.isSending()) {
                    row.release(dueTime);
                }
            }
        }
    }

    @Override
    public int releaseAll(NodeId node, Instant dueTime) {
        synchronized (store) {
            store.requireThere();
            List<MessageRow> held =
                    store.open()
                            .filter(row -> row.owner != null && row.owner == node.value())
                            .filter(row -> !row.isSending())
                            .toList();
            held.forEach(row -> row.release(dueTime));
            return held.size();
        }
    }

    @Override
    public int cancelStopped(int limit, Instant now) {
        return settle(
                row -> delivery(row.execution.campaign()) == CampaignControl.Delivery.CANCEL,
                limit,
                now,
                new MessageState.Cancelled(Reason.CAMPAIGN_STOPPED, now));
    }

    @Override
    public int expireHeld(int limit, Instant now) {
        return settle(
                row -> row.isOwnerless(now) && !row.message.expireTime().isAfter(now),
                Integer.MAX_VALUE,
                now,
                new MessageState.Expired(now));
    }

    private int settle(
            Predicate<MessageRow> which, int limit, Instant now, MessageState.Settled state) {
        synchronized (store) {
            store.requireThere();
            List<MessageRow> rows =
                    store.open()
                            .filter(row -> !row.isSending() || row.isOwnerless(now))
                            .filter(which)
                            .limit(limit)
                            .toList();
            rows.forEach(row ->
                    row.settle(row.isSending() ? new MessageState.Unknown(now) : state, now));
            return rows.size();
        }
    }
}
