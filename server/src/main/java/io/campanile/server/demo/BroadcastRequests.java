package io.campanile.server.demo;

import java.util.StringJoiner;

/// What the demonstration of a broadcast sends; every request can be typed after `./campanile call`
/// as it is.
final class BroadcastRequests {
    static final int READERS = 100;

    static final String AUDIENCE =
            """
            {
              "parent": "workspaces/default",
              "audienceId": "readers",
              "audience": {"displayName": "Readers of the newsletter"}
            }
            """;

    static final String CAMPAIGN_NAME =
            """
            {"name": "workspaces/default/campaigns/offer"}
            """;

    static final String CAMPAIGN =
            """
            {
              "parent": "workspaces/default",
              "campaignId": "offer",
              "campaign": {
                "draft": {
                  "displayName": "Offer",
                  "category": "CATEGORY_MARKETING",
                  "topic": "news",
                  "channelConfiguration": "workspaces/default/channelConfigurations/demo-news",
                  "audience": "workspaces/default/audiences/readers",
                  "ruleSets": ["workspaces/default/ruleSets/one-offer-a-day"],
                  "content": {
                    "email": {
                      "subject": "{{context.percent}} % off",
                      "preheader": "Until Sunday.",
                      "html": "<p>Until Sunday.</p><p><a href='{{links.unsubscribe}}'>No more news</a></p>",
                      "text": "Until Sunday.\\n\\nNo more news: {{{links.unsubscribe}}}\\n"
                    }
                  }
                }
              }
            }
            """;

    static final String RULE_SET_NAME =
            """
            {"name": "workspaces/default/ruleSets/one-offer-a-day"}
            """;

    static final String RULE_SET =
            """
            {
              "parent": "workspaces/default",
              "ruleSetId": "one-offer-a-day",
              "ruleSet": {
                "displayName": "One offer a day",
                "frequencyCaps": [{"maxMessages": 1, "period": "PERIOD_DAY"}]
              }
            }
            """;

    static final String TRIGGER =
            """
            {
              "campaign": "workspaces/default/campaigns/offer",
              "requestId": "offer-1",
              "context": {"percent": 20}
            }
            """;

    private BroadcastRequests() {}

    static String address(int reader) {
        return "reader-" + reader + "@example.com";
    }

    static String suppression(int reader) {
        return """
        {
          "parent": "workspaces/default",
          "suppression": {"target": "%s", "reason": "REASON_HARD_BOUNCE"}
        }
        """
                .formatted(address(reader));
    }

    /// The offer to some of them, before everybody gets it.
    static String early(int first, int count) {
        var recipients = new StringJoiner(",");
        for (int reader = first; reader < first + count; reader++) {
            recipients.add(
                    "{\"identity\": {\"namespace\": \"email\", \"value\": \"%s\"}, \"context\": {\"percent\": 20}}"
                            .formatted(address(reader)));
        }
        return """
        {
          "campaign": "workspaces/default/campaigns/offer",
          "requestId": "offer-early",
          "waitFor": "WAIT_FOR_HANDED_OVER",
          "recipients": [%s]
        }
        """
                .formatted(recipients);
    }

    static String members() {
        var members = new StringJoiner(",");
        for (int reader = 0; reader < READERS; reader++) {
            members.add(
                    "{\"identity\": {\"namespace\": \"email\", \"value\": \"%s\"}}"
                            .formatted(address(reader)));
        }
        return "{\"name\": \"workspaces/default/audiences/readers\", \"members\": [%s]}"
                .formatted(members);
    }

    static String named(String name) {
        return "{\"name\": \"%s\"}".formatted(name);
    }

    static String messages(String execution, String reason) {
        return """
        {
          "parent": "workspaces/default",
          "pageSize": 500,
          "filter": "execution = \\"%s\\" AND reason = %s"
        }
        """
                .formatted(execution, reason);
    }
}
