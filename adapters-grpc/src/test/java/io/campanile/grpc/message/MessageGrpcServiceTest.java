package io.campanile.grpc.message;

import static com.google.protobuf.util.Timestamps.fromMillis;

import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TestCampaigns;
import io.campanile.v1.CancelExecutionRequest;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.GetMessageRequest;
import io.campanile.v1.ListMessageEventsRequest;
import io.campanile.v1.ListMessagesRequest;
import io.campanile.v1.Message;
import io.campanile.v1.MessageEvent;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.TriggerServiceGrpc;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class MessageGrpcServiceTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();

    private MessageServiceGrpc.MessageServiceBlockingStub as(Role role) {
        return world.stub(MessageServiceGrpc::newBlockingStub, role);
    }

    @Test
    void showsAMessageAndMasksThePersonBeforeWhoNeedsNotKnow() {
        NewExecution stored = world.stored(trigger -> trigger.metadata(Map.of("order", "17")));
        var request = GetMessageRequest.newBuilder().setName(name(stored, 0)).build();

        assertThat(as(Role.VIEWER).getMessage(request))
                .isEqualTo(accepted(stored, 0, "a***@example.com"));
        assertThat(as(Role.OPERATOR).getMessage(request))
                .isEqualTo(accepted(stored, 0, "ada@example.com"));
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        NewExecution stored = world.stored(trigger -> trigger.recipients(2));
        var request =
                ListMessagesRequest.newBuilder()
                        .setParent(OWN)
                        .setPageSize(1)
                        .setFilter(
                                "execution = \"%s/executions/%s\" AND (state = ACCEPTED OR state = SENT)"
                                        .formatted(OWN, stored.id()));

        var first = as(Role.OPERATOR).listMessages(request.build());
        var second =
                as(Role.OPERATOR)
                        .listMessages(
                                request.clone().setPageToken(first.getNextPageToken()).build());

        assertThat(first.getMessagesList()).containsExactly(accepted(stored, 1, "ada@example.com"));
        assertThat(second.getMessagesList())
                .containsExactly(accepted(stored, 0, "ada@example.com"));
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void tellsWhatHappenedToAMessage() {
        NewExecution stored = world.stored(trigger -> trigger.metadata(Map.of("order", "a-17")));
        world.stub(TriggerServiceGrpc::newBlockingStub, Role.OPERATOR)
                .cancelExecution(
                        CancelExecutionRequest.newBuilder()
                                .setName(OWN + "/executions/" + stored.id())
                                .build());

        List<MessageEvent> events =
                as(Role.VIEWER)
                        .listMessageEvents(
                                ListMessageEventsRequest.newBuilder()
                                        .setParent(name(stored, 0))
                                        .build())
                        .getEventsList();

        assertThat(events)
                .containsExactly(
                        MessageEvent.newBuilder()
                                .setName(name(stored, 0) + "/events/0")
                                .setType(MessageEvent.Type.TYPE_ACCEPTED)
                                .setEventTime(fromMillis(stored.createTime().toEpochMilli()))
                                .putMetadata("order", "a-17")
                                .build(),
                        MessageEvent.newBuilder()
                                .setName(name(stored, 0) + "/events/1")
                                .putMetadata("order", "a-17")
                                .setType(MessageEvent.Type.TYPE_CANCELLED)
                                .setReason(Message.Reason.REASON_EXECUTION_CANCELLED)
                                .setEventTime(events.getLast().getEventTime())
                                .build());
    }

    private static String name(NewExecution stored, int index) {
        return OWN + "/messages/" + stored.messages().get(index).id();
    }

    private static Message accepted(NewExecution stored, int index, String person) {
        return Message.newBuilder()
                .setName(name(stored, index))
                .setExecution(OWN + "/executions/" + stored.id())
                .setCampaign(TestCampaigns.RECEIPT)
                .setRevision(TestCampaigns.RECEIPT + "/revisions/1")
                .setIdentity(identity("email", person))
                .setAddress(ChannelAddress.newBuilder().setEmail(person))
                .setState(Message.State.STATE_ACCEPTED)
                .setCreateTime(fromMillis(stored.createTime().toEpochMilli()))
                .setUpdateTime(fromMillis(stored.createTime().toEpochMilli()))
                .setExpireTime(fromMillis(stored.expireTime().toEpochMilli()))
                .putAllMetadata(stored.metadata())
                .build();
    }
}
