package io.campanile.grpc.testing;

import static io.campanile.grpc.testing.ProfileCalls.identity;

import io.campanile.v1.Recipient;
import io.campanile.v1.TriggerCampaignRequest;

/// Triggers that are taken, for tests to change.
public final class TriggerRequests {
    private TriggerRequests() {}

    public static TriggerCampaignRequest.Builder valid() {
        return TriggerCampaignRequest.newBuilder()
                .setCampaign(TestCampaigns.RECEIPT)
                .setRequestId("r-1")
                .addRecipients(recipient("jane@example.com"));
    }

    public static Recipient.Builder recipient(String address) {
        return Recipient.newBuilder().setIdentity(identity("email", address));
    }
}
