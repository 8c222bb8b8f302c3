package io.campanile.application.delivery;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import io.campanile.application.access.Changes;
import io.campanile.application.consent.FormerDenials;
import io.campanile.application.consent.TokenKey;
import io.campanile.application.content.port.ContentCompiler;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.secret.RequestDigests;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ConfigurationDecision;
import io.campanile.domain.channel.ConfigurationLifecycle;
import io.campanile.domain.channel.ConfigurationLifecycle.Action;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.use.Uses;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.campaign.InMemoryCampaigns;
import io.campanile.testkit.channel.ChannelConfigurationBuilder;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.content.InMemoryContentCompiler;
import io.campanile.testkit.content.InMemoryPayloadCodec;
import io.campanile.testkit.delivery.InMemoryProvider;
import io.campanile.testkit.delivery.InMemoryProviderTimeLine;
import io.campanile.testkit.delivery.InMemoryProviders;
import io.campanile.testkit.eligibility.InMemoryFactSource;
import io.campanile.testkit.eligibility.InMemoryRuleSource;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.ruleset.InMemoryRuleSets;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.secret.InMemorySecretSealer;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemoryBounceCounts;
import io.campanile.testkit.suppression.InMemorySuppressions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// What nodes share: the database and the providers' side.
public final class DeliveryWorld {
    /// Admitted, but the content cannot be rendered with it.
    public static final Map<String, Object> UNRENDERABLE = Map.of("answer_to", "nobody");

    static final int SLOTS = 8;
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    static final EmailContent CONTENT =
            new EmailContent(
                    "Your order",
                    "",
                    "",
                    "Thank you!",
                    "{{#context.answer_to}}{{context.answer_to}}{{/context.answer_to}}");

    public final SettableTime clock = new SettableTime(NOON);
    public final InMemoryStore store = new InMemoryStore(clock);
    public final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    final InMemoryChannelConfigurations configurations = new InMemoryChannelConfigurations();
    final InMemoryProviders providers = new InMemoryProviders();
    public final InMemoryChangeSignal signal = new InMemoryChangeSignal();
    public final InMemoryPayloadCodec codec = store.codec();
    public volatile ContentCompiler compiler = new InMemoryContentCompiler();
    volatile InMemorySecretSealer sealer = store.sealer();
    final TokenKey tokenKey = InMemoryKeptKeys.tokenKey();
    public final RequestDigests digests = InMemoryKeptKeys.requestDigests();
    final InMemoryProviderTimeLine timeLine = new InMemoryProviderTimeLine(clock);
    public final InMemorySuppressions suppressions = new InMemorySuppressions();
    public final InMemoryBounceCounts bounces = new InMemoryBounceCounts();
    final InMemoryAllowedEntries allowedEntries = new InMemoryAllowedEntries();
    public final InMemoryWorkspaces workspaces = new InMemoryWorkspaces();
    final InMemoryProfiles profiles = new InMemoryProfiles();
    public final InMemoryConsents consents = new InMemoryConsents();
    final InMemoryRuleSets ruleSets = new InMemoryRuleSets();
    public final InMemoryTransactions transactions = new InMemoryTransactions();
    public final InMemoryFactSource facts =
            new InMemoryFactSource(
                    workspaces,
                    profiles,
                    consents,
                    suppressions,
                    allowedEntries,
                    InMemoryKeptKeys.pseudonyms());
    public final InMemoryRuleSource rules =
            new InMemoryRuleSource(ruleSets, workspaces, profiles, store.reservations());
    private volatile ChannelConfiguration configuration;
    private final List<ChannelConfiguration> more = new CopyOnWriteArrayList<>();
    public final Campaign.Live campaign;

    /// Of one node: several have as much together.
    volatile RenderedMails rendered = RenderedMails.ofHeap();

    volatile boolean clocksApart;
    volatile boolean clockJumped;

    /// How often nodes have asked whether they are.
    final AtomicInteger looks = new AtomicInteger();

    public DeliveryWorld(Category category) {
        this(category, configuration -> configuration);
    }

    /// @param addressField which attribute the channel configuration takes addresses from
    DeliveryWorld(Category category, String addressField) {
        this(category, configuration -> configuration.writingTo(addressField));
    }

    /// @param configured what is special about the channel configuration
    public DeliveryWorld(Category category, UnaryOperator<ChannelConfigurationBuilder> configured) {
        // What these tests are about is not consent.
        workspaces.insert(new Workspace(WorkspaceId.DEFAULT, "Default", NOON, true, false));
        configuration =
                configured
                        .apply(
                                aChannelConfiguration()
                                        .serving(category)
                                        .limitedTo(
                                                new DeliveryLimits(
                                                        2,
                                                        SLOTS,
                                                        0,
                                                        Duration.ofSeconds(5),
                                                        Duration.ofSeconds(5),
                                                        50,
                                                        Duration.ofSeconds(1))))
                        .build();
        configurations.insert(configuration);
        store.configuration(configuration.id(), configuration.state(), configuration.version());
        campaign = add(aCampaign().category(category).saying(CONTENT));
    }

    Changes changes() {
        return new Changes(
                transactions,
                new InMemoryRequestLog(),
                digests,
                new InMemoryAuditEntries(),
                signal,
                clock,
                UUID::randomUUID);
    }

    ManageProfiles manageProfiles() {
        Changes changes = changes();
        return new ManageProfiles(
                profiles,
                workspaces,
                new AddressAttributes(workspaces, configurations),
                store.reservations(),
                new FormerDenials(consents, profiles, InMemoryKeptKeys.pseudonyms(), changes),
                LongCalls.ofReaders(),
                changes);
    }

    Campaign.Live add(CampaignBuilder builder) {
        Campaign.Live live = builder.live();
        campaigns.insert(builder.draft());
        campaigns.addRevision(live.id(), live.live());
        campaigns.update(live);
        store.addCampaign(live.id(), live.name());
        return live;
    }

    /// One that cannot be used beside the one of the campaign.
    void addUnusableConfiguration() {
        providers.refuse(add(aChannelConfiguration().named("unusable")).id());
    }

    /// One more that sends, for nodes that are made afterwards.
    ChannelConfiguration add(ChannelConfigurationBuilder builder) {
        ChannelConfiguration another = builder.build();
        configurations.insert(another);
        store.configuration(another.id(), another.state(), another.version());
        more.add(another);
        return another;
    }

    List<ChannelConfiguration> allConfigurations() {
        var all = new ArrayList<ChannelConfiguration>();
        all.add(configuration);
        all.addAll(more);
        return all;
    }

    boolean areClocksApart() {
        looks.incrementAndGet();
        return clocksApart;
    }

    /// Nodes that are made from now on have these keys only.
    void keys(String current, String... former) {
        sealer = sealer.withKeys(current, former);
    }

    /// Another version of the channel configuration; nodes follow at their next refresh.
    void updateConfiguration() {
        if (ConfigurationLifecycle.decide(configuration, Action.UPDATE, Uses.NONE, clock.instant())
                instanceof ConfigurationDecision.Changed(var changed)) {
            configuration = changed;
            store.configuration(changed.id(), changed.state(), changed.version());
        }
    }

    public InMemoryProvider provider() {
        return providers.of(configuration);
    }
}
