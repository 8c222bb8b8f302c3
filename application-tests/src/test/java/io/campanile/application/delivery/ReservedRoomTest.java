package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.port.Claim;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Tries;
import io.campanile.domain.profile.Identity;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

class ReservedRoomTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final CampaignId A = new CampaignId(new UUID(0, 0xA));
    private static final CampaignId B = new CampaignId(new UUID(0, 0xB));
    private static final CampaignId C = new CampaignId(new UUID(0, 0xC));
    private static final Lane LANE = Lane.MARKETING;
    private static final int CAPACITY = 1_000;
    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    private final FairQueue queue = new FairQueue(CAPACITY);

    private ReservedRoom reserve(int most, CampaignId... campaigns) {
        return reserve(most, false, campaigns);
    }

    private ReservedRoom reserve(int most, boolean waitedLong, CampaignId... campaigns) {
        return ReservedRoom.reserve(
                queue, LANE, List.of(campaigns), most, waitedLong, new SplittableRandom(1));
    }

    private static Deliverable message(CampaignId campaign, int places) {
        return new Deliverable(
                new Claim(new MessageId(UUID.randomUUID()), ClaimEpoch.FIRST),
                campaign,
                1,
                LANE,
                new Identity(Identity.EMAIL, "ada@example.com"),
                null,
                new Payload(Map.of(), Map.of()),
                places,
                NOON,
                NOON,
                Tries.NONE,
                ClaimHistory.FRESH);
    }

    /// Leaves so many places for campaigns that have none of their own.
    private void fillAllBut(int places) {
        assertThat(queue.reserve(LANE, B, CAPACITY / 2)).isTrue();
        assertThat(queue.reserve(LANE, C, CAPACITY / 2 - places)).isTrue();
    }

    @Test
    void isSharedEqually() {
        ReservedRoom room = reserve(ANY_NUMBER, A, B, C);

        assertThat(room.campaigns()).containsExactlyInAnyOrder(A, B, C);
        assertThat(room.placesOfEach()).isEqualTo(333);
        assertThat(room.isLacking()).isFalse();
        assertThat(queue.room(LANE)).isEqualTo(1);
    }

    @Test
    void isFreeAgainWhenNothingCameForIt() {
        try (ReservedRoom room = reserve(ANY_NUMBER, A, B)) {
            room.add(message(A, 3));
            assertThat(queue.waiting()).isZero();
        }

        assertThat(queue.waiting()).isEqualTo(1);
        assertThat(queue.room(LANE)).isEqualTo(CAPACITY - 3);
    }

    @Test
    void isExceededByAMessageThatIsLargerThanItsPlaces() {
        try (ReservedRoom room = reserve(ANY_NUMBER, A)) {
            assertThat(room.placesOfEach()).isEqualTo(500);
            room.add(message(A, 499));
            room.add(message(A, 101));
        }

        assertThat(queue.room(LANE)).isEqualTo(CAPACITY - 600);
        assertThat(queue.poll(2)).hasSize(2);
        assertThat(queue.room(LANE)).isEqualTo(CAPACITY);
    }

    @Test
    void isForSomeCampaignsWhenThereIsUseForFewMessages() {
        ReservedRoom room = reserve(2, A, B, C);

        assertThat(room.campaigns()).hasSize(2);
        assertThat(room.placesOfEach()).isEqualTo(1);
        assertThat(room.isLacking()).isFalse();
        assertThat(queue.room(LANE)).isEqualTo(CAPACITY - 2);
    }

    @Test
    void isNoneWhenThereIsUseForNoMessage() {
        assertThat(reserve(0, A, B).isEmpty()).isTrue();
        assertThat(queue.room(LANE)).isEqualTo(CAPACITY);
    }

    @Test
    void isNotTakenBitByBitByACampaignThatHasSomeUntilItHasWaitedLong() {
        fillAllBut(100);
        assertThat(queue.reserve(LANE, A, 20)).isTrue();

        ReservedRoom none = reserve(ANY_NUMBER, A);
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.isLacking()).isTrue();
        assertThat(queue.room(LANE)).isEqualTo(80);

        ReservedRoom little = reserve(ANY_NUMBER, true, A);
        assertThat(little.placesOfEach()).isEqualTo(16);
        assertThat(queue.room(LANE)).isEqualTo(64);
    }

    @Test
    void isThereForACampaignThatHasNoneHoweverFullMemoryIs() {
        fillAllBut(0);

        ReservedRoom room = reserve(ANY_NUMBER, A, B);

        assertThat(room.campaigns()).containsExactly(A);
        assertThat(room.placesOfEach()).isEqualTo(16);
        assertThat(room.isLacking()).isTrue();
    }
}
