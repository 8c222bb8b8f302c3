package io.campanile.server.demo;

/// What the demonstration of marketing sends; every request can be typed after `./campanile call`
/// as it is.
final class NewsletterRequests {
    static final String SUBJECT = "New in the shop";

    /// A page of the customer's, which nobody opens here.
    static final String UNSUBSCRIBE_URL = "https://shop.example.com/unsubscribe";

    static final String CHANNEL_CONFIGURATION_NAME =
            """
            {"name": "workspaces/default/channelConfigurations/demo-news"}
            """;

    static final String CAMPAIGN_NAME =
            """
            {"name": "workspaces/default/campaigns/newsletter"}
            """;

    static final String CAMPAIGN =
            """
            {
              "parent": "workspaces/default",
              "campaignId": "newsletter",
              "campaign": {
                "draft": {
                  "displayName": "Newsletter",
                  "category": "CATEGORY_MARKETING",
                  "topic": "news",
                  "channelConfiguration": "workspaces/default/channelConfigurations/demo-news",
                  "content": {
                    "email": {
                      "subject": "New in the shop",
                      "preheader": "Looms and adding machines.",
                      "html": "<p>Looms and adding machines.</p><p><a href='{{links.unsubscribe}}'>No more news</a></p>",
                      "text": "Looms and adding machines.\\n\\nNo more news: {{{links.unsubscribe}}}\\n"
                    }
                  }
                }
              }
            }
            """;

    static final String SUPPRESSION =
            """
            {
              "parent": "workspaces/default",
              "suppression": {"target": "blaise@example.com", "reason": "REASON_HARD_BOUNCE"}
            }
            """;

    static final String EXPLANATION =
            """
            {
              "campaign": "workspaces/default/campaigns/newsletter",
              "recipient": {"identity": {"namespace": "email", "value": "grace@example.com"}}
            }
            """;

    private NewsletterRequests() {}

    static String channelConfiguration(int port) {
        return """
        {
          "parent": "workspaces/default",
          "channelConfigurationId": "demo-news",
          "channelConfiguration": {
            "displayName": "The demo's inbox, for news",
            "channel": "CHANNEL_EMAIL",
            "category": "CATEGORY_MARKETING",
            "email": {"fromAddress": "news@example.com", "fromName": "The shop", "unsubscribeUrl": "%s"},
            "smtp": {"host": "127.0.0.1", "port": %d, "security": "SECURITY_PLAINTEXT"}
          }
        }
        """
                .formatted(UNSUBSCRIBE_URL, port);
    }

    static String consent(String address, String state) {
        return """
        {
          "parent": "workspaces/default",
          "subject": {"identity": {"namespace": "email", "value": "%s"}},
          "consent": {
            "state": "STATE_%s",
            "channel": "CHANNEL_EMAIL",
            "purpose": "PURPOSE_MARKETING",
            "source": "checkout"
          }
        }
        """
                .formatted(address, state);
    }

    static String unsubscribe(String token) {
        return """
        {
          "parent": "workspaces/default",
          "subject": {"unsubscribeToken": "%s"}
        }
        """
                .formatted(token);
    }

    static String trigger(String requestId) {
        return """
        {
          "campaign": "workspaces/default/campaigns/newsletter",
          "requestId": "%s",
          "waitFor": "WAIT_FOR_HANDED_OVER",
          "recipients": [
            {"identity": {"namespace": "email", "value": "ada@example.com"}},
            {"identity": {"namespace": "email", "value": "grace@example.com"}},
            {"identity": {"namespace": "email", "value": "blaise@example.com"}},
            {"identity": {"namespace": "email", "value": "joan@example.com"}}
          ]
        }
        """
                .formatted(requestId);
    }
}
