package io.campanile.application.delivery;

import io.campanile.domain.campaign.CampaignId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The messages of one lane, one from each campaign in turn. Bounded: places are reserved before
/// messages are added. Not thread-safe; [FairQueue] guards it.
final class FairLane {
    /// Every campaign may have this many places even when the others have filled the lane.
    static final int ALWAYS_ROOM_FOR = 16;

    private static final class Campaign {
        final ArrayDeque<Deliverable> waiting = new ArrayDeque<>();
        int held;
    }

    private final int capacity;
    private final Map<CampaignId, Campaign> campaigns = new HashMap<>();
    private final ArrayDeque<CampaignId> turns = new ArrayDeque<>();
    private int held;
    private int waiting;

    FairLane(int capacity) {
        this.capacity = capacity;
    }

    /// Reserves up to the given number of places; one campaign never takes more than half of the
    /// lane.
    ///
    /// @return how many were reserved
    int reserveUpTo(CampaignId id, int places) {
        Campaign known = campaigns.get(id);
        int already = known == null ? 0 : known.held;
        int fit = Math.min(capacity - held, capacity / 2 - already);
        int granted = Math.clamp(Math.max(fit, ALWAYS_ROOM_FOR - already), 0, places);
        if (granted > 0) {
            campaigns.computeIfAbsent(id, _ -> new Campaign()).held += granted;
            held += granted;
        }
        return granted;
    }

    /// Takes places that nobody could know of when the others were reserved.
    void exceed(CampaignId id, int places) {
        campaigns.computeIfAbsent(id, _ -> new Campaign()).held += places;
        held += places;
    }

    void giveBack(CampaignId id, int places) {
        Campaign campaign = campaigns.get(id);
        if (campaign == null || campaign.held < places) {
            throw new IllegalStateException("more places given back than reserved: " + places);
        }
        campaign.held -= places;
        held -= places;
        if (campaign.held == 0) {
            campaigns.remove(id);
        }
    }

    /// Adds a message whose places were reserved.
    void add(Deliverable message) {
        Campaign campaign = campaigns.get(message.campaign());
        if (campaign == null) {
            throw new IllegalStateException("no places were reserved for " + message);
        }
        if (campaign.waiting.isEmpty()) {
            turns.addLast(message.campaign());
        }
        campaign.waiting.addLast(message);
        waiting++;
    }

    /// The next message of the campaign whose turn it is; its places are free again.
    @Nullable Deliverable poll() {
        CampaignId turn = turns.pollFirst();
        Campaign campaign = turn == null ? null : campaigns.get(turn);
        if (turn == null || campaign == null) {
            return null;
        }
        Deliverable message = campaign.waiting.removeFirst();
        waiting--;
        if (!campaign.waiting.isEmpty()) {
            turns.addLast(turn);
        }
        giveBack(turn, message.places());
        return message;
    }

    /// Takes out what was claimed before a time; its places are free again.
    List<Deliverable> pollClaimedBefore(Instant time) {
        List<Deliverable> polled = new ArrayList<>();
        for (CampaignId turn : List.copyOf(turns)) {
            Campaign campaign = campaigns.get(turn);
            if (campaign != null) {
                campaign.waiting.removeIf(
                        message -> message.claimTime().isBefore(time) && polled.add(message));
                if (campaign.waiting.isEmpty()) {
                    turns.remove(turn);
                }
            }
        }
        waiting -= polled.size();
        polled.forEach(message -> giveBack(message.campaign(), message.places()));
        return polled;
    }

    boolean holds(CampaignId id) {
        return campaigns.containsKey(id);
    }

    int room() {
        return Math.max(0, capacity - held);
    }

    int waiting() {
        return waiting;
    }
}
