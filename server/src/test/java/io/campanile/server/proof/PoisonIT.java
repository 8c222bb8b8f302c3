package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.campanile.v1.Category;
import io.campanile.v1.EmailContent;
import io.campanile.v1.Identity;
import io.campanile.v1.Recipient;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.List;

/// What cannot be rendered, read or stored harms nobody but itself.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoisonIT {
    private Cluster cluster;
    private Node node;

    @BeforeAll
    void startsANode() throws IOException {
        cluster = Cluster.create();
        node = cluster.start("one");
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
    }

    @Test
    void failsOnlyTheMessageThatCannotBeRendered() throws IOException {
        EmailContent content =
                Scenery.content().toBuilder().setReplyTo("{{context.reply}}").build();
        liveCampaign("replies", content);
        var request = TriggerCampaignRequest.newBuilder();
        request.setCampaign(Scenery.nameOf("replies")).setRequestId("poison-template");
        for (int index = 0; index < 100; index++) {
            String reply = index == 42 ? "not an address" : "shop@example.com";
            request.addRecipients(
                    recipient(
                            "reader-" + index + "@example.com",
                            "{\"order\": \"A-1001\", \"reply\": \"%s\"}".formatted(reply)));
        }
        List<String> messages = Load.messagesOf(node.triggers().triggerCampaign(request.build()));
        Until.holds("everything settles", cluster.rows()::allSettled);

        assertThat(cluster.rows().states("replies"))
                .containsEntry("SENT", "99")
                .containsEntry("FAILED RENDERING_FAILED", "1");
        assertThat(cluster.arrivals()).doesNotContainKey(messages.get(42));
        assertThat(cluster.doubled()).isEmpty();
        cluster.audit();
    }

    @Test
    void failsOnlyTheMessageWhosePayloadCannotBeRead() throws IOException {
        liveCampaign("held", Scenery.content());
        Scenery.hold(node, "held");
        TriggerCampaignRequest request = Scenery.trigger("held", "poison-payload", 100);
        List<String> messages = Load.messagesOf(node.triggers().triggerCampaign(request));
        Until.holds("no node has it in memory", () -> cluster.rows().owned(messages) == 0);
        cluster.rows().spoilPayload(messages.get(42));
        Scenery.resume(node, "held");
        Until.holds("everything settles", cluster.rows()::allSettled);

        assertThat(cluster.rows().states("held"))
                .containsEntry("SENT", "99")
                .containsEntry("FAILED RENDERING_FAILED", "1");
        assertThat(cluster.arrivals()).doesNotContainKey(messages.get(42));
        cluster.audit();
    }

    @Test
    void refusesOnlyTheCallsThatCarryNulCharacters() throws IOException {
        liveCampaign("nul", Scenery.content());
        try (Load load = Load.patient(cluster.live(), "nul")) {
            for (int call = 0; call < 50; call++) {
                TriggerCampaignRequest poison =
                        Scenery.trigger("nul", "poison-" + call, 1).toBuilder()
                                .setRecipients(
                                        0,
                                        recipient(
                                                "poison-" + call + "@example.com",
                                                "{\"order\": \"A\\u0000\"}"))
                                .build();
                assertThatExceptionOfType(StatusRuntimeException.class)
                        .isThrownBy(() -> node.triggers().triggerCampaign(poison))
                        .extracting(e -> e.getStatus().getCode())
                        .isEqualTo(Status.Code.INVALID_ARGUMENT);
            }
            load.finish();
            Until.holds("everything settles", cluster.rows()::allSettled);

            assertThat(cluster.arrivals().keySet()).containsAll(load.messages("nul"));
            assertThat(load.refusals()).isEmpty();
        }
        assertThat(cluster.rows().states("nul")).containsOnlyKeys("SENT");
        cluster.audit();
    }

    @Test
    void rejectsOnlyTheRecipientThatCarriesNulCharacters() {
        liveCampaign("mixed", Scenery.content());
        TriggerCampaignRequest request =
                Scenery.trigger("mixed", "mixed", 3).toBuilder()
                        .setRecipients(1, recipient("nul@example.com", "{\"order\": \"A\\u0000\"}"))
                        .build();
        TriggerCampaignResponse answer = node.triggers().triggerCampaign(request);

        assertThat(answer.getResults(0).hasAccepted()).isTrue();
        assertThat(answer.getResults(1).hasRejected()).isTrue();
        assertThat(answer.getResults(2).hasAccepted()).isTrue();
        Until.holds("everything settles", cluster.rows()::allSettled);
        assertThat(cluster.arrivals().keySet()).containsAll(Load.messagesOf(answer));
    }

    private void liveCampaign(String id, EmailContent content) {
        Scenery.liveConfiguration(
                node,
                id,
                Category.CATEGORY_TRANSACTIONAL,
                cluster.receiver().port(),
                Scenery.limits().build());
        Scenery.liveCampaign(node, id, Category.CATEGORY_TRANSACTIONAL, id, content);
    }

    private static Recipient recipient(String address, String context) {
        return Recipient.newBuilder()
                .setIdentity(Identity.newBuilder().setNamespace("email").setValue(address))
                .setContextJson(context)
                .build();
    }
}
