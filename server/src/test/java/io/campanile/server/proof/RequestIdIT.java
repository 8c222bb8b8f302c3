package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.v1.ActivateCampaignRequest;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.Category;
import io.campanile.v1.CreateDraftRequest;
import io.campanile.v1.EmailContent;
import io.campanile.v1.ListExecutionsRequest;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.UpdateCampaignRequest;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// One request id is one execution, on whichever nodes and however often it comes; different ones
/// are as many messages.
class RequestIdIT extends TwoNodeScene {
    private static final int CALLS = 50;

    @Test
    void sendsFiftyMessagesForFiftyTriggersOfOnePerson()
            throws InterruptedException, ExecutionException, IOException {
        liveCampaign("codes");
        List<TriggerCampaignResponse> answers =
                atOnce(
                        number -> one,
                        number -> trigger("codes", "code-" + number, "ada@example.com"));

        List<String> messages =
                answers.stream().flatMap(answer -> Load.messagesOf(answer).stream()).toList();
        assertThat(messages).hasSize(CALLS).doesNotHaveDuplicates();
        Until.holds("everything settles", cluster.rows()::allSettled);
        assertThat(cluster.mailsTo("ada@example.com")).hasSize(CALLS);
        assertThat(cluster.arrivals().keySet()).containsAll(messages);
        cluster.audit();
    }

    @Test
    void startsOneExecutionForFiftyEqualRequestIdsOnTwoNodes()
            throws InterruptedException, ExecutionException, IOException {
        liveCampaign("orders");
        List<TriggerCampaignResponse> answers =
                atOnce(
                        number -> number % 2 == 0 ? one : two,
                        _ -> trigger("orders", "order-1", "grace@example.com"));

        assertThat(answers).filteredOn(answer -> !answer.getDuplicate()).hasSize(1);
        assertThat(answers.stream().map(RequestIdIT::original).distinct()).hasSize(1);
        Until.holds("everything settles", cluster.rows()::allSettled);
        assertThat(cluster.mailsTo("grace@example.com")).hasSize(1);
        assertThat(executions("orders")).isEqualTo(1);
        cluster.audit();
    }

    @Test
    void answersAReplayAsTheFirstTimeAfterANewRevisionARestartAndAStop() throws IOException {
        liveCampaign("shipments");
        TriggerCampaignRequest request = trigger("shipments", "once", "blaise@example.com");
        TriggerCampaignResponse first = two.triggers().triggerCampaign(request);
        TriggerCampaignResponse repeated = first.toBuilder().setDuplicate(true).build();

        activateAnotherRevision("shipments");
        assertThat(two.triggers().triggerCampaign(request)).isEqualTo(repeated);

        cluster.kill(two);
        two = cluster.start("two");
        assertThat(two.triggers().triggerCampaign(request)).isEqualTo(repeated);

        var _ = Scenery.stop(one, "shipments");
        assertThat(one.triggers().triggerCampaign(request)).isEqualTo(repeated);
        assertThat(two.triggers().triggerCampaign(request)).isEqualTo(repeated);
        Until.holds("everything settles", cluster.rows()::allSettled);
        assertThat(executions("shipments")).isEqualTo(1);
        cluster.audit();
    }

    private void liveCampaign(String id) {
        Scenery.liveCampaign(one, id, Category.CATEGORY_TRANSACTIONAL, cluster.receiver().port());
    }

    private void activateAnotherRevision(String id) {
        String name = Scenery.nameOf(id);
        one.campaigns().createDraft(CreateDraftRequest.newBuilder().setName(name).build());
        EmailContent content =
                Scenery.content().toBuilder().setSubject("{{context.parcel}} is here").build();
        CampaignDefinition draft =
                Scenery.definition(id, Category.CATEGORY_TRANSACTIONAL, id, content);
        one.campaigns()
                .updateCampaign(
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(Campaign.newBuilder().setName(name).setDraft(draft))
                                .build());
        one.campaigns()
                .activateCampaign(ActivateCampaignRequest.newBuilder().setName(name).build());
    }

    private int executions(String campaign) {
        return one.triggers()
                .listExecutions(
                        ListExecutionsRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setFilter("campaign = \"" + Scenery.nameOf(campaign) + "\"")
                                .build())
                .getExecutionsCount();
    }

    private static TriggerCampaignRequest trigger(
            String campaign, String requestId, String address) {
        return TriggerCampaignRequest.newBuilder()
                .setCampaign(Scenery.nameOf(campaign))
                .setRequestId(requestId)
                .addRecipients(Scenery.recipient(address))
                .build();
    }

    private static TriggerCampaignResponse original(TriggerCampaignResponse answer) {
        return answer.toBuilder().clearDuplicate().build();
    }

    /// Makes fifty calls that set off together.
    private static List<TriggerCampaignResponse> atOnce(
            IntFunction<Node> node, IntFunction<TriggerCampaignRequest> request)
            throws InterruptedException, ExecutionException {
        var go = new CountDownLatch(1);
        List<TriggerCampaignResponse> answers = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TriggerCampaignResponse>> calls = new ArrayList<>();
            for (int number = 0; number < CALLS; number++) {
                Node target = node.apply(number);
                TriggerCampaignRequest sent = request.apply(number);
                Callable<TriggerCampaignResponse> call =
                        () -> {
                            go.await();
                            return target.triggers().triggerCampaign(sent);
                        };
                calls.add(callers.submit(call));
            }
            go.countDown();
            for (Future<TriggerCampaignResponse> call : calls) {
                answers.add(call.get());
            }
        }
        return answers;
    }
}
