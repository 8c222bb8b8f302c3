package io.campanile.grpc;

import static io.campanile.grpc.ProfileCalls.identity;

import io.campanile.v1.Recipient;
import io.campanile.v1.TriggerCampaignRequest;

/// Triggers that are taken, for tests to change.
final class TriggerRequests {
    private TriggerRequests() {}

    static TriggerCampaignRequest.Builder valid() {
        return TriggerCampaignRequest.newBuilder()
                .setCampaign(TestCampaigns.RECEIPT)
                .setRequestId("r-1")
                .addRecipients(recipient("jane@example.com"));
    }

    static Recipient.Builder recipient(String address) {
        return Recipient.newBuilder().setIdentity(identity("email", address));
    }
}
