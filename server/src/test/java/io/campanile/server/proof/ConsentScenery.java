package io.campanile.server.proof;

import io.campanile.v1.Consent;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.Identity;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignRequest.WaitFor;

/// What people agree to and refuse, and triggers for people who are called by the first part of
/// their address at `example.com`.
final class ConsentScenery {
    private ConsentScenery() {}

    static TriggerCampaignRequest.Builder trigger(String campaign, String... people) {
        var request =
                TriggerCampaignRequest.newBuilder()
                        .setCampaign(Scenery.nameOf(campaign))
                        .setRequestId(campaign);
        for (String person : people) {
            request.addRecipients(Scenery.recipient(person + "@example.com"));
        }
        return request;
    }

    /// The trigger, answered when its mails are sent.
    static TriggerCampaignRequest sent(TriggerCampaignRequest.Builder trigger, String requestId) {
        return trigger.setRequestId(requestId).setWaitFor(WaitFor.WAIT_FOR_HANDED_OVER).build();
    }

    static Identity.Builder email(String address) {
        return Identity.newBuilder().setNamespace("email").setValue(address);
    }

    /// Records what somebody says to marketing; answers the record's name.
    static String say(Node node, String address, Consent.State state) {
        return record(
                node,
                ConsentSubject.newBuilder().setIdentity(email(address)),
                Consent.newBuilder().setState(state).setPurpose(Consent.Purpose.PURPOSE_MARKETING));
    }

    /// Answers the record's name.
    static String record(Node node, ConsentSubject.Builder subject, Consent.Builder consent) {
        return node.profiles()
                .recordConsent(
                        RecordConsentRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setSubject(subject)
                                .setConsent(consent)
                                .build())
                .getName();
    }
}
