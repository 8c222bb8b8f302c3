package io.campanile.application.delivery;

import io.campanile.application.broadcast.SharedPayloads;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.delivery.ClaimOpener.Opened;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.DueCampaign;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.secret.port.SecretKeyUnknown;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.Rests;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.Lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Brings due messages that nobody holds into memory: those whose node died, and those that became
/// due later. Fair: every campaign with something due gets its share of the room. One thread.
public final class Claimer {
    private static final System.Logger LOG = System.getLogger(Claimer.class.getName());

    /// Between two looks whether a one-time code is due.
    private static final Duration MOST_BETWEEN_LOOKS = Duration.ofMillis(50);

    private static final Duration IDLE_WAIT = Duration.ofMillis(100);
    private static final Duration ROOM_WAIT = Duration.ofMillis(20);
    private static final Duration STORE_WAIT = Duration.ofSeconds(2);

    /// How long what failed is left alone, and the others get their turn.
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    /// At most, where the store fails one turn again and again: codes may be among what waits.
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    /// How long what this node has no key for is left to the others.
    private static final Duration WITHOUT_KEY = Duration.ofSeconds(10);

    private static final int LARGEST_CLAIM = 512;

    /// Claiming a few messages costs as much as claiming many. So a campaign that has some messages
    /// here is claimed for again only when its share of this room is free, or after a while: fresh
    /// messages take up room as well, so it may never be free.
    private static final int SMALLEST_ROOM = 256;

    private static final int MOST_WAITS = 5;

    private final DeliveryPorts ports;
    private final Delivery delivery;
    private final ClaimOpener opener;
    private final OutageLog outages = new OutageLog(Claimer.class);
    private final Thread thread;

    /// Turns that failed.
    private final Rests<Turn> passedOver = new Rests<>(AFTER_FAILURE, LONGEST_REST);

    /// Turns that the store failed, and has not served since: they come last. The store may be away
    /// for all then, so that they do not rest.
    private final SequencedSet<Turn> last = new LinkedHashSet<>();

    /// Whether the store has served a turn in this round, and since one failed in it.
    private boolean storeServes;

    /// When it was last looked what is due.
    private Instant lookTime = Instant.EPOCH;

    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean lackedRoom;
    private int waits;

