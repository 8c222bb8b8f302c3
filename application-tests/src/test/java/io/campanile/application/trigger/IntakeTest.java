package io.campanile.application.trigger;

import static io.campanile.testkit.time.Patience.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.StrayClaims;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.BatchPoisoned;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.trigger.Triggers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

class IntakeTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final CampaignId CAMPAIGN = new CampaignId(new UUID(0, 1));
    private static final String POISON = "poison";
    private static final IntakeOutcome STORED =
            new IntakeOutcome.Answered(new IntakeResult.Stored());
    private static final int CAPACITY = 200;
    private static final int CAPACITY_BYTES = 10 << 20;

    private final SettableTime clock = new SettableTime(NOON);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final NodeId node = store.nodes().register(Duration.ofHours(1));
    private final Map<String, IntakeOutcome> answers = new ConcurrentHashMap<>();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final StrayClaims strays = new StrayClaims(node, store.queue(), clock);
    private final Intake intake =
            new Intake(
                    node, refusingPoison(store.intake()), strays, clock, CAPACITY, CAPACITY_BYTES);

    @BeforeEach
    void addTheCampaign() {
        store.addCampaign(CAMPAIGN, new CampaignName(WorkspaceId.DEFAULT, "receipt"));
    }

    @AfterEach
    void end() {
        intake.close();
    }

    private IntakeStore refusingPoison(IntakeStore store) {
        return new IntakeStore() {
            @Override
            public List<IntakeResult> store(NodeId node, List<NewExecution> batch) {
                if (batch.stream().anyMatch(execution -> execution.requestId().equals(POISON))) {
                    throw new BatchPoisoned(
                            "refused", new IllegalStateException("a planted fault"));
                }
                batches.add(batch.stream().mapToInt(each -> each.messages().size()).sum());
                return store.store(node, batch);
            }

            @Override
            public Optional<StoredExecution> find(CampaignId campaign, String requestId) {
                return store.find(campaign, requestId);
            }

            @Override
            public int forgetRequestIds(Instant before, int limit) {
                return store.forgetRequestIds(before, limit);
            }
        };
    }

    private boolean offer(String requestId, String caller, @Nullable Instant deadline) {
        return offer(Triggers.trigger(CAMPAIGN, NOON).requestId(requestId), caller, deadline);
    }

    private boolean offerHundred(String requestId) {
        return offer(
                Triggers.trigger(CAMPAIGN, NOON).requestId(requestId).recipients(100),
                requestId,
                null);
    }

    private boolean offer(Triggers trigger, String caller, @Nullable Instant deadline) {
        return intake.offer(
                new IntakeItem(
                        trigger.build(),
                        CallerPatience.until(deadline),
                        outcome -> answers.put(caller, outcome)));
    }

    private boolean offer(String requestId) {
        return offer(requestId, requestId, null);
    }

    private ExecutionId storedId(String requestId) {
        return store.intake().find(CAMPAIGN, requestId).orElseThrow().id();
    }

    private void storeAll(int expected) {
        intake.start();
        await().until(() -> answers.size() == expected);
    }

    @Test
    void storesEverybodyButTheOneWhoseDataTheStoreRefuses() {
        IntStream.range(0, 9).forEach(number -> offer("r-" + number));
        offer(POISON);

        storeAll(10);

        assertThat(answers.remove(POISON))
                .isEqualTo(new IntakeOutcome.Failed(new TriggerResult.Poisoned()));
        assertThat(answers.values()).hasSize(9).containsOnly(STORED);
    }

    @Test
    void storesOneOfEqualRequestIdsInABatchAndTellsTheOthersOfIt() {
        offer("r", "first", null);
        offer("r", "second", null);

        storeAll(2);

        assertThat(answers.get("first")).isEqualTo(STORED);
        assertThat(answers.get("second"))
                .isInstanceOfSatisfying(
                        IntakeOutcome.Answered.class,
                        answered ->
                                assertThat(answered.result())
                                        .isInstanceOfSatisfying(
                                                IntakeResult.RequestIdTaken.class,
                                                taken ->
                                                        assertThat(taken.original().id())
                                                                .isEqualTo(storedId("r"))));
    }

    @Test
    void doesNotBeginWhatIsTooLate() {
        offer("late", "late", NOON);
        offer("in time", "in time", NOON.plusMillis(1));

        storeAll(2);

        assertThat(answers.get("late"))
                .isEqualTo(new IntakeOutcome.Failed(new TriggerResult.DeadlinePassed()));
        assertThat(store.intake().find(CAMPAIGN, "late")).isEmpty();
        assertThat(answers.get("in time")).isEqualTo(STORED);
    }

    @Test
    void promisesNothingWhileTheStoreIsAway() {
        store.faults().beAway(true);
        offer("r");

        storeAll(1);
        store.faults().beAway(false);

        assertThat(answers.get("r"))
                .isEqualTo(
                        new IntakeOutcome.Failed(
                                new TriggerResult.Unavailable(TriggerPorts.RETRY_DELAY)));
        assertThat(store.intake().find(CAMPAIGN, "r")).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFit() {
        IntStream.range(0, CAPACITY).forEach(number -> assertThat(offer("r-" + number)).isTrue());

        assertThat(offer("one too many")).isFalse();
    }

    @Test
    void storesSomeThousandMessagesAtOnceHoweverManyCallsWait() {
        IntStream.range(0, 50).forEach(number -> offerHundred("r-" + number));

        storeAll(50);

        assertThat(batches).containsExactly(2_000, 2_000, 1_000);
    }

    @Test
    void refusesWhatMemoryDoesNotHoldUntilOthersAreStored() {
        int taken = 0;
        while (offerHundred("r-" + taken)) {
            taken++;
        }
        assertThat(taken).isBetween(50, CAPACITY - 1);

        storeAll(taken);

        await().until(() -> offerHundred("one more"));
    }

    @Test
    void countsWhatIsSaidOfRejectedRecipients() {
        NewExecution accepted = Triggers.trigger(CAMPAIGN, NOON).build();
        NewExecution rejected = Triggers.trigger(CAMPAIGN, NOON).rejectedAt(1).build();

        assertThat(rejected.bytes()).isGreaterThan(accepted.bytes() + 100);
    }

    @Test
    void givesBackWhatItStoredForACallThatCouldNotBeAnswered() {
        intake.offer(
                new IntakeItem(
                        Triggers.trigger(CAMPAIGN, NOON)
                                .requestId("unanswered")
                                .kept(NOON.plusSeconds(1_800))
                                .build(),
                        CallerPatience.until(null),
                        _ -> {
                            throw new IllegalStateException("a planted fault");
                        }));
        offer(Triggers.trigger(CAMPAIGN, NOON).dueTime(NOON.plusSeconds(60)), "later", null);
        storeAll(1);

        clock.advance(Duration.ofSeconds(2));
        strays.release();

        assertThat(store.queue().dueCampaigns(clock.instant())).isNotEmpty();
    }

    @Test
    void storesWhatWaitsBeforeItCloses() {
        IntStream.range(0, CAPACITY).forEach(number -> offer("r-" + number));
        intake.start();

        intake.close();

        assertThat(answers.values()).hasSize(CAPACITY).containsOnly(STORED);
        assertThat(offer("too late")).isFalse();
    }
}
