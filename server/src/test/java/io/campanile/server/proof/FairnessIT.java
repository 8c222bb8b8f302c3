package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Category;
import io.campanile.v1.TriggerCampaignResponse;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A short campaign does not wait behind a long one.
class FairnessIT {
    private static final int BACKLOG = 100_000;
    private static final int EACH = 100;

    /// A round hands over as many as there are slots.
    private static final int TWO_ROUNDS = 2 * Scenery.SLOTS;

    @Test
    void sendsOneMessageWithinTwoRoundsBesideABacklogOfAHundredThousand()
            throws IOException, InterruptedException, ExecutionException {
        try (Cluster cluster = Cluster.create()) {
            Node api = cluster.start("api", Map.of("CAMPANILE_ROLE", "api"));
            int port = cluster.receiver().port();
            Scenery.liveCampaign(api, "sale", Category.CATEGORY_TRANSACTIONAL, port);
            Scenery.liveCampaign(
                    api, "code", Category.CATEGORY_TRANSACTIONAL, "sale", Scenery.content());
            fill(api);
            cluster.receiver().when(Stage.DOT).stall();
            Node both = cluster.start("both");
            Until.holds("hand-overs hang", () -> cluster.receiver().stalled() == Scenery.SLOTS);

            List<String> codes = List.of(trigger(both, "fresh"), trigger(api, "claimed"));
            Until.holds("a node holds both", () -> cluster.rows().owned(codes) == 2);
            cluster.receiver().behave();
            cluster.receiver().when(Stage.DOT).after(TWO_ROUNDS).stall();
            cluster.receiver().release();

            Until.holds(
                    "two rounds arrive",
                    () -> cluster.receiver().total() == Scenery.SLOTS + TWO_ROUNDS);
            assertThat(cluster.arrivals().keySet()).containsAll(codes);
            assertThat(cluster.rows().audit()).isEmpty();
        }
    }

    private static String trigger(Node node, String requestId) {
        return Load.messagesOf(
                        node.triggers().triggerCampaign(Scenery.trigger("code", requestId, 1)))
                .getFirst();
    }

    private static void fill(Node node) throws InterruptedException, ExecutionException {
        try (var callers = Executors.newFixedThreadPool(16)) {
            List<Future<TriggerCampaignResponse>> calls = new ArrayList<>();
            for (int call = 0; call < BACKLOG / EACH; call++) {
                var request = Scenery.trigger("sale", "sale-" + call, EACH);
                calls.add(callers.submit(() -> node.triggers().triggerCampaign(request)));
            }
            for (Future<TriggerCampaignResponse> call : calls) {
                assertThat(call.get().getResultsCount()).isEqualTo(EACH);
            }
        }
    }
}
