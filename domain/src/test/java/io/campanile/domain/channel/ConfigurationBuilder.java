package io.campanile.domain.channel;

import io.campanile.domain.channel.ChannelConfiguration.State;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.UUID;

/// Channel configurations that could be used as they are: active, transactional, over a relay. A
/// test says only what it is about.
public final class ConfigurationBuilder {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Category category = Category.TRANSACTIONAL;
    private String unsubscribeUrl = "";
    private boolean oneClick;
    private String host = "relay.example.com";
    private State state = State.ACTIVE;

    private ConfigurationBuilder() {}

    public static ConfigurationBuilder aConfiguration() {
        return new ConfigurationBuilder();
    }

    public ConfigurationBuilder category(Category newCategory) {
        category = newCategory;
        return this;
    }

    public ConfigurationBuilder unsubscribingAt(String newUrl) {
        unsubscribeUrl = newUrl;
        return this;
    }

    public ConfigurationBuilder withOneClick() {
        oneClick = true;
        return this;
    }

    public ConfigurationBuilder over(String newHost) {
        host = newHost;
        return this;
    }

    public ConfigurationBuilder in(State newState) {
        state = newState;
        return this;
    }

    public ChannelConfiguration build() {
        return new ChannelConfiguration(
                new ChannelConfigurationId(new UUID(0, 1)),
                new ChannelConfigurationName(WorkspaceId.DEFAULT, "mail"),
                category,
                definition(),
                state,
                1,
                NOON,
                NOON);
    }

    private ConfigurationDefinition definition() {
        return new ConfigurationDefinition(
                "Mail",
                new EmailSender(
                        new EmailAddress("shop@example.com"),
                        "",
                        null,
                        null,
                        unsubscribeUrl,
                        oneClick),
                new SmtpServer(host, 25, SmtpServer.Security.STARTTLS, true, "", null, ""),
                DeliveryLimits.DEFAULT,
                RetryPolicy.DEFAULT,
                ConfigurationDefinition.USUAL_RETRY_WINDOW,
                UnknownOutcomeRule.BY_CATEGORY,
                "",
                false);
    }
}
