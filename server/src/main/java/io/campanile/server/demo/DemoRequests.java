package io.campanile.server.demo;

import java.util.Map;

/// What the demonstration sends; every request can be typed after `./campanile call` as it is.
final class DemoRequests {
    /// Who gets a mail, by address.
    static final Map<String, Person> PEOPLE =
            Map.of(
                    "ada@example.com", new Person("Ada", "A-1001"),
                    "grace@example.com", new Person("Grace", "G-1002"),
                    "blaise@example.com", new Person("Blaise", "B-1003"));

    /// What is true of one recipient only.
    record Person(String name, String order) {}

    static final String CHANNEL_CONFIGURATION_NAME =
            """
            {"name": "workspaces/default/channelConfigurations/demo-inbox"}
            """;

    static final String CAMPAIGN_NAME =
            """
            {"name": "workspaces/default/campaigns/order-shipped"}
            """;

    static final String CAMPAIGN =
            """
            {
              "parent": "workspaces/default",
              "campaignId": "order-shipped",
              "campaign": {
                "draft": {
                  "displayName": "Your order is on its way",
                  "category": "CATEGORY_TRANSACTIONAL",
                  "channelConfiguration": "workspaces/default/channelConfigurations/demo-inbox",
                  "content": {
                    "email": {
                      "subject": "Order {{context.order.id}} is on its way",
                      "preheader": "It arrives {{context.order.arrival}}.",
                      "html": "<p>Hello {{profile.firstName}},</p><p>your order <b>{{context.order.id}}</b> arrives {{context.order.arrival}}:</p><ul>{{#context.order.items}}<li>{{quantity}} x {{title}}</li>{{/context.order.items}}</ul>",
                      "text": "Hello {{profile.firstName}},\\n\\nyour order {{context.order.id}} arrives {{context.order.arrival}}:\\n{{#context.order.items}}\\n- {{quantity}} x {{title}}\\n{{/context.order.items}}\\n"
                    }
                  }
                }
              }
            }
            """;

    static final String TRIGGER =
            """
            {
              "campaign": "workspaces/default/campaigns/order-shipped",
              "requestId": "demo-1",
              "recipients": [
                {
                  "identity": {"namespace": "email", "value": "ada@example.com"},
                  "profile": {"firstName": "Ada"},
                  "context": {"order": {"id": "A-1001", "arrival": "on Tuesday",
                    "items": [{"quantity": 1, "title": "Notes on the engine"}]}}
                },
                {
                  "identity": {"namespace": "email", "value": "grace@example.com"},
                  "profile": {"firstName": "Grace"},
                  "context": {"order": {"id": "G-1002", "arrival": "on Wednesday",
                    "items": [{"quantity": 2, "title": "Moth, pressed"}, {"quantity": 30, "title": "Nanosecond of wire"}]}}
                },
                {
                  "identity": {"namespace": "email", "value": "blaise@example.com"},
                  "profile": {"firstName": "Blaise"},
                  "context": {"order": {"id": "B-1003", "arrival": "next week",
                    "items": [{"quantity": 1, "title": "Barometer & tube"}]}}
                },
                {
                  "identity": {"namespace": "email", "value": "nobody@example.com"},
                  "profile": {"firstName": "Nobody"},
                  "context": {}
                }
              ]
            }
            """;

    private DemoRequests() {}

    static String channelConfiguration(int port) {
        return """
        {
          "parent": "workspaces/default",
          "channelConfigurationId": "demo-inbox",
          "channelConfiguration": {
            "displayName": "The demo's inbox",
            "channel": "CHANNEL_EMAIL",
            "category": "CATEGORY_TRANSACTIONAL",
            "email": {"fromAddress": "shop@example.com", "fromName": "The shop"},
            "smtp": {"host": "127.0.0.1", "port": %d, "security": "SECURITY_PLAINTEXT"}
          }
        }
        """
                .formatted(port);
    }

    /// The command line that triggers the campaign once more.
    static String commandLine(String server, String keyFile) {
        return """
        ./campanile call TriggerCampaign --server %s --key-file %s '{"campaign": "workspaces/default/campaigns/order-shipped", "requestId": "by-hand-1", "recipients": [{"identity": {"namespace": "email", "value": "you@example.com"}, "profile": {"firstName": "You"}, "context": {"order": {"id": "Y-1004", "arrival": "soon", "items": []}}}]}'
        """
                .formatted(server, keyFile)
                .strip();
    }
}
