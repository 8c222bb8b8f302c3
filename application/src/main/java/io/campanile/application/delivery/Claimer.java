package io.campanile.application.delivery;

import io.campanile.application.broadcast.SharedPayloads;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.delivery.ClaimOpener.Opened;
import io.campanile.application.delivery.ClaimTurns.Turn;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.secret.port.SecretKeyUnknown;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.Lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /// How long what this node has no key for is left to the others.
    private static final Duration WITHOUT_KEY = Duration.ofSeconds(10);

    /// After so many rounds in which nothing was claimed for want of room, less room will do.
    private static final int MOST_WAITS = 5;

    private final DeliveryPorts ports;
    private final Delivery delivery;
    private final ClaimOpener opener;
    private final OutageLog outages = new OutageLog(Claimer.class);
    private final ClaimTurns turns = new ClaimTurns();
    private final Thread thread;

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
        turns.begin();
        int claimed = 0;
        try {
            Map<Turn, List<CampaignId>> due = due();
            List<Turn> atTheEnd = turns.last();
            for (Lane lane : Lane.values()) {
                claimed += claimLane(lane, due);
            }
            for (Turn turn : atTheEnd) {
                claimed += claimTurn(turn, due.getOrDefault(turn, List.of()));
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

    /// The campaigns that have something due, but for the turns that are passed over.
    private Map<Turn, List<CampaignId>> due() {
        Instant now = ports.clock().instant();
        lookTime = now;
        return turns.of(ports.queue().dueCampaigns(now), now);
    }

    private int claimLane(Lane lane, Map<Turn, List<CampaignId>> due) {
        int claimed = 0;
        for (var entry : due.entrySet()) {
            Turn turn = entry.getKey();
            if (turn.lane() == lane && !turns.isLast(turn)) {
                claimed += claimTurn(turn, entry.getValue());
            }
        }
        return claimed;
    }

    private int claimTurn(Turn turn, List<CampaignId> campaigns) {
        ProviderLoop loop = campaigns.isEmpty() ? null : delivery.readyLoop(turn.configuration());
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
                : claimLane(Lane.TRANSACTIONAL, due());
    }

    /// Whatever is wrong with what waits for one provider, the others get their turn.
    private int tryToClaim(Turn turn, ProviderLoop loop, List<CampaignId> campaigns) {
        try (ReservedRoom room = reserve(turn, loop, campaigns)) {
            return room.isEmpty() ? 0 : claimMessages(turn, loop, room);
        } catch (StoreUnavailable e) {
            if (!turns.putLast(turn, ports.clock().instant())) {
                // The round ends, and the next one begins with the others.
                throw e;
            }
            outages.warn(
                    "claiming waits for the database configuration=" + loop.configuration().name(),
                    e);
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

    private ReservedRoom reserve(Turn turn, ProviderLoop loop, List<CampaignId> campaigns) {
        ReservedRoom room =
                ReservedRoom.reserve(
                        delivery.queue(turn.configuration()),
                        turn.lane(),
                        campaigns,
                        delivery.room(loop).mostClaimed(turn.lane()),
                        waits >= MOST_WAITS,
                        ports.random());
        lackedRoom |= room.isLacking();
        return room;
    }

    private int claimMessages(Turn turn, ProviderLoop loop, ReservedRoom room) {
        try {
            Instant now = ports.clock().instant();
            List<ClaimedMessage> claimed =
                    ports.queue()
                            .claim(
                                    ports.node(),
                                    turn.lane(),
                                    turn.configuration(),
                                    room.campaigns(),
                                    room.placesOfEach(),
                                    now.plus(MessageQueue.CLAIM_LEASE),
                                    now);
            open(turn, loop, claimed, room, now);
            return claimed.size();
        } catch (RuntimeException e) {
            ports.strays().suspect();
            throw e;
        }
    }

    /// Opens what was claimed. What cannot be opened now comes back later.
    private void open(
            Turn turn,
            ProviderLoop loop,
            List<ClaimedMessage> claimed,
            ReservedRoom room,
            Instant now) {
        Map<String, List<Claim>> withoutKey = new HashMap<>();
        List<ClaimedMessage> unsettled = new ArrayList<>();
        for (ClaimedMessage message : claimed) {
            try {
                switch (opener.open(message, loop.configuration(), now)) {
                    case Opened.Ready(var deliverable) -> room.add(deliverable);
                    case Opened.Settled _ -> {}
                    case Opened.Unsettled _ -> unsettled.add(message);
                }
            } catch (SecretKeyUnknown e) {
                withoutKey
                        .computeIfAbsent(String.valueOf(e.getMessage()), _ -> new ArrayList<>())
                        .add(message.claim());
            }
        }
        turns.served(turn, !claimed.isEmpty());
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

    private void passOver(Turn turn) {
        turns.passOver(turn, ports.clock().instant());
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
            ports.queue().release(ports.node(), unreadable, now.plus(ClaimTurns.AFTER_FAILURE));
        }
    }
}
