package io.campanile.application.delivery;

import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.Lane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Room in one lane of a queue that is reserved before messages are claimed for it, and what comes
/// into it. Once it is closed, that is in the queue, and the rest of the room is free again. Not
/// thread-safe.
final class ReservedRoom implements AutoCloseable {
    private static final int LARGEST_CLAIM = 512;

    /// Claiming a few messages costs as much as claiming many. So a campaign that has some messages
    /// here is claimed for again only when its share of this room is free, or after a while: fresh
    /// messages take up room as well, so it may never be free.
    private static final int SMALLEST_ROOM = 256;

    private final FairQueue queue;
    private final Lane lane;

    /// What is left of each campaign's places; less than nothing when its messages took more.
    private final Map<CampaignId, Integer> left = new HashMap<>();

    private final List<Deliverable> ready = new ArrayList<>();
    private boolean lacking;

    private ReservedRoom(FairQueue queue, Lane lane) {
        this.queue = queue;
        this.lane = lane;
    }

    /// Reserves room for campaigns.
    ///
    /// @param most how many messages there is use for
    /// @param waitedLong whether they have waited so long for their share that less will do
    static ReservedRoom reserve(
            FairQueue queue,
            Lane lane,
            List<CampaignId> campaigns,
            int most,
            boolean waitedLong,
            RandomGenerator random) {
        var room = new ReservedRoom(queue, lane);
        if (most < SMALLEST_ROOM) {
            room.reserveFew(campaigns, most, random);
        } else {
            room.reserveShares(campaigns, most, waitedLong);
        }
        return room;
    }

    /// Equal places for all. However full memory is, a campaign that has nothing there gets a few,
    /// so that it need not wait for the backlogs of others.
    private void reserveShares(List<CampaignId> campaigns, int most, boolean waitedLong) {
        int room = Math.min(queue.room(lane), most);
        int share =
                room < SMALLEST_ROOM
                        ? FairLane.ALWAYS_ROOM_FOR
                        : Math.clamp(room / campaigns.size(), 1, LARGEST_CLAIM);
        int worthwhile = waitedLong ? 1 : SMALLEST_ROOM / campaigns.size();
        for (CampaignId campaign : campaigns) {
            boolean mayWait = queue.holds(lane, campaign);
            int places = queue.reserveUpTo(lane, campaign, share);
            if (places == 0 || (mayWait && places < worthwhile)) {
                giveBack(campaign, places);
                lacking = true;
            } else {
                left.put(campaign, places);
            }
        }
    }

    /// A few places for some of the campaigns, as long as there is no use for more.
    private void reserveFew(List<CampaignId> campaigns, int most, RandomGenerator random) {
        List<CampaignId> inTurn = new ArrayList<>(campaigns);
        Collections.rotate(inTurn, random.nextInt(campaigns.size()));
        List<CampaignId> some = inTurn.subList(0, Math.min(most, campaigns.size()));
        for (CampaignId campaign : some) {
            int share = Math.min(most / some.size(), LARGEST_CLAIM);
            int places = queue.reserveUpTo(lane, campaign, share);
            if (places > 0) {
                left.put(campaign, places);
            }
        }
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /// Whether there was not enough room for each campaign.
    boolean isLacking() {
        return lacking;
    }

    /// For whom room is reserved.
    Set<CampaignId> campaigns() {
        return Collections.unmodifiableSet(left.keySet());
    }

    /// How many places each of them has at least, before any message came.
    int placesOfEach() {
        return Collections.min(left.values());
    }

    /// Takes a message of one of the campaigns, which may be larger than what was reserved.
    void add(Deliverable message) {
        ready.add(message);
        left.merge(message.campaign(), -message.places(), Integer::sum);
    }

    @Override
    public void close() {
        left.forEach((campaign, places) -> {
            if (places < 0) {
                queue.exceed(lane, campaign, -places);
            }
        });
        if (!ready.isEmpty()) {
            queue.addAll(ready);
        }
        left.forEach(this::giveBack);
    }

    private void giveBack(CampaignId campaign, int places) {
        if (places > 0) {
            queue.giveBack(lane, campaign, places);
        }
    }
}