    /// Claims nothing before [#start].
    public Claimer(
            DeliveryPorts ports, Delivery delivery, PayloadOpener payloads, SharedPayloads shared) {
        this.ports = ports;
        this.delivery = delivery;
        this.opener = new ClaimOpener(ports, delivery, payloads, shared);
        this.thread = Thread.ofPlatform().name("claimer").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Claims nothing more.
    public void stop() throws InterruptedException {
        stop.countDown();
        thread.join();
    }

    private void run() {
        try {
            Duration wait = Duration.ZERO;
            while (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = round();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the claimer", e);
        }
    }

    /// Claims once in every lane.
    ///
    /// @return how long to wait before the next round
    private Duration round() {
        if (ports.clock().isApart()) {
            return IDLE_WAIT;
        }
        lackedRoom = false;
        storeServes = false;
        int claimed = 0;
        try {
            Map<Turn, List<CampaignId>> due = due();
            List<Turn> atTheEnd = List.copyOf(last);
            for (Lane lane : Lane.values()) {
                claimed += claim(lane, due);
            }
            for (Turn turn : atTheEnd) {
                claimed += claim(turn, due.getOrDefault(turn, List.of()));
            }
        } catch (StoreUnavailable e) {
            outages.warn("claiming waits for the database", e);
            return STORE_WAIT;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a claiming round failed", e);
            return STORE_WAIT;
        }
        waits = lackedRoom && claimed == 0 ? waits + 1 : 0;
        if (claimed > 0) {
            return Duration.ZERO;
        }
        return lackedRoom ? ROOM_WAIT : IDLE_WAIT;
    }

    private record Turn(Lane lane, ChannelConfigurationId provider) {}

    /// The campaigns that have something due, but for the turns that are passed over.
    private Map<Turn, List<CampaignId>> due() {
        Instant now = ports.clock().instant();
        lookTime = now;
        Map<Turn, List<CampaignId>> byTurn = new HashMap<>();
        for (DueCampaign due : ports.queue().dueCampaigns(now)) {
            byTurn.computeIfAbsent(
                            new Turn(due.lane(), due.configuration()), _ -> new ArrayList<>())
                    .add(due.campaign());
        }
        last.retainAll(byTurn.keySet());
        byTurn.keySet().removeAll(passedOver.resting(now));
        return byTurn;
    }

    private int claim(Lane lane, Map<Turn, List<CampaignId>> due) {
        int claimed = 0;
        for (var entry : due.entrySet()) {
            Turn turn = entry.getKey();
            if (turn.lane() == lane && !last.contains(turn)) {
                claimed += claim(turn, entry.getValue());
            }
        }
        return claimed;
    }

    private int claim(Turn turn, List<CampaignId> campaigns) {
        ProviderLoop loop = campaigns.isEmpty() ? null : delivery.readyLoop(turn.provider());
        if (loop == null) {
            return 0;
        }
        int claimed = tryToClaim(turn, loop, campaigns);
        return turn.lane() == Lane.TRANSACTIONAL ? claimed : claimed + claimUrgent();
    }

    /// What has become due of the first lane while the others were claimed from does not wait until
    /// all of them had their turns.
    private int claimUrgent() {
        Duration age = Duration.between(lookTime, ports.clock().instant());
        return !age.isNegative() && age.compareTo(MOST_BETWEEN_LOOKS) < 0
                ? 0
                : claim(Lane.TRANSACTIONAL, due());
    }

    /// Whatever is wrong with what waits for one provider, the others get their turn.
    private int tryToClaim(Turn turn, ProviderLoop loop, List<CampaignId> campaigns) {
        try {
            return claim(turn, loop, campaigns);
        } catch (StoreUnavailable e) {
            last.remove(turn);
            last.add(turn);
            restOrRethrow(turn, loop, e);
            return 0;
        } catch (RuntimeException e) {
            passOver(turn);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "claiming failed and is tried again configuration="
                            + loop.configuration().name(),
                    e);
            return 0;
        }
    }

    /// When the store has just served another turn, it is not away, and what waits for this
    /// provider may be damaged or locked: then only this turn rests. Otherwise the round ends, and
    /// the next one begins with the others.
    private void restOrRethrow(Turn turn, ProviderLoop loop, StoreUnavailable e) {
        if (!storeServes) {
            throw e;
        }
        storeServes = false;
        passedOver.failed(turn, ports.clock().instant());
        outages.warn(
                "claiming waits for the database configuration=" + loop.configuration().name(), e);
    }

    private int claim(Turn turn, ProviderLoop loop, List<CampaignId> campaigns) {
        Lane lane = turn.lane();
        ChannelConfigurationId provider = turn.provider();
        FairQueue queue = delivery.queue(provider);
        int most = delivery.room(loop).mostClaimed(lane);
        Map<CampaignId, Integer> reserved =
                most < SMALLEST_ROOM
                        ? reserveFew(lane, queue, campaigns, most)
                        : reserve(lane, queue, campaigns, most);
        if (reserved.isEmpty()) {
            return 0;
        }
        List<Deliverable> ready = new ArrayList<>();
        try {
            Instant now = ports.clock().instant();
            List<ClaimedMessage> claimed =
                    ports.queue()
                            .claim(
                                    ports.node(),
                                    lane,
                                    provider,
                                    reserved.keySet(),
                                    Collections.min(reserved.values()),
                                    now.plus(MessageQueue.CLAIM_LEASE),
                                    now);
            open(turn, loop, claimed, ready, now);
            return claimed.size();
        } catch (RuntimeException e) {
            ports.strays().suspect();
            throw e;
        } finally {
            for (Deliverable message : ready) {
                reserved.merge(message.campaign(), -message.places(), Integer::sum);
            }
            exceed(lane, queue, reserved);
            delivery.deliver(provider, ready);
            giveBack(lane, queue, reserved);
        }
    }

    /// Opens what was claimed. What cannot be opened now comes back later.
    private void open(
            Turn turn,
            ProviderLoop loop,
            List<ClaimedMessage> claimed,
            List<Deliverable> ready,
            Instant now) {
        Map<String, List<Claim>> withoutKey = new HashMap<>();
        List<ClaimedMessage> unsettled = new ArrayList<>();
        for (ClaimedMessage message : claimed) {
            try {
                switch (opener.open(message, loop.configuration(), now)) {
                    case Opened.Ready(var deliverable) -> ready.add(deliverable);
                    case Opened.Settled _ -> {}
                    case Opened.Unsettled _ -> unsettled.add(message);
                }
            } catch (SecretKeyUnknown e) {
                withoutKey
                        .computeIfAbsent(String.valueOf(e.getMessage()), _ -> new ArrayList<>())
                        .add(message.claim());
            }
        }
        served(turn, claimed);
        if (!withoutKey.isEmpty()) {
            // Whoever has the key claims slower, because it delivers as well.
            passOver(turn);
            leaveToOthers(withoutKey, now);
        }
        if (!unsettled.isEmpty()) {
            passOver(turn);
            comeBackLater(unsettled, now);
        }
    }

    /// One message is claimed although it may be larger than what was reserved.
    private static void exceed(Lane lane, FairQueue queue, Map<CampaignId, Integer> left) {
        left.forEach((campaign, places) -> {
            if (places < 0) {
                queue.exceed(lane, campaign, -places);
            }
        });
    }

    /// That there is nothing to claim does not tell that the store serves what there is.
    private void served(Turn turn, List<ClaimedMessage> claimed) {
        storeServes |= !claimed.isEmpty();
        last.remove(turn);
        passedOver.succeeded(turn);
    }

    private void passOver(Turn turn) {
        passedOver.rest(turn, AFTER_FAILURE, ports.clock().instant());
    }

    /// Another node may have the key, or this one when it is started with it.
    private void leaveToOthers(Map<String, List<Claim>> byCause, Instant now) {
        byCause.forEach((cause, claims) -> {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "messages are left to other nodes count={0} cause={1}",
                    claims.size(),
                    cause);
            ports.queue().release(ports.node(), claims, now.plus(WITHOUT_KEY));
        });
    }

