package io.campanile.testkit.channel;

import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfiguration.State;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationDefinition;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.EmailSender;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.channel.UnknownOutcomeRule;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Channel configurations that are valid from the start: active, transactional, named `mail`.
public final class ChannelConfigurationBuilder {
    public static final Instant CREATED = Instant.parse("2026-03-01T08:00:00Z");

    private ChannelConfigurationId id = new ChannelConfigurationId(UUID.randomUUID());
    private WorkspaceId workspace = WorkspaceId.DEFAULT;
    private String name = "mail";
    private String displayName = "Mail relay";
    private Category category = Category.TRANSACTIONAL;
    private State state = State.ACTIVE;
    private long version = 1;
    private SmtpServer smtp =
            new SmtpServer("localhost", 2525, SmtpServer.Security.PLAINTEXT, false, "", null, "");
    private DeliveryLimits limits = DeliveryLimits.DEFAULT;
    private Duration retryWindow = ConfigurationDefinition.USUAL_RETRY_WINDOW;
    private String addressField = "";
    private boolean bypassesComplaints;
    private Instant createTime = CREATED;

    private ChannelConfigurationBuilder() {}

    public static ChannelConfigurationBuilder aChannelConfiguration() {
        return new ChannelConfigurationBuilder();
    }

    public ChannelConfigurationBuilder identifiedBy(ChannelConfigurationId newId) {
        id = newId;
        return this;
    }

    public ChannelConfigurationBuilder in(WorkspaceId newWorkspace) {
        workspace = newWorkspace;
        return this;
    }

    public ChannelConfigurationBuilder named(String newName) {
        name = newName;
        return this;
    }

    public ChannelConfigurationBuilder displayName(String newDisplayName) {
        displayName = newDisplayName;
        return this;
    }

    public ChannelConfigurationBuilder serving(Category newCategory) {
        category = newCategory;
        return this;
    }

    public ChannelConfigurationBuilder inState(State newState) {
        state = newState;
        return this;
    }

    public ChannelConfigurationBuilder atVersion(long newVersion) {
        version = newVersion;
        return this;
    }

    public ChannelConfigurationBuilder over(SmtpServer newSmtp) {
        smtp = newSmtp;
        return this;
    }

    public ChannelConfigurationBuilder limitedTo(DeliveryLimits newLimits) {
        limits = newLimits;
        return this;
    }

    public ChannelConfigurationBuilder retryWindow(Duration newRetryWindow) {
        retryWindow = newRetryWindow;
        return this;
    }

    public ChannelConfigurationBuilder writingTo(String newAddressField) {
        addressField = newAddressField;
        return this;
    }

    public ChannelConfigurationBuilder bypassingComplaints() {
        bypassesComplaints = true;
        return this;
    }

    public ChannelConfigurationBuilder createdAt(Instant newCreateTime) {
        createTime = newCreateTime;
        return this;
    }

    public ChannelConfiguration build() {
        return new ChannelConfiguration(
                id,
                new ChannelConfigurationName(workspace, name),
                category,
                definition(),
                state,
                version,
                createTime,
                createTime);
    }

    public ConfigurationDefinition definition() {
        return new ConfigurationDefinition(
                displayName,
                new EmailSender(
                        new EmailAddress("shop@example.com"),
                        "Shop",
                        null,
                        null,
                        "https://shop.example.com/unsubscribe",
                        false),
                smtp,
                limits,
                RetryPolicy.DEFAULT,
                retryWindow,
                UnknownOutcomeRule.BY_CATEGORY,
                addressField,
                bypassesComplaints);
    }
}
