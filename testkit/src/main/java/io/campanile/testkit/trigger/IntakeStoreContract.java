package io.campanile.testkit.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.campanile.application.store.BatchPoisoned;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeResult.CampaignRefuses;
import io.campanile.application.trigger.port.IntakeResult.RequestIdTaken;
import io.campanile.application.trigger.port.IntakeResult.Stored;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.message.StoreScene;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// What every [io.campanile.application.trigger.port.IntakeStore] must do.
public abstract class IntakeStoreContract extends StoreScene {
    @Test
    void storesEachMessageAsAccepted() {
        NewExecution execution = trigger().recipients(3).build();

        assertThat(store(execution)).isEqualTo(new Stored());

        assertThat(ids(execution))
                .allSatisfy(id -> assertThat(stateOf(id)).isEqualTo(Kind.ACCEPTED));
    }

    @Test
    void storesAScheduledMessageAsDeferred() {
        NewExecution execution = stored(trigger().scheduled(now.plusSeconds(60)));

        assertThat(stateOf(ids(execution).getFirst())).isEqualTo(Kind.DEFERRED);
        assertThat(claim(node, now)).isEmpty();
        assertThat(claim(node, now.plusSeconds(60))).hasSize(1);
    }

    @Test
    void repeatsTheOriginalAnswerForARequestIdThatIsTaken() {
        byte[] digest = new byte[32];
        Arrays.fill(digest, (byte) 7);
        NewExecution original =
                stored(trigger().requestId("r-1").digest(digest).recipients(2).rejectedAt(1));

        IntakeResult again = store(trigger().requestId("r-1").recipients(5).build());

        assertThat(again).isInstanceOf(RequestIdTaken.class);
        StoredExecution taken = ((RequestIdTaken) again).original();
        assertThat(taken.id()).isEqualTo(original.id());
        assertThat(taken.digest()).isEqualTo(digest);
        assertThat(taken.createTime()).isEqualTo(original.createTime());
        assertThat(taken.results()).isEqualTo(original.results());
    }

    @Test
    void repeatsARejectedRecipientAtEitherEnd() {
        NewExecution first = stored(trigger().recipients(2).rejectedAt(0));
        NewExecution last = stored(trigger().recipients(2).rejectedAt(2));

        assertThat(found(first).results()).isEqualTo(first.results());
        assertThat(found(last).results()).isEqualTo(last.results());
    }

    private StoredExecution found(NewExecution execution) {
        return store().intake().find(campaign, execution.requestId()).orElseThrow();
    }

    @Test
    void knowsARequestIdInItsOwnCampaignOnly() {
        stored(trigger().requestId("r-2"));
        CampaignId other = addCampaign();

        assertThat(store().intake().find(other, "r-2")).isEmpty();
        assertThat(store(Triggers.trigger(other, now).requestId("r-2").build()))
                .isEqualTo(new Stored());
    }

    @Test
    void storesTheOthersOfABatchWithATakenRequestId() {
        stored(trigger().requestId("r-3"));
        NewExecution fresh = trigger().build();

        List<IntakeResult> results =
                store().intake().store(node, List.of(trigger().requestId("r-3").build(), fresh));

        assertThat(results.getFirst()).isInstanceOf(RequestIdTaken.class);
        assertThat(results.getLast()).isEqualTo(new Stored());
        assertThat(stateOf(ids(fresh).getFirst())).isEqualTo(Kind.ACCEPTED);
    }

    /// Beside one that is not stored again.
    @Test
    void storesEachMessageOfABatchAsOneOfItsExecution() {
        CampaignName oneName = campaignName;
        CampaignId other = addCampaign();
        Instant later = now.plusSeconds(1);
        stored(trigger().requestId("r-5"));
        NewExecution taken = trigger().requestId("r-5").recipients(2).build();
        NewExecution one = trigger().recipients(2).expireTime(now.plusSeconds(600)).build();
        NewExecution another =
                trigger(other, later).recipients(3).identity("bob@example.com").build();

        List<IntakeResult> results =
                store().intake().store(node, List.of(another, taken, one, trigger().build()));

        assertThat(results.get(1)).isInstanceOf(RequestIdTaken.class);
        assertThat(List.of(results.get(0), results.get(2), results.get(3)))
                .containsOnly(new Stored());
        assertThat(ids(taken))
                .allSatisfy(id ->
                        assertThat(store().messages().find(WorkspaceId.DEFAULT, id)).isEmpty());
        assertThat(shown(one))
                .containsOnly(
                        tuple(one.id(), oneName, "ada@example.com", now, now.plusSeconds(600)));
        assertThat(shown(another))
                .containsOnly(
                        tuple(
                                another.id(),
                                campaignName,
                                "bob@example.com",
                                later,
                                another.expireTime()));
        assertThat(claim(node, List.of(other), 10, later))
                .extracting(message -> message.claim().message())
                .containsExactlyInAnyOrderElementsOf(ids(another));
    }

