package io.campanile.grpc.message;

import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageView;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.Identity;
import io.campanile.v1.Message;

import org.jspecify.annotations.Nullable;

/// Messages and their events as protobuf.
public final class MessageProtos {
    private MessageProtos() {}

    /// The message, without identity and address in full unless the caller may see them.
    public static Message message(WorkspaceId workspace, MessageView view, boolean mayIdentify) {
        var proto =
                Message.newBuilder()
                        .setName(Names.of(workspace, view.id()))
                        .setExecution(Names.of(workspace, view.execution()))
                        .setCampaign(view.campaign().toString())
                        .setRevision(Names.revision(view.campaign(), view.revision()))
                        .setIdentity(identity(view, mayIdentify))
                        .setState(state(view.state()))
                        .setReason(reason(view.reason()))
                        .setAttemptCount(view.attempts())
                        .setCreateTime(Times.timestamp(view.createTime()))
                        .setUpdateTime(Times.timestamp(view.stateTime()))
                        .setExpireTime(Times.timestamp(view.expireTime()))
                        .putAllMetadata(view.metadata());
        EmailAddress address = view.address();
        if (address != null) {
            proto.setAddress(
                    ChannelAddress.newBuilder()
                            .setEmail(mayIdentify ? address.value() : address.masked()));
        }
        if (view.dueTime() != null && view.state() == MessageState.Kind.DEFERRED) {
            proto.setDueTime(Times.timestamp(view.dueTime()));
        }
        if (!view.state().isOpen()) {
            proto.setSettleTime(Times.timestamp(view.stateTime()));
        }
        if (!view.reply().equals(ProviderReply.NONE)) {
            proto.setProviderReply(reply(view.reply()));
        }
        return proto.build();
    }

    private static Identity identity(MessageView view, boolean mayIdentify) {
        return Identity.newBuilder()
                .setNamespace(view.identity().namespace())
                .setValue(mayIdentify ? view.identity().value() : view.identity().masked())
                .build();
    }

    /// The event, without what a remote server said unless the caller may see addresses.
    public static io.campanile.v1.MessageEvent event(
            WorkspaceId workspace, MessageId message, MessageEvent event, boolean mayIdentify) {
        var proto =
                io.campanile.v1.MessageEvent.newBuilder()
                        .setName(Names.of(workspace, message) + "/events/" + event.number())
                        .setType(type(event.type()))
                        .setEventTime(Times.timestamp(event.time()))
                        .setAttemptCount(event.attempts())
                        .setReason(reason(event.reason()));
        if (!event.reply().equals(ProviderReply.NONE)) {
            proto.setProviderReply(reply(event.reply()));
        }
        MessageEvent.ReceiptDetail detail = event.receipt();
        if (detail != null) {
            proto.setDiagnostic(mayIdentify ? detail.diagnostic() : "")
                    .setAddressErased(detail.addressGone());
        }
        return proto.build();
    }

    private static io.campanile.v1.ProviderReply reply(ProviderReply reply) {
        return io.campanile.v1.ProviderReply.newBuilder()
                .setCode(reply.code())
                .setEnhancedCode(reply.enhancedCode())
                .build();
    }

    /// The state, as the API has it.
    public static Message.State state(MessageState.Kind kind) {
        return switch (kind) {
            case ACCEPTED -> Message.State.STATE_ACCEPTED;
            case DEFERRED -> Message.State.STATE_DEFERRED;
            case SENDING -> Message.State.STATE_SENDING;
            case EXCLUDED -> Message.State.STATE_EXCLUDED;
            case CANCELLED -> Message.State.STATE_CANCELLED;
            case EXPIRED -> Message.State.STATE_EXPIRED;
            case FAILED -> Message.State.STATE_FAILED;
            case UNKNOWN -> Message.State.STATE_UNKNOWN;
            case SENT -> Message.State.STATE_SENT;
            case DELIVERED -> Message.State.STATE_DELIVERED;
            case BOUNCED -> Message.State.STATE_BOUNCED;
        };
    }

    private static io.campanile.v1.MessageEvent.Type type(MessageEvent.Type type) {
        return switch (type) {
            case ACCEPTED -> io.campanile.v1.MessageEvent.Type.TYPE_ACCEPTED;
            case DEFERRED -> io.campanile.v1.MessageEvent.Type.TYPE_DEFERRED;
            case SENDING -> io.campanile.v1.MessageEvent.Type.TYPE_ATTEMPTED;
            case EXCLUDED -> io.campanile.v1.MessageEvent.Type.TYPE_EXCLUDED;
            case CANCELLED -> io.campanile.v1.MessageEvent.Type.TYPE_CANCELLED;
            case EXPIRED -> io.campanile.v1.MessageEvent.Type.TYPE_EXPIRED;
            case FAILED -> io.campanile.v1.MessageEvent.Type.TYPE_FAILED;
            case UNKNOWN -> io.campanile.v1.MessageEvent.Type.TYPE_UNKNOWN;
            case SENT -> io.campanile.v1.MessageEvent.Type.TYPE_SENT;
            case DELIVERED -> io.campanile.v1.MessageEvent.Type.TYPE_DELIVERED;
            case BOUNCED -> io.campanile.v1.MessageEvent.Type.TYPE_BOUNCED;
            case COMPLAINED -> io.campanile.v1.MessageEvent.Type.TYPE_COMPLAINED;
        };
    }

    /// Why, as the API has it; unspecified when there is no reason.
    public static Message.Reason reason(@Nullable Reason reason) {
        return reason == null
                ? Message.Reason.REASON_UNSPECIFIED
                : Enums.proto(Message.Reason.class, "REASON_", reason);
    }
}
