package io.campanile.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.port.Claim;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Tries;
import io.campanile.domain.profile.Identity;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

class FairQueueTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final CampaignId A = new CampaignId(new UUID(0, 0xA));
    private static final CampaignId B = new CampaignId(new UUID(0, 0xB));
    private static final int CAPACITY = 100;

    private final FairQueue queue = new FairQueue(CAPACITY);
    private long lastId;

    private Deliverable message(Lane lane, CampaignId campaign) {
        return message(lane, campaign, 1);
    }

    private Deliverable message(Lane lane, CampaignId campaign, int places) {
        return new Deliverable(
                new Claim(new MessageId(new UUID(0, ++lastId)), ClaimEpoch.FIRST),
                campaign,
                1,
                lane,
                new Identity(Identity.EMAIL, "ada@example.com"),
                new EmailAddress("ada@example.com"),
                new Payload(Map.of(), Map.of()),
                places,
                NOON,
                NOON,
                Tries.NONE,
                ClaimHistory.FRESH);
    }

    private void add(Lane lane, CampaignId campaign, int count) {
        assertThat(queue.reserve(lane, campaign, count)).isTrue();
        queue.addAll(Stream.generate(() -> message(lane, campaign)).limit(count).toList());
    }

    private List<CampaignId> campaignsPolled(int most) {
        return queue.poll(most).stream().map(Deliverable::campaign).toList();
    }

    @Test
    void servesCampaignsInTurnHoweverManyWait() {
        add(Lane.MARKETING, A, 40);
        add(Lane.MARKETING, B, 1);

        assertThat(campaignsPolled(3)).containsExactly(A, B, A);
    }

    @Test
    void givesTransactionalMessagesFourOfFivePlacesWhenBothLanesAreFull() {
        add(Lane.MARKETING, A, 50);
        add(Lane.TRANSACTIONAL, B, 50);

        List<Lane> lanes = queue.poll(50).stream().map(Deliverable::lane).toList();

        assertThat(lanes).filteredOn(Lane.TRANSACTIONAL::equals).hasSize(40);
    }

    @Test
    void doesNotLetOneTimeCodesWaitBehindHighThroughput() {
        add(Lane.HIGH_THROUGHPUT, A, 50);
        add(Lane.TRANSACTIONAL, B, 50);

        assertThat(campaignsPolled(60)).filteredOn(B::equals).hasSize(40);
    }

    @Test
    void givesEverythingToTheOnlyLaneThatHasSome() {
        add(Lane.MARKETING, A, 50);

        assertThat(queue.poll(100)).hasSize(50);
    }

    @Test
    void leavesHalfOfALaneToOtherCampaigns() {
        assertThat(queue.reserveUpTo(Lane.MARKETING, A, CAPACITY)).isEqualTo(CAPACITY / 2);
        assertThat(queue.reserve(Lane.MARKETING, A, 1)).isFalse();
        assertThat(queue.reserve(Lane.MARKETING, B, CAPACITY / 2)).isTrue();
    }

    @Test
    void alwaysHasRoomForAFewMessagesOfACampaignThatHoldsNone() {
        CampaignId late = new CampaignId(new UUID(0, 0xC));
        queue.reserveUpTo(Lane.MARKETING, A, CAPACITY);
        queue.reserveUpTo(Lane.MARKETING, B, CAPACITY);

        assertThat(queue.room(Lane.MARKETING)).isZero();
        assertThat(queue.reserveUpTo(Lane.MARKETING, late, CAPACITY)).isPositive().isLessThan(20);
    }

    @Test
    void freesThePlaceOfWhatWasPolledOrGivenBack() {
        add(Lane.MARKETING, A, 30);
        queue.poll(30);
        queue.reserve(Lane.MARKETING, A, 10);
        queue.giveBack(Lane.MARKETING, A, 10);

        assertThat(queue.room(Lane.MARKETING)).isEqualTo(CAPACITY);
    }

    @Test
    void freesAllPlacesOfWhatTookSeveral() {
        queue.reserve(Lane.MARKETING, A, 30);
        queue.addAll(List.of(message(Lane.MARKETING, A, 30)));
        queue.reserve(Lane.MARKETING, A, 1);
        queue.exceed(Lane.MARKETING, A, 49);
        queue.addAll(List.of(message(Lane.MARKETING, A, 50)));

        assertThat(queue.room(Lane.MARKETING)).isEqualTo(CAPACITY - 80);
        queue.poll(2);
        assertThat(queue.room(Lane.MARKETING)).isEqualTo(CAPACITY);
    }

    @Test
    void reservesAllOrNothing() {
        assertThat(queue.reserve(Lane.MARKETING, A, CAPACITY)).isFalse();
        assertThat(queue.room(Lane.MARKETING)).isEqualTo(CAPACITY);
    }

    @Test
    void keepsTheOrderWithinACampaign() {
        add(Lane.TRANSACTIONAL, A, 5);

        assertThat(queue.poll(5))
                .extracting(message -> message.id().value().getLeastSignificantBits())
                .isSorted();
    }

    @Test
    void remembersANudgeUntilSomebodyWaitsForIt() throws InterruptedException {
        queue.nudge();
        long started = System.nanoTime();

        queue.awaitNudge(30, TimeUnit.SECONDS);

        assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    @Timeout(60)
    void letsWhoWaitsForMessagesGoOnceTheyAreStopped() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var stopped = new AtomicBoolean();
        var waiting = new CompletableFuture<Integer>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        waiting.complete(
                                queue.awaitMessages(
                                        1,
                                        TimeUnit.HOURS,
                                        () -> {
                                            asked.countDown();
                                            return stopped.get();
                                        }));
                    } catch (InterruptedException e) {
                        waiting.completeExceptionally(e);
                    }
                });
        asked.await();

        stopped.set(true);
        queue.nudge();

        assertThat(waiting).succeedsWithin(Patience.TIME).isEqualTo(0);
    }
}
