package io.campanile.server.proof;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;

import io.campanile.v1.ActivateCampaignRequest;
import io.campanile.v1.ActivateChannelConfigurationRequest;
import io.campanile.v1.ActivateRuleSetRequest;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignContent;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.CreateCampaignRequest;
import io.campanile.v1.CreateChannelConfigurationRequest;
import io.campanile.v1.CreateRuleSetRequest;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.DeliveryLimits;
import io.campanile.v1.EmailContent;
import io.campanile.v1.EmailSender;
import io.campanile.v1.Identity;
import io.campanile.v1.ListSuppressionsRequest;
import io.campanile.v1.PauseCampaignRequest;
import io.campanile.v1.PauseCampaignResponse;
import io.campanile.v1.Recipient;
import io.campanile.v1.RecipientResult;
import io.campanile.v1.ResumeCampaignRequest;
import io.campanile.v1.RetrySettings;
import io.campanile.v1.RuleSet;
import io.campanile.v1.SmtpProvider;
import io.campanile.v1.StopCampaignRequest;
import io.campanile.v1.StopCampaignResponse;
import io.campanile.v1.Suppression;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignRequest.WaitFor;
import io.campanile.v1.UpdateWorkspaceRequest;
import io.campanile.v1.Workspace;

import java.util.List;
import java.util.UUID;

/// What the proofs stand on, made through the API: campaigns, triggers, rules and suppressions.
final class Scenery {
    static final String WORKSPACE = "workspaces/default";

    /// Where the links in marketing lead.
    static final String UNSUBSCRIBE_URL = "https://shop.example.com/unsubscribe";

    /// Messages in hand-over at once on each node, for each channel configuration.
    static final int SLOTS = 16;

    private static final EmailContent CONTENT =
            EmailContent.newBuilder()
                    .setSubject("Order {{context.order}}")
                    .setHtml("<p>Your order <b>{{context.order}}</b> is on its way.</p>")
                    .setText("Your order {{context.order}} is on its way.")
                    .build();

    private static final EmailContent NEWS =
            CONTENT.toBuilder()
                    .setHtml(
                            "<p>News for you.</p><p><a href=\"{{links.unsubscribe}}\">No"
                                    + " more</a></p>")
                    .setText("News for you. No more: {{{links.unsubscribe}}}")
                    .build();

    private Scenery() {}

    static String nameOf(String campaign) {
        return WORKSPACE + "/campaigns/" + campaign;
    }

    static String configurationOf(String configuration) {
        return WORKSPACE + "/channelConfigurations/" + configuration;
    }

    /// A live campaign on an active channel configuration of the same id, with [#SLOTS] slots.
    static void liveCampaign(Node node, String id, Category category, int smtpPort) {
        liveConfiguration(node, id, category, smtpPort, limits().build());
        liveCampaign(node, id, category, id, content(category));
    }

    /// Sends marketing to everybody who has not refused it: for tests that are not about consent.
    static void sendWhenUnset(Node node) {
        setInWorkspace(node, "emails_when_unset", Workspace.newBuilder().setEmailsWhenUnset(true));
    }

    /// Sets one field of the workspace, also to nothing.
    static void setInWorkspace(Node node, String field, Workspace.Builder to) {
        var _ =
                node.access()
                        .updateWorkspace(
                                UpdateWorkspaceRequest.newBuilder()
                                        .setWorkspace(to.setName(WORKSPACE))
                                        .setUpdateMask(FieldMask.newBuilder().addPaths(field))
                                        .build());
    }

    /// Suppresses an address or a domain; answers the entry's name.
    static String suppress(Node node, String target) {
        return node.suppressions()
                .createSuppression(
                        CreateSuppressionRequest.newBuilder()
                                .setParent(WORKSPACE)
                                .setSuppression(Suppression.newBuilder().setTarget(target))
                                .build())
                .getName();
    }

    /// The entries of an address or a domain.
    static List<Suppression> suppressions(Node node, String target) {
        return node.suppressions()
                .listSuppressions(
                        ListSuppressionsRequest.newBuilder()
                                .setParent(WORKSPACE)
                                .setFilter("target = \"" + target + "\"")
                                .build())
                .getSuppressionsList();
    }

    /// Rules that hold for every campaign from now on.
    static void activeRuleSet(Node node, String id, RuleSet.Builder rules) {
        node.ruleSets()
                .createRuleSet(
                        CreateRuleSetRequest.newBuilder()
                                .setParent(WORKSPACE)
                                .setRuleSetId(id)
                                .setRuleSet(rules.setScope(RuleSet.Scope.SCOPE_EVERY_CAMPAIGN))
                                .build());
        node.ruleSets()
                .activateRuleSet(
                        ActivateRuleSetRequest.newBuilder()
                                .setName(WORKSPACE + "/ruleSets/" + id)
                                .build());
    }

