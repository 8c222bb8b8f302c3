package io.campanile.example;

import io.campanile.v1.AcceptedRecipient;
import io.campanile.v1.Identity;
import io.campanile.v1.Message;
import io.campanile.v1.Recipient;
import io.campanile.v1.RecipientResult;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignRequest.WaitFor;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.campanile.v1.TriggerServiceGrpc.TriggerServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Triggers a campaign in every way there is: `TriggerExample ADDRESS CAMPAIGN`, the key in
/// `CAMPANILE_API_KEY`. The campaign's content uses `context.firstName` and `context.orderId`.
public final class TriggerExample {
    private static final int STREAMED = 50;

    private final TriggerServiceGrpc.TriggerServiceStub stub;
    private final TriggerServiceBlockingStub blocking;
    private final String campaign;

    private TriggerExample(ManagedChannel channel, String key, String campaign) {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + key);
        var authorized = MetadataUtils.newAttachHeadersInterceptor(headers);
        this.stub = TriggerServiceGrpc.newStub(channel).withInterceptors(authorized);
        this.blocking = TriggerServiceGrpc.newBlockingStub(channel).withInterceptors(authorized);
        this.campaign = campaign;
    }

    public static void main(String[] arguments) throws Exception {
        String key = System.getenv("CAMPANILE_API_KEY");
        if (arguments.length != 2 || key == null) {
            System.err.println(
                    "usage: CAMPANILE_API_KEY=cmp_... TriggerExample HOST:PORT CAMPAIGN");
            System.exit(2);
        }
        // TlsChannelCredentials.create() where the server has a certificate.
        ManagedChannel channel =
                Grpc.newChannelBuilder(arguments[0], InsecureChannelCredentials.create())
                        .defaultServiceConfig(ServiceConfig.ofTheApi())
                        .build();
        try {
            var example = new TriggerExample(channel, key, arguments[1]);
            example.triggerAndRepeat();
            example.waitForTheHandOver();
            example.readErrors();
            example.stream();
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    /// One bad recipient does not spoil the others, and the same request id never sends twice.
    private void triggerAndRepeat() {
        TriggerCampaignRequest request =
                request(
                        recipient("ada@example.com", "{\"firstName\":\"Ada\",\"orderId\":\"A-1\"}"),
                        recipient("grace@example.com", "{\"firstName\":\"Grace\"}"));

        TriggerCampaignResponse first = blocking.triggerCampaign(request);
        System.out.println("triggered " + first.getExecution());
        first.getResultsList().forEach(result -> System.out.println("  " + describe(result)));

        TriggerCampaignResponse again = blocking.triggerCampaign(request);
        System.out.printf(
                "repeated: duplicate=%s, same execution=%s%n",
                again.getDuplicate(), again.getExecution().equals(first.getExecution()));
    }

    private void waitForTheHandOver() {
        TriggerCampaignRequest request =
                request(
                        recipient(
                                "ada@example.com", "{\"firstName\":\"Ada\",\"orderId\":\"A-2\"}"));
        TriggerCampaignResponse response =
                blocking.triggerCampaign(
                        request.toBuilder().setWaitFor(WaitFor.WAIT_FOR_HANDED_OVER).build());
        System.out.println("waited: " + describe(response.getResults(0)));
    }

    private void readErrors() {
        Recipient complete =
                recipient("ada@example.com", "{\"firstName\":\"Ada\",\"orderId\":\"A-3\"}");
        try {
            blocking.triggerCampaign(
                    request(complete).toBuilder().setCampaign(campaign + "-unknown").build());
        } catch (StatusRuntimeException e) {
            System.out.println("unknown campaign: " + TriggerError.of(e));
        }
        try {
            blocking.triggerCampaign(request(recipient("ada@example.com", "{}")));
        } catch (StatusRuntimeException e) {
            System.out.println("empty context: " + TriggerError.of(e));
        }
    }

    /// Many triggers without waiting for each answer; an error on one does not end the stream.
    private void stream() throws InterruptedException {
        List<TriggerCampaignRequest> requests = new ArrayList<>();
        for (int i = 0; i < STREAMED; i++) {
            String context = "{\"firstName\":\"Ada\",\"orderId\":\"S-%d\"}".formatted(i);
            requests.add(request(recipient("reader%d@example.com".formatted(i), context)));
        }
        requests.add(request(recipient("ada@example.com", "{}")));

        List<StreamTriggersResponse> answers = new TriggerStream(stub).trigger(requests);
        List<StreamTriggersResponse> refused =
                answers.stream().filter(StreamTriggersResponse::hasError).toList();
        System.out.printf(
                "streamed: %s accepted, %s refused%n",
                answers.size() - refused.size(), refused.size());
        refused.forEach(
                answer -> System.out.println("  refused: " + TriggerError.of(answer.getError())));
    }

    private TriggerCampaignRequest request(Recipient... recipients) {
        return TriggerCampaignRequest.newBuilder()
                .setCampaign(campaign)
                // Better: something that is yours and unique, such as the order's number.
                .setRequestId("example-" + UUID.randomUUID())
                .addAllRecipients(Arrays.asList(recipients))
                .build();
    }

    private static Recipient recipient(String email, String contextJson) {
        return Recipient.newBuilder()
                .setIdentity(Identity.newBuilder().setNamespace("email").setValue(email))
                .setContextJson(contextJson)
                .build();
    }

    private static String describe(RecipientResult result) {
        return switch (result.getResultCase()) {
            case ACCEPTED -> accepted(result.getAccepted());
            case REJECTED ->
                    "rejected for "
                            + result.getRejected().getFieldViolations(0).getField()
                            + ": "
                            + result.getRejected().getFieldViolations(0).getDescription();
            case EXCLUDED -> "excluded for " + result.getExcluded().getReason();
            // Newer servers may know more kinds.
            case RESULT_NOT_SET -> "not accepted";
        };
    }

    /// The state is there after waiting only.
    private static String accepted(AcceptedRecipient accepted) {
        return accepted.getState() == Message.State.STATE_UNSPECIFIED
                ? "accepted as " + accepted.getMessage()
                : "accepted, now " + accepted.getState();
    }
}
