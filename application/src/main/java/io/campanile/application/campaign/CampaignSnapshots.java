package io.campanile.application.campaign;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.campaign.port.CampaignVersion;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.channel.port.ConfigurationVersion;
import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.store.port.ChangeSignal;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.Campaign.Activated;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationDefinition;
import io.campanile.domain.content.Contract;
import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// All campaigns that are scheduled, live or paused, in memory, with what their channel
/// configurations and workspaces say about their triggers. Looking into the cache takes no lock and
/// never blocks. Kept up to date by [#refresh], which somebody calls every two seconds at least and
/// [#follow] calls after every change; correctness comes from the control row. Thread-safe.
public final class CampaignSnapshots {
    private static final System.Logger LOG = System.getLogger(CampaignSnapshots.class.getName());

    private final Campaigns campaigns;
    private final ChannelConfigurations configurations;
    private final Workspaces workspaces;
    private final ChangeSignal signal;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile View view =
            new View(
                    new Counters(-1, -1),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Set.of(),
                    Set.of(),
                    List.of());

    public CampaignSnapshots(
            Campaigns campaigns,
            ChannelConfigurations configurations,
            Workspaces workspaces,
            ChangeSignal signal) {
        this.campaigns = campaigns;
        this.configurations = configurations;
        this.workspaces = workspaces;
        this.signal = signal;
    }

    /// A snapshot and what it was made of.
    private record Entry(
            CampaignSnapshot snapshot,
            CampaignVersion version,
            ChannelConfiguration configuration,
            AttributeSchema schema) {}

    /// The numbers of the newest changes that the copies here may lag behind.
    private record Counters(long campaigns, long access) {}

    /// The cache.
    ///
    /// @param unreadable what was found so, and said; `unusable` is that of configurations
    private record View(
            Counters counters,
            Map<WorkspaceId, AttributeSchema> schemas,
            Map<CampaignId, Entry> byId,
            Map<CampaignName, Entry> byName,
            Set<CampaignVersion> unreadable,
            Set<ConfigurationVersion> unusable,
            List<ChannelConfiguration> configurations) {}

    /// The campaign if it is in memory; never blocks.
    public Optional<CampaignSnapshot> findCached(CampaignName name) {
        return Optional.ofNullable(view.byName().get(name)).map(Entry::snapshot);
    }