    /// Slots, connections and time limits that make the tests short.
    static DeliveryLimits.Builder limits() {
        return DeliveryLimits.newBuilder()
                .setSlots(SLOTS)
                .setConnections(SLOTS)
                .setAttemptTimeout(seconds(5))
                .setFinalReplyTimeout(seconds(60))
                .setBreakerWait(seconds(1));
    }

    static void liveConfiguration(
            Node node, String id, Category category, int smtpPort, DeliveryLimits limits) {
        node.configurations()
                .createChannelConfiguration(
                        CreateChannelConfigurationRequest.newBuilder()
                                .setParent(WORKSPACE)
                                .setChannelConfigurationId(id)
                                .setChannelConfiguration(
                                        configuration(category, smtpPort).setLimits(limits))
                                .build());
        node.configurations()
                .activateChannelConfiguration(
                        ActivateChannelConfigurationRequest.newBuilder()
                                .setName(configurationOf(id))
                                .build());
    }

    private static ChannelConfiguration.Builder configuration(Category category, int smtpPort) {
        return ChannelConfiguration.newBuilder()
                .setDisplayName("Receiver")
                .setChannel(Channel.CHANNEL_EMAIL)
                .setCategory(category)
                .setEmail(
                        EmailSender.newBuilder()
                                .setFromAddress("shop@example.com")
                                .setUnsubscribeUrl(UNSUBSCRIBE_URL))
                .setSmtp(
                        SmtpProvider.newBuilder()
                                .setHost("127.0.0.1")
                                .setPort(smtpPort)
                                .setSecurity(SmtpProvider.Security.SECURITY_PLAINTEXT))
                .setRetry(
                        RetrySettings.newBuilder()
                                .setMinBackoff(seconds(1))
                                .setMaxBackoff(seconds(1)));
    }

    static void liveCampaign(
            Node node, String id, Category category, String configuration, EmailContent content) {
        liveCampaign(node, id, definition(id, category, configuration, content));
    }

    static void liveCampaign(Node node, String id, CampaignDefinition definition) {
        node.campaigns()
                .createCampaign(
                        CreateCampaignRequest.newBuilder()
                                .setParent(WORKSPACE)
                                .setCampaignId(id)
                                .setCampaign(Campaign.newBuilder().setDraft(definition))
                                .build());
        node.campaigns()
                .activateCampaign(ActivateCampaignRequest.newBuilder().setName(nameOf(id)).build());
    }

    static StopCampaignResponse stop(Node node, String campaign) {
        return node.campaigns()
                .stopCampaign(StopCampaignRequest.newBuilder().setName(nameOf(campaign)).build());
    }

    /// Holds a campaign, which goes on accepting triggers.
    static void hold(Node node, String campaign) {
        var _ = pause(node, campaign);
    }

    static PauseCampaignResponse pause(Node node, String campaign) {
        return node.campaigns()
                .pauseCampaign(
                        PauseCampaignRequest.newBuilder()
                                .setName(nameOf(campaign))
                                .setMode(Campaign.PauseMode.PAUSE_MODE_HOLD)
                                .build());
    }

    static void resume(Node node, String campaign) {
        var _ =
                node.campaigns()
                        .resumeCampaign(
                                ResumeCampaignRequest.newBuilder()
                                        .setName(nameOf(campaign))
                                        .build());
    }

    static CampaignDefinition definition(
            String id, Category category, String configuration, EmailContent content) {
        return CampaignDefinition.newBuilder()
                .setDisplayName(id)
                .setCategory(category)
                .setChannelConfiguration(configurationOf(configuration))
                .setContent(CampaignContent.newBuilder().setEmail(content))
                .build();
    }

    static EmailContent content() {
        return CONTENT;
    }

    static EmailContent content(Category category) {
        return category == Category.CATEGORY_MARKETING ? NEWS : CONTENT;
    }

    /// A trigger for so many people of its own.
    static TriggerCampaignRequest trigger(String campaign, String requestId, int recipients) {
        var request =
                TriggerCampaignRequest.newBuilder()
                        .setCampaign(nameOf(campaign))
                        .setRequestId(requestId);
        for (int index = 0; index < recipients; index++) {
            request.addRecipients(recipient(requestId + "-" + index + "@example.com"));
        }
        return request.build();
    }

    /// What became of a message to an address, once it is known.
    static RecipientResult handedOver(Node node, String campaign, String address) {
        return node.triggers()
                .triggerCampaign(
                        TriggerCampaignRequest.newBuilder()
                                .setCampaign(nameOf(campaign))
                                .setRequestId(UUID.randomUUID().toString())
                                .setWaitFor(WaitFor.WAIT_FOR_HANDED_OVER)
                                .addRecipients(recipient(address))
                                .build())
                .getResults(0);
    }

    static Recipient recipient(String address) {
        return Recipient.newBuilder()
                .setIdentity(Identity.newBuilder().setNamespace("email").setValue(address))
                .setContextJson("{\"order\": \"A-1001\"}")
                .build();
    }

    static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
