package io.campanile.testkit.message;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.MarkResult;
import io.campanile.application.delivery.port.MarkTerms;
import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// What the contracts of the hot path share: a campaign and a channel configuration of each test's
/// own, so that tests do not see each other's messages although they share a store.
public abstract class StoreScene {
    private static final AtomicInteger CAMPAIGNS = new AtomicInteger();

    /// Today, because partitions are made for these days.
    protected final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    protected final Instant leaseEnd = now.plus(Duration.ofSeconds(30));

    protected CampaignId campaign = new CampaignId(new UUID(0, 0));
    protected CampaignName campaignName = new CampaignName(WorkspaceId.DEFAULT, "none");

    /// The version of the channel configuration, until a test changes it.
    protected static final long VERSION = 1;

    protected ChannelConfigurationId configuration = new ChannelConfigurationId(new UUID(0, 0));
    protected NodeId node = new NodeId(0);

    protected abstract StoreUnderTest store();

    @BeforeEach
    void setTheScene() {
        campaign = addCampaign();
        configuration = new ChannelConfigurationId(Triggers.id(now));
        store().configuration(configuration, ChannelConfiguration.State.ACTIVE, VERSION);
        node = store().nodes().register(Duration.ofHours(1));
    }

    protected CampaignId addCampaign() {
        var id = new CampaignId(Triggers.id(now));
        campaignName =
                new CampaignName(WorkspaceId.DEFAULT, "campaign-" + CAMPAIGNS.incrementAndGet());
        store().addCampaign(id, campaignName);
        return id;
    }

    protected Triggers trigger() {
        return trigger(campaign, now);
    }

    protected Triggers trigger(CampaignId of, Instant at) {
        return Triggers.trigger(of, at).through(configuration);
    }

    protected IntakeResult store(NewExecution execution) {
        return store().intake().store(node, List.of(execution)).getFirst();
    }

    /// Stores a trigger whose messages wait without an owner.
    protected NewExecution stored(Triggers trigger) {
        NewExecution execution = trigger.build();
        if (!(store(execution) instanceof IntakeResult.Stored)) {
            throw new IllegalStateException("not stored: " + execution);
        }
        return execution;
    }

    protected List<ClaimedMessage> claim(NodeId by, Instant now) {
        return claim(by, List.of(campaign), 100, now);
    }

    protected List<ClaimedMessage> claim(
            NodeId by, List<CampaignId> campaigns, int places, Instant now) {
        return store().queue()
                .claim(by, Lane.TRANSACTIONAL, configuration, campaigns, places, leaseEnd, now);
    }

    /// Marks what is to be handed over within a second.
    protected MarkResult mark(NodeId by, List<Claim> claims) {
        return store().queue().mark(by, terms(), markings(claims), now);
    }

    /// The terms of an attempt that lasts a second at most.
    protected MarkTerms terms() {
        return terms(now.plusSeconds(1));
    }

    protected MarkTerms terms(Instant attemptEndTime) {
        return new MarkTerms(configuration, VERSION, attemptEndTime, false);
    }

    /// The terms of a mark that repeats one whose answer was lost.
    protected MarkTerms termsAgain() {
        return new MarkTerms(configuration, VERSION, now.plusSeconds(1), true);
    }

    /// Claims to be marked by decisions of which nothing is kept.
    protected static List<Marking> markings(List<Claim> claims) {
        return claims.stream().map(claim -> new Marking(claim, null)).toList();
    }

    protected static List<Claim> claims(Collection<ClaimedMessage> messages) {
        return messages.stream().map(ClaimedMessage::claim).toList();
    }

    protected static List<MessageId> ids(NewExecution execution) {
        return execution.messages().stream().map(message -> message.id()).toList();
    }

    protected void control(boolean acceptsTriggers, Delivery delivery) {
        store().control(campaign, new CampaignControl(acceptsTriggers, 1, delivery));
    }

    /// Claims and marks all that is due.
    protected List<Claim> marked() {
        List<Claim> claims = claims(claim(node, now));
        mark(node, claims);
        return claims;
    }

    protected Recording recording(Claim claim, MessageState state) {
        return new Recording(claim, state, new ProviderReply(250, "2.0.0"), now);
    }

    protected MessageState.Kind stateOf(MessageId message) {
        return Optional.of(message)
                .flatMap(id -> store().messages().find(WorkspaceId.DEFAULT, id))
                .orElseThrow()
                .state();
    }

    /// Stores two thousand messages of other calls, which wait beside those that a test is about.
    protected final void fillQueue() {
        for (int call = 0; call < 20; call++) {
            stored(trigger().recipients(100));
        }
    }
}