    /// The version of a campaign that is in memory; never blocks.
    public OptionalLong version(CampaignId id) {
        Entry entry = view.byId().get(id);
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.version().version());
    }

    /// All channel configurations that can be read, as of the last refresh; never blocks.
    public List<ChannelConfiguration> configurations() {
        return view.configurations();
    }

    /// What the store knows of the campaign; blocks. Asked when the cache has nothing, or something
    /// that would refuse a trigger and may be out of date.
    public CampaignLookup find(CampaignName name) {
        return campaigns
                .find(name)
                .map(campaign ->
                        switch (campaign) {
                            case Campaign.Draft _ -> new CampaignLookup.NeverActivated();
                            case Activated activated ->
                                    new CampaignLookup.Found(
                                            snapshot(
                                                    activated,
                                                    configuration(activated),
                                                    workspaces.attributeSchema(
                                                            activated.name().workspace())));
                        })
                .orElseGet(CampaignLookup.Unknown::new);
    }

    /// Brings the cache up to date if something changed since; blocks.
    ///
    /// @throws io.campanile.application.store.StoreUnavailable when the database is away; the cache
    ///   stays as it is
    public void refresh() {
        refreshing.lock();
        try {
            // Read before the campaigns: a change in between raises it again and is seen next time.
            var counters =
                    new Counters(
                            signal.counter(ChangeTopic.CAMPAIGNS),
                            signal.counter(ChangeTopic.ACCESS));
            if (!counters.equals(view.counters())) {
                view = load(counters, view);
            }
        } finally {
            refreshing.unlock();
        }
    }

    /// Refreshes after every change on any node.
    public ChangeSignal.Subscription follow() {
        var ofCampaigns = signal.subscribe(ChangeTopic.CAMPAIGNS, this::refresh);
        var ofWorkspaces = signal.subscribe(ChangeTopic.ACCESS, this::refresh);
        return () -> {
            ofCampaigns.close();
            ofWorkspaces.close();
        };
    }

    private View load(Counters counters, View known) {
        Map<WorkspaceId, AttributeSchema> schemas =
                counters.access() == known.counters().access()
                        ? known.schemas()
                        : Map.copyOf(workspaces.attributeSchemas());
        Map<ConfigurationVersion, RuntimeException> unusable = new HashMap<>();
        Map<ChannelConfigurationName, ChannelConfiguration> byConfiguration = new HashMap<>();
        configurations.all(unusable::put).forEach(each -> byConfiguration.put(each.name(), each));
        Map<CampaignId, Entry> byId = new HashMap<>();
        Map<CampaignName, Entry> byName = new HashMap<>();
        Map<CampaignVersion, RuntimeException> unreadable = new HashMap<>();
        for (CampaignVersion version : campaigns.running()) {
            Optional<Entry> entry =
                    Optional.ofNullable(known.byId().get(version.id()))
                            .filter(old -> isCurrent(old, version, byConfiguration, schemas))
                            .or(() -> loadIfReadable(version, schemas, unreadable));
            entry.ifPresent(current -> {
                byId.put(version.id(), current);
                byName.put(current.snapshot().name(), current);
            });
        }
        logNew(
                unreadable,
                known.unreadable(),
                version ->
                        "a campaign cannot be read and takes no triggers campaign=" + version.id());
        logNew(
                unusable,
                known.unusable(),
                version ->
                        "a channel configuration cannot be read and sends nothing configuration="
                                + version.id());
        return new View(
                counters,
                schemas,
                byId,
                byName,
                Set.copyOf(unreadable.keySet()),
                Set.copyOf(unusable.keySet()),
                List.copyOf(byConfiguration.values()));
    }

    private static <V> void logNew(
            Map<V, RuntimeException> found, Set<V> known, Function<V, String> text) {
        found.forEach((version, e) -> {
            if (!known.contains(version)) {
                LOG.log(System.Logger.Level.ERROR, text.apply(version), e);
            }
        });
    }

    private static boolean isCurrent(
            Entry entry,
            CampaignVersion version,
            Map<ChannelConfigurationName, ChannelConfiguration> configurations,
            Map<WorkspaceId, AttributeSchema> schemas) {
        ChannelConfiguration now = configurations.get(entry.configuration().name());
        return entry.version().equals(version)
                && now != null
                && now.version() == entry.configuration().version()
                && entry.schema().equals(schema(schemas, entry.snapshot().name()));
    }

    private static AttributeSchema schema(
            Map<WorkspaceId, AttributeSchema> schemas, CampaignName campaign) {
        return schemas.getOrDefault(campaign.workspace(), AttributeSchema.NONE);
    }

    /// One that cannot be read must not keep the cache from following the others.
    private Optional<Entry> loadIfReadable(
            CampaignVersion version,
            Map<WorkspaceId, AttributeSchema> schemas,
            Map<CampaignVersion, RuntimeException> unreadable) {
        try {
            return load(version.id(), schemas);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            unreadable.put(version, e);
            return Optional.empty();
        }
    }

    private Optional<Entry> load(CampaignId id, Map<WorkspaceId, AttributeSchema> schemas) {
        return campaigns
                .find(id)
                .filter(Activated.class::isInstance)
                .map(Activated.class::cast)
                .flatMap(campaign ->
                        findConfiguration(campaign)
                                .map(found ->
                                        entry(campaign, found, schema(schemas, campaign.name()))));
    }

    private static Entry entry(
            Activated campaign, ChannelConfiguration configuration, AttributeSchema schema) {
        return new Entry(
                snapshot(campaign, configuration, schema),
                new CampaignVersion(campaign.id(), campaign.version()),
                configuration,
                schema);
    }

    /// It is always there: a configuration that some revision names cannot be deleted.
    private ChannelConfiguration configuration(Activated campaign) {
        return findConfiguration(campaign)
                .orElseThrow(
                        () -> new IllegalStateException("no configuration: " + campaign.name()));
    }

    private Optional<ChannelConfiguration> findConfiguration(Activated campaign) {
        return configurations.find(
                new ChannelConfigurationName(
                        campaign.name().workspace(),
                        campaign.live().definition().channelConfiguration()));
    }

    private static CampaignSnapshot snapshot(
            Activated campaign, ChannelConfiguration configuration, AttributeSchema schema) {
        Revision live = campaign.live();
        ConfigurationDefinition sending = configuration.definition();
        return new CampaignSnapshot(
                campaign.id(),
                campaign.name(),
                campaign.header().category(),
                campaign.state(),
                campaign.control(),
                live.number(),
                live.definition().withoutContent(),
                Contract.of(live.definition().content(), live.definition().fields()),
                new AttributeCheck(schema),
                configuration.id(),
                sending.retryWindow(),
                sending.addressField(),
                sending.bypassesComplaints());
    }
}
