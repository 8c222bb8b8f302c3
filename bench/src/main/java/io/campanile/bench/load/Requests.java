package io.campanile.bench.load;

import io.campanile.v1.Identity;
import io.campanile.v1.Recipient;
import io.campanile.v1.TriggerCampaignRequest;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Triggers of one recipient each, `r<number>@example.com`, every one with a request id of its own.
final class Requests {
    private final String campaign;
    private final String prefix = UUID.randomUUID() + "-";
    private final AtomicLong next = new AtomicLong();
    private final String beforeNumber;
    private final String afterNumber;

    /// @param contextJson with `%NUMBER%` where each message's number goes
    Requests(String campaign, String contextJson) {
        this.campaign = campaign;
        int place = contextJson.indexOf("%NUMBER%");
        beforeNumber = contextJson.substring(0, place);
        afterNumber = contextJson.substring(place + "%NUMBER%".length());
    }

    TriggerCampaignRequest request(int number) {
        return TriggerCampaignRequest.newBuilder()
                .setCampaign(campaign)
                .setRequestId(prefix + next.incrementAndGet())
                .addRecipients(
                        Recipient.newBuilder()
                                .setIdentity(
                                        Identity.newBuilder()
                                                .setNamespace("email")
                                                .setValue(address(number)))
                                .setContextJson(context(number)))
                .build();
    }

    static String address(int number) {
        return "r" + number + "@example.com";
    }

    String context(int number) {
        return beforeNumber + number + afterNumber;
    }
}