    /// Claims on messages in doubt end soon by themselves.
    private void comeBackLater(List<ClaimedMessage> unsettled, Instant now) {
        List<Claim> unreadable =
                unsettled.stream()
                        .filter(message -> !message.inDoubt())
                        .map(ClaimedMessage::claim)
                        .toList();
        if (!unreadable.isEmpty()) {
            ports.queue().release(ports.node(), unreadable, now.plus(AFTER_FAILURE));
        }
    }

    private static void giveBack(Lane lane, FairQueue queue, Map<CampaignId, Integer> reserved) {
        reserved.forEach((campaign, places) -> {
            if (places > 0) {
                queue.giveBack(lane, campaign, places);
            }
        });
    }

    /// Equal places for all. However full memory is, a campaign that has nothing there gets a few,
    /// so that it need not wait for the backlogs of others.
    private Map<CampaignId, Integer> reserve(
            Lane lane, FairQueue queue, List<CampaignId> campaigns, int most) {
        int room = Math.min(queue.room(lane), most);
        int share =
                room < SMALLEST_ROOM
                        ? FairLane.ALWAYS_ROOM_FOR
                        : Math.clamp(room / campaigns.size(), 1, LARGEST_CLAIM);
        int worthwhile = waits < MOST_WAITS ? SMALLEST_ROOM / campaigns.size() : 1;
        Map<CampaignId, Integer> reserved = new HashMap<>();
        for (CampaignId campaign : campaigns) {
            boolean mayWait = queue.holds(lane, campaign);
            int places = queue.reserveUpTo(lane, campaign, share);
            if (places == 0 || (mayWait && places < worthwhile)) {
                giveBack(lane, queue, Map.of(campaign, places));
                lackedRoom = true;
            } else {
                reserved.put(campaign, places);
            }
        }
        return reserved;
    }

    /// A few places for some of the campaigns, as long as there is no use for more.
    private Map<CampaignId, Integer> reserveFew(
            Lane lane, FairQueue queue, List<CampaignId> campaigns, int most) {
        Collections.rotate(campaigns, ports.random().nextInt(campaigns.size()));
        List<CampaignId> some = campaigns.subList(0, Math.min(most, campaigns.size()));
        Map<CampaignId, Integer> reserved = new HashMap<>();
        for (CampaignId campaign : some) {
            int share = Math.min(most / some.size(), LARGEST_CLAIM);
            int places = queue.reserveUpTo(lane, campaign, share);
            if (places > 0) {
                reserved.put(campaign, places);
            }
        }
        return reserved;
    }
}