    private List<Tuple> shown(NewExecution execution) {
        return ids(execution).stream()
                .map(id -> store().messages().find(WorkspaceId.DEFAULT, id).orElseThrow())
                .map(message ->
                        tuple(
                                message.execution(),
                                message.campaign(),
                                message.identity().value(),
                                message.stateTime(),
                                message.expireTime()))
                .toList();
    }

    @Test
    void refusesWhatTheControlRowDoesNotAccept() {
        control(false, Delivery.CANCEL);
        NewExecution execution = trigger().build();

        assertThat(store(execution)).isEqualTo(new CampaignRefuses());
        assertThat(store().intake().find(campaign, execution.requestId())).isEmpty();
    }

    @Test
    void refusesWhatWasCheckedByAnotherRevision() {
        NewExecution execution = trigger().build();
        store().control(campaign, new CampaignControl(true, 2, Delivery.DELIVER));

        assertThat(store(execution)).isEqualTo(new CampaignRefuses());
        assertThat(store().intake().find(campaign, execution.requestId())).isEmpty();

        store().control(campaign, new CampaignControl(true, 1, Delivery.DELIVER));
        assertThat(store(execution)).isEqualTo(new Stored());
    }

    @Test
    void refusesACampaignThatDoesNotExist() {
        assertThat(store(Triggers.trigger(new CampaignId(UUID.randomUUID()), now).build()))
                .isEqualTo(new CampaignRefuses());
    }

    @Test
    void judgesEachCampaignOfABatchByItsOwnControlRow() {
        control(false, Delivery.CANCEL);
        NewExecution stopped = trigger().build();
        NewExecution accepted = Triggers.trigger(addCampaign(), now).build();
        NewExecution unknown = Triggers.trigger(new CampaignId(UUID.randomUUID()), now).build();

        assertThat(store().intake().store(node, List.of(stopped, accepted, unknown)))
                .containsExactly(new CampaignRefuses(), new Stored(), new CampaignRefuses());
    }

    /// As when only a part of a batch was stored before something failed.
    @Test
    void callsStoredWhatItStoredBefore() {
        NewExecution execution = stored(trigger());

        assertThat(store(execution)).isEqualTo(new Stored());
    }

    @Test
    void repeatsTheOriginalAnswerOfAStoppedCampaign() {
        stored(trigger().requestId("r-4"));
        control(false, Delivery.CANCEL);

        assertThat(store(trigger().requestId("r-4").build())).isInstanceOf(RequestIdTaken.class);
    }

    @Test
    void storesNothingOfABatchWithAPoisonedRow() {
        NewExecution good = trigger().build();
        NewExecution bad = trigger().identity("a\0b").build();

        assertThatThrownBy(() -> store().intake().store(node, List.of(good, bad)))
                .isInstanceOf(BatchPoisoned.class);

        assertThat(store().intake().find(campaign, good.requestId())).isEmpty();
        assertThat(store(good)).isEqualTo(new Stored());
        assertThatThrownBy(() -> store(bad)).isInstanceOf(BatchPoisoned.class);
    }

    @Test
    void hidesAKeptMessageUntilTheLeaseRunsOut() {
        stored(trigger().kept(leaseEnd));

        assertThat(claim(node, now)).isEmpty();
        assertThat(claim(node, leaseEnd)).hasSize(1);
    }

    @Test
    void storesAnEmptyBatch() {
        assertThat(store().intake().store(node, List.of())).isEmpty();
    }

    @Test
    void forgetsOldRequestIdsAFewAtATime() {
        Instant longAgo = now.minus(Duration.ofDays(1));
        CampaignId old = addCampaign();
        for (int i = 0; i < 3; i++) {
            store(Triggers.trigger(old, longAgo).requestId("old-" + i).build());
        }
        stored(trigger().requestId("new"));

        int first = store().intake().forgetRequestIds(longAgo.plusSeconds(1), 2);
        int second = store().intake().forgetRequestIds(longAgo.plusSeconds(1), 2);

        assertThat(List.of(first, second)).containsExactly(2, 1);
        assertThat(store().intake().find(campaign, "new")).isPresent();
        assertThat(store().intake().find(old, "old-0")).isEmpty();
    }
}
