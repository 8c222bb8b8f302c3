package io.campanile.server.demo;

import com.google.gson.JsonObject;

/// A campaign to a hundred people with one call: who got it, who did not, and why.
final class BroadcastDemo {
    private static final int SENT = 80;
    private static final int DENIED = 10;
    private static final int SUPPRESSED = 5;
    private static final int CAPPED = 5;

    private final Steps steps;

    BroadcastDemo(Steps steps) {
        this.steps = steps;
    }

    void run() {
        steps.title("A hundred readers: ten refused, and mail to five came back");
        for (int reader = 0; reader < BroadcastRequests.READERS; reader++) {
            boolean refused = reader < DENIED;
            steps.quietly(
                    "RecordConsent",
                    NewsletterRequests.consent(
                            BroadcastRequests.address(reader), refused ? "DENIED" : "GRANTED"));
        }
        for (int reader = DENIED; reader < DENIED + SUPPRESSED; reader++) {
            steps.quietly("CreateSuppression", BroadcastRequests.suppression(reader));
        }
        steps.call("CreateAudience", BroadcastRequests.AUDIENCE);
        JsonObject added = steps.quietly("AddAudienceMembers", BroadcastRequests.members());
        steps.checks()
                .that(
                        "the audience has a hundred members",
                        Steps.text(added, "addedCount").equals("100"));

        steps.title("One offer a day is enough, and five have got today's already");
        steps.call("CreateRuleSet", BroadcastRequests.RULE_SET);
        steps.quietly("ActivateRuleSet", BroadcastRequests.RULE_SET_NAME);
        steps.call("CreateCampaign", BroadcastRequests.CAMPAIGN);
        steps.quietly("ActivateCampaign", BroadcastRequests.CAMPAIGN_NAME);
        steps.quietly("TriggerCampaign", BroadcastRequests.early(DENIED + SUPPRESSED, CAPPED));

        steps.title("The offer to all of them, with one call");
        JsonObject answer = steps.call("TriggerAudience", BroadcastRequests.TRIGGER);
        String execution = Steps.text(answer, "execution");
        JsonObject counts =
                steps.call("WatchExecution", BroadcastRequests.named(execution))
                        .getAsJsonObject("counts");
        check(counts, "sentCount", SENT);
        check(counts, "excludedCount", DENIED + SUPPRESSED + CAPPED);
        check(counts, "plannedCount", BroadcastRequests.READERS);

        steps.title("Who was left out, by reason, and why one of them");
        check(execution, "CONSENT_DENIED", DENIED);
        check(execution, "FREQUENCY_CAPPED", CAPPED);
        JsonObject suppressed = check(execution, "ADDRESS_SUPPRESSED", SUPPRESSED);
        String one =
                Steps.text(suppressed.getAsJsonArray("messages").get(0).getAsJsonObject(), "name");
        JsonObject explained = steps.call("ExplainMessage", BroadcastRequests.named(one));
        steps.checks()
                .that(
                        "the explanation names the suppression",
                        explained.toString().contains("REASON_ADDRESS_SUPPRESSED"));
    }

    private void check(JsonObject counts, String field, int expected) {
        steps.checks()
                .that(
                        field + " of the offer is " + expected,
                        Steps.text(counts, field).equals(Integer.toString(expected)));
    }

    private JsonObject check(String execution, String reason, int expected) {
        JsonObject page =
                steps.quietly("ListMessages", BroadcastRequests.messages(execution, reason));
        int found = page.has("messages") ? page.getAsJsonArray("messages").size() : 0;
        steps.out().println("  %s: %d".formatted(reason, found));
        steps.checks().that(expected + " are excluded with " + reason, found == expected);
        return page;
    }
}
