package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Tries;
import io.campanile.domain.profile.Identity;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

class NodeRoomTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final CampaignId CAMPAIGN = new CampaignId(new UUID(0, 1));
    private static final Lane LANE = Lane.TRANSACTIONAL;

    private final FairQueue queue = new FairQueue(1_000);

    private NodeRoom room(Breaker breaker, double pace) {
        return new NodeRoom(
                queue, new ProviderStatus(breaker, pace, 0, 8, 0), DeliveryLimits.DEFAULT);
    }

    private void add(int messages, Instant claimTime) {
        assertThat(queue.reserve(LANE, CAMPAIGN, messages)).isTrue();
        queue.addAll(
                IntStream.range(0, messages)
                        .mapToObj(_ -> message(claimTime.plus(MessageQueue.CLAIM_LEASE)))
                        .toList());
    }

    private static Deliverable message(Instant leaseEndTime) {
        return new Deliverable(
                new Claim(new MessageId(UUID.randomUUID()), ClaimEpoch.FIRST),
                CAMPAIGN,
                1,
                LANE,
                new Identity(Identity.EMAIL, "ada@example.com"),
                null,
                new Payload(Map.of(), Map.of()),
                1,
                Instant.MAX,
                leaseEndTime,
                Tries.NONE,
                ClaimHistory.FRESH);
    }

    @Test
    void isUnboundedForAProviderInOrder() {
        add(100, NOON);

        NodeRoom room = room(Breaker.CLOSED, 0);
        assertThat(room.takesFresh(LANE, 100)).isTrue();
        assertThat(room.mostClaimed(LANE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(room.pollVain(NOON.plus(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void isNoneWhileTheBreakerIsOpen() {
        add(100, NOON);

        NodeRoom room = room(Breaker.OPEN, 0);
        assertThat(room.takesFresh(LANE, 1)).isFalse();
        assertThat(room.mostClaimed(LANE)).isZero();
        assertThat(room.pollVain(NOON)).hasSize(100);
        assertThat(queue.waiting()).isZero();
        assertThat(queue.room(LANE)).isEqualTo(1_000);
    }

    @Test
    void isForTheProbesWhileItLooks() {
        NodeRoom room = room(Breaker.HALF_OPEN, 0);
        assertThat(room.takesFresh(LANE, 1)).isFalse();
        assertThat(room.mostClaimed(LANE)).isEqualTo(3);

        add(2, NOON);
        assertThat(room.mostClaimed(Lane.MARKETING)).isEqualTo(1);
    }

    /// Four sevenths of a minute for this lane.
    @Test
    void isForAMinuteWhileThePaceIsReduced() {
        NodeRoom room = room(Breaker.CLOSED, 2);
        assertThat(room.mostClaimed(LANE)).isEqualTo(68);
        assertThat(room.takesFresh(LANE, 68)).isTrue();
        assertThat(room.takesFresh(LANE, 69)).isFalse();

        add(10, NOON);
        assertThat(room.mostClaimed(LANE)).isEqualTo(58);
        add(25, NOON.plusSeconds(1));
        assertThat(room.mostClaimed(LANE)).isZero();

        assertThat(room.pollVain(NOON.plusSeconds(60))).isEmpty();
        List<Deliverable> vain = room.pollVain(NOON.plusSeconds(61));
        assertThat(vain).hasSize(10);
        assertThat(queue.poll(100)).hasSize(25).doesNotContainAnyElementsOf(vain);
        assertThat(queue.room(LANE)).isEqualTo(1_000);
    }
}
