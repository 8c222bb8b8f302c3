package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Category;
import io.campanile.v1.FrequencyCap;
import io.campanile.v1.Message;
import io.campanile.v1.RecipientResult;
import io.campanile.v1.RuleSet;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignRequest.WaitFor;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Frequency caps are exact with two nodes at once, counted at the receiver.
class FrequencyCapIT extends TwoNodeScene {
    private static final String NEWS = "news";
    private static final int CAP = 3;

    @BeforeAll
    void capsMarketing() {
        Scenery.sendWhenUnset(one);
        Scenery.liveCampaign(one, NEWS, Category.CATEGORY_MARKETING, cluster.receiver().port());
        capEverybody();
    }

    private void capEverybody() {
        Scenery.activeRuleSet(
                one,
                "everybody",
                RuleSet.newBuilder()
                        .addFrequencyCaps(
                                FrequencyCap.newBuilder()
                                        .setMaxMessages(CAP)
                                        .setPeriod(FrequencyCap.Period.PERIOD_HOUR)));
    }

    @Test
    void sendsExactlyAsManyAsTheCapOfTwoHundredAtOnceAndAgainAfterTheWindow() throws Exception {
        assertThat(outcomes(triggerAtOnce("first", 200)))
                .containsExactlyInAnyOrderElementsOf(expected(200));
        assertThat(cluster.mailsTo("ada@example.com")).hasSize(CAP);

        cluster.rows().ageReservations("30 min");
        assertThat(outcomes(triggerAtOnce("within", 10)))
                .containsOnly("REASON_FREQUENCY_CAPPED")
                .hasSize(10);

        cluster.rows().ageReservations("30 min");
        assertThat(outcomes(triggerAtOnce("again", 200)))
                .containsExactlyInAnyOrderElementsOf(expected(200));
        assertThat(cluster.mailsTo("ada@example.com")).hasSize(2 * CAP);
        cluster.audit();
    }

    private static List<String> expected(int triggers) {
        List<String> outcomes = new ArrayList<>();
        for (int number = 0; number < triggers; number++) {
            outcomes.add(number < CAP ? "ACCEPTED" : "REASON_FREQUENCY_CAPPED");
        }
        return outcomes;
    }

    @Test
    void givesBackWhatTheProviderRefusedAndKeepsWhatItMayHaveTaken() throws IOException {
        cluster.receiver().when(Stage.RCPT).of("bob@example.com").times(2).reply("550 5.7.1 no");
        assertThat(outcome(triggered("bob", "refused-1"))).isEqualTo("ACCEPTED");
        assertThat(outcome(triggered("bob", "refused-2"))).isEqualTo("ACCEPTED");
        // Refused for good: nobody got anything.
        assertThat(cluster.mailsTo("bob@example.com")).isEmpty();

        cluster.receiver().behave();
        cluster.receiver().when(Stage.DOT).of("bob@example.com").once().countAndCut();
        for (int number = 0; number < CAP; number++) {
            assertThat(outcome(triggered("bob", "taken-" + number))).isEqualTo("ACCEPTED");
        }

        assertThat(cluster.rows().unknown()).hasSize(1);
        assertThat(outcome(triggered("bob", "one-too-many"))).isEqualTo("REASON_FREQUENCY_CAPPED");
        cluster.receiver().behave();
        cluster.audit();
    }

    /// Every other one through the other node.
    private List<RecipientResult> triggerAtOnce(String requestId, int times)
            throws InterruptedException, ExecutionException {
        var everybodyIsReady = new CountDownLatch(times);
        List<Callable<RecipientResult>> calls = new ArrayList<>();
        for (int number = 0; number < times; number++) {
            Node node = number % 2 == 0 ? one : two;
            TriggerCampaignRequest request = request("ada", requestId + "-" + number);
            calls.add(() -> {
                everybodyIsReady.countDown();
                everybodyIsReady.await();
                return Load.untilAccepted(node, request).getResults(0);
            });
        }
        List<RecipientResult> results = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<RecipientResult> answer : callers.invokeAll(calls)) {
                results.add(answer.get());
            }
        }
        return results;
    }

    private RecipientResult triggered(String person, String requestId) {
        return one.triggers().triggerCampaign(request(person, requestId)).getResults(0);
    }

    private static TriggerCampaignRequest request(String person, String requestId) {
        return TriggerCampaignRequest.newBuilder()
                .setCampaign(Scenery.nameOf(NEWS))
                .setRequestId(requestId)
                .addRecipients(Scenery.recipient(person + "@example.com"))
                .setWaitFor(WaitFor.WAIT_FOR_HANDED_OVER)
                .build();
    }

    private static List<String> outcomes(List<RecipientResult> results) {
        return results.stream().map(FrequencyCapIT::outcome).toList();
    }

    private static String outcome(RecipientResult result) {
        Message.Reason reason = result.getExcluded().getReason();
        return reason == Message.Reason.REASON_UNSPECIFIED
                ? result.getResultCase().name()
                : reason.name();
    }
}
