package io.campanile.application.delivery;

import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.Lane;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What waits in memory for one provider: lanes by weight, inside a lane the campaigns in turn.
/// Bounded for each lane. Thread-safe.
final class FairQueue {
    private static final Lane[] LANES = Lane.values();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Lane, FairLane> lanes = new EnumMap<>(Lane.class);
    private final Map<Lane, Integer> credits = new EnumMap<>(Lane.class);
    private boolean nudged;

    FairQueue(int capacityPerLane) {
        for (Lane lane : LANES) {
            lanes.put(lane, new FairLane(capacityPerLane));
            credits.put(lane, lane.weight());
        }
    }

    /// Reserves up to the given number of places for messages of a campaign.
    ///
    /// @return how many were reserved
    int reserveUpTo(Lane lane, CampaignId campaign, int places) {
        return locked(() -> lane(lane).reserveUpTo(campaign, places));
    }

    /// Reserves all the places, or none.
    boolean reserve(Lane lane, CampaignId campaign, int places) {
        return locked(() -> {
            int granted = lane(lane).reserveUpTo(campaign, places);
            if (granted < places && granted > 0) {
                lane(lane).giveBack(campaign, granted);
            }
            return granted == places;
        });
    }

    /// Takes places beyond those that were reserved.
    void exceed(Lane lane, CampaignId campaign, int places) {
        locked(() -> lane(lane).exceed(campaign, places));
    }

    /// Gives places back that no message came for.
    void giveBack(Lane lane, CampaignId campaign, int places) {
        locked(() -> lane(lane).giveBack(campaign, places));
    }

    /// Adds messages that were here before, whether or not there is room.
    void putBack(Collection<Deliverable> messages) {
        locked(() -> {
            messages.forEach(message -> {
                lane(message.lane()).exceed(message.campaign(), message.places());
                lane(message.lane()).add(message);
            });
            changed.signalAll();
        });
    }

    /// Adds messages whose places were reserved.
    void addAll(Collection<Deliverable> messages) {
        locked(() -> {
            messages.forEach(message -> lane(message.lane()).add(message));
            changed.signalAll();
        });
    }

    /// Whether the campaign has places in the lane.
    boolean holds(Lane lane, CampaignId campaign) {
        return locked(() -> lane(lane).holds(campaign));
    }

    int room(Lane lane) {
        return locked(() -> lane(lane).room());
    }

    /// Up to `most` messages; each lane gets its weighted share when all have some.
    List<Deliverable> poll(int most) {
        return locked(() -> {
            List<Deliverable> polled = new ArrayList<>(Math.min(most, countWaiting()));
            while (polled.size() < most) {
                Deliverable next = next();
                if (next == null) {
                    break;
                }
                polled.add(next);
            }
            return polled;
        });
    }

    /// What was claimed before a time.
    List<Deliverable> pollClaimedBefore(Instant time) {
        return locked(() -> {
            List<Deliverable> polled = new ArrayList<>();
            lanes.values().forEach(lane -> polled.addAll(lane.pollClaimedBefore(time)));
            return polled;
        });
    }

    /// How many messages wait in all lanes.
    int waiting() {
        return locked(this::countWaiting);
    }

    /// How many messages wait in a lane.
    int waiting(Lane lane) {
        return locked(() -> lane(lane).waiting());
    }

    /// Waits until something waits here, but not longer than the given time.
    ///
    /// @param givenUp whether the caller has stopped waiting; asked again after each [#nudge]
    /// @return how many wait
    int awaitMessages(long most, TimeUnit unit, BooleanSupplier givenUp)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = unit.toNanos(most);
            while (countWaiting() == 0 && nanos > 0 && !givenUp.getAsBoolean()) {
                nanos = changed.awaitNanos(nanos);
            }
            return countWaiting();
        } finally {
            lock.unlock();
        }
    }

    /// Wakes the one who is in [#awaitNudge], or who gets there next.
    void nudge() {
        locked(() -> {
            nudged = true;
            changed.signalAll();
        });
    }

    /// Waits for a [#nudge], but not longer than the given time.
    void awaitNudge(long most, TimeUnit unit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = unit.toNanos(most);
            while (!nudged && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            nudged = false;
        } finally {
            lock.unlock();
        }
    }

    /// Smooth weighted turns: a lane pays one credit a message, and all are paid anew when no lane
    /// with messages has any left.
    private @Nullable Deliverable next() {
        if (countWaiting() == 0) {
            return null;
        }
        while (true) {
            for (Lane lane : LANES) {
                int credit = credits.getOrDefault(lane, 0);
                if (credit > 0 && lane(lane).waiting() > 0) {
                    credits.put(lane, credit - 1);
                    return lane(lane).poll();
                }
            }
            for (Lane lane : LANES) {
                credits.put(lane, lane.weight());
            }
        }
    }

    private int countWaiting() {
        int waiting = 0;
        for (FairLane lane : lanes.values()) {
            waiting += lane.waiting();
        }
        return waiting;
    }

    private FairLane lane(Lane lane) {
        FairLane found = lanes.get(lane);
        if (found == null) {
            throw new IllegalStateException("no such lane: " + lane);
        }
        return found;
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
