package io.campanile.grpc.message;

import io.campanile.application.eligibility.ExplainMessage;
import io.campanile.application.eligibility.ExplainRecipient;
import io.campanile.application.message.LookUpMessages;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.query.Page;
import io.campanile.application.receipt.RecordReceipts;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.trigger.Recipient;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.ExplainMessageRequest;
import io.campanile.v1.ExplainMessageResponse;
import io.campanile.v1.ExplainRecipientRequest;
import io.campanile.v1.ExplainRecipientResponse;
import io.campanile.v1.GetMessageRequest;
import io.campanile.v1.ListMessageEventsRequest;
import io.campanile.v1.ListMessageEventsResponse;
import io.campanile.v1.ListMessagesRequest;
import io.campanile.v1.ListMessagesResponse;
import io.campanile.v1.Message;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.RecordReceiptsRequest;
import io.campanile.v1.RecordReceiptsResponse;
import io.grpc.stub.StreamObserver;

import java.time.Instant;
import java.time.InstantSource;

/// `MessageService`.
public final class MessageGrpcService extends MessageServiceGrpc.MessageServiceImplBase {
    private final LookUpMessages messages;
    private final ExplainRecipient recipients;
    private final ExplainMessage decisions;
    private final ReceiptCalls receipts;

    /// @param syntax checks receipts one by one
    public MessageGrpcService(UseCases useCases, RequestSyntax syntax, InstantSource clock) {
        this.messages = useCases.messages();
        this.recipients = useCases.recipients();
        this.decisions = useCases.decisions();
        this.receipts = new ReceiptCalls(useCases.receipts(), syntax, clock);
    }

    /// What it calls.
    public record UseCases(
            LookUpMessages messages,
            ExplainRecipient recipients,
            ExplainMessage decisions,
            RecordReceipts receipts) {}

    @Override
    public void getMessage(GetMessageRequest request, StreamObserver<Message> observer) {
        Unary.respond(observer, () -> get(request.getName()));
    }

    private Message get(String name) {
        WorkspaceId workspace = Names.workspace(name);
        MessageView view =
                messages.find(workspace, Names.message(name))
                        .orElseThrow(() -> GrpcErrors.notFound(name));
        return MessageProtos.message(workspace, view, Callers.mayIdentify());
    }

    @Override
    public void listMessages(
            ListMessagesRequest request, StreamObserver<ListMessagesResponse> observer) {
        Unary.respond(observer, () -> list(request));
    }

    private ListMessagesResponse list(ListMessagesRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        Page.Found<MessageView> page =
                Pages.found(messages.list(workspace, Pages.request(request)));
        boolean mayIdentify = Callers.mayIdentify();
        var response = ListMessagesResponse.newBuilder().setNextPageToken(page.nextPageToken());
        for (MessageView view : page.entries()) {
            response.addMessages(MessageProtos.message(workspace, view, mayIdentify));
        }
        return response.build();
    }

    @Override
    public void listMessageEvents(
            ListMessageEventsRequest request, StreamObserver<ListMessageEventsResponse> observer) {
        Unary.respond(observer, () -> events(request));
    }

    /// A message has few events, so that a page is cut out of all of them.
    private ListMessageEventsResponse events(ListMessageEventsRequest request) {
        String name = request.getParent();
        WorkspaceId workspace = Names.workspace(name);
        MessageId message = Names.message(name);
        LookUpMessages.History history =
                messages.history(workspace, message).orElseThrow(() -> GrpcErrors.notFound(name));
        Pages.Cut<MessageEvent> page = Pages.cut(history.events(), request);
        boolean mayIdentify = Callers.mayIdentify();
        var response =
                ListMessageEventsResponse.newBuilder().setNextPageToken(page.nextPageToken());
        for (MessageEvent event : page.entries()) {
            response.addEvents(
                    MessageProtos.event(workspace, message, event, mayIdentify).toBuilder()
                            .putAllMetadata(history.message().metadata()));
        }
        return response.build();
    }

    @Override
    public void explainRecipient(
            ExplainRecipientRequest request, StreamObserver<ExplainRecipientResponse> observer) {
        Unary.respond(observer, () -> explain(request));
    }

    private ExplainRecipientResponse explain(ExplainRecipientRequest request) {
        CampaignName campaign = Names.campaign(request.getCampaign());
        Recipient recipient = ExplainProtos.recipient(request);
        Instant sendTime = ExplainProtos.sendTime(request);
        return ExplainProtos.answer(
                request.getBroadcast()
                        ? recipients.explainMember(campaign, recipient.identity(), sendTime)
                        : recipients.explain(campaign, recipient, sendTime));
    }

    @Override
    public void explainMessage(
            ExplainMessageRequest request, StreamObserver<ExplainMessageResponse> observer) {
        Unary.respond(observer, () -> explain(request.getName()));
    }

    private ExplainMessageResponse explain(String name) {
        return decisions
                .explain(Names.workspace(name), Names.message(name))
                .map(ExplainProtos::answer)
                .orElseThrow(() -> GrpcErrors.notFound(name));
    }

    @Override
    public void recordReceipts(
            RecordReceiptsRequest request, StreamObserver<RecordReceiptsResponse> observer) {
        Unary.respond(observer, () -> receipts.record(request));
    }
}
