package io.campanile.testkit.campaign;

import io.campanile.application.audience.port.AudienceUses;
import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.CampaignVersion;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.query.Query;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.Campaign.Activated;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.use.CampaignUse;
import io.campanile.domain.use.CampaignUse.Tie;
import io.campanile.domain.use.Uses;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Campaigns, their revisions and control rows in maps; locks nothing. A test says how many
/// messages are open, and whose are kept.
public final class InMemoryCampaigns
        implements Campaigns, CampaignControls, ConfigurationUses, RuleSetUses, AudienceUses {
    private static final Set<Campaign.State> RUNNING =
            EnumSet.of(Campaign.State.SCHEDULED, Campaign.State.LIVE, Campaign.State.PAUSED);
    private static final InMemoryList<Campaign> LIST =
            new InMemoryList<>(InMemoryCampaigns::field, Campaigns.FIELDS);

    private final Map<CampaignId, Campaign> byId = new ConcurrentHashMap<>();
    private final Map<CampaignId, TreeMap<Integer, Revision>> revisions = new ConcurrentHashMap<>();
    private final Map<CampaignId, CampaignControl> controls = new ConcurrentHashMap<>();
    private final Set<CampaignId> unreadable = ConcurrentHashMap.newKeySet();
    private final Map<CampaignId, StopCounts> open = new ConcurrentSkipListMap<>();
    private final Set<CampaignId> keeping = ConcurrentHashMap.newKeySet();
    private final Map<CampaignId, Set<Integer>> sending = new ConcurrentHashMap<>();
    private final Map<CampaignId, Set<AudienceId>> waiting = new ConcurrentHashMap<>();

    /// From now on the campaign cannot be read, as when it was written by another version.
    public void beUnreadable(CampaignId id) {
        unreadable.add(id);
    }

    /// From now on it can be read again.
    public void beReadable(CampaignId id) {
        unreadable.remove(id);
    }

    private Campaign readable(Campaign campaign) {
        if (unreadable.contains(campaign.id())) {
            throw new IllegalStateException("unreadable by the test's will");
        }
        return campaign;
    }

    /// From now on the campaign has these open messages.
    public void openMessages(CampaignId id, StopCounts counts) {
        open.put(id, counts);
    }

    /// From now on a broadcast of the campaign to the audience has not begun.
    public void await(CampaignId id, AudienceId audience) {
        waiting.computeIfAbsent(id, _ -> ConcurrentHashMap.newKeySet()).add(audience);
    }

    /// From now on something triggered under the campaign's revision is to be sent.
    public void send(CampaignId id, int revision) {
        sending.computeIfAbsent(id, _ -> ConcurrentHashMap.newKeySet()).add(revision);
    }

    /// From now on a message of the campaign is kept.
    public void keepMessage(CampaignId id) {
        keeping.add(id);
    }

    /// No message of any campaign is kept any more.
    public void dropMessages() {
        keeping.clear();
    }

    @Override
    public Optional<Campaign> find(CampaignName name) {
        return byId.values().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .map(this::readable);
    }

    @Override
    public Optional<Campaign> find(CampaignId id) {
        return Optional.ofNullable(byId.get(id)).map(this::readable);
    }

    @Override
    public Optional<Campaign> lock(CampaignName name) {
        return find(name);
    }

    @Override
    public synchronized boolean insert(Campaign.Draft campaign) {
        return find(campaign.name()).isEmpty() && byId.putIfAbsent(campaign.id(), campaign) == null;
    }

    @Override
    public synchronized void update(Campaign campaign) {
        if (campaign instanceof Activated activated
                && revision(campaign.id(), activated.live().number()).isEmpty()) {
            throw new IllegalStateException("its live revision was not added: " + campaign.name());
        }
        if (byId.replace(campaign.id(), campaign) == null) {
            throw new IllegalStateException("there is no " + campaign.name());
        }
    }

    @Override
    public void delete(CampaignId id) {
        byId.remove(id);
        revisions.remove(id);
        controls.remove(id);
    }

    @Override
    public List<Campaign> list(WorkspaceId workspace, Query query) {
        List<Campaign> own =
                byId.values().stream()
                        .filter(each -> each.name().workspace().equals(workspace))
                        .toList();
        return LIST.page(own, query).stream().map(InMemoryCampaigns::withoutContent).toList();
    }

    private static Campaign withoutContent(Campaign campaign) {
        return switch (campaign) {
            case Campaign.Draft(var header, var definition) ->
                    new Campaign.Draft(header, definition.withoutContent());
            case Campaign.Running running ->
                    running.with(
                            running.header(),
                            withoutContent(running.live()),
                            withoutContent(running.draft()));
            case Campaign.Stopped(var header, var live, var draft, var counts) ->
                    new Campaign.Stopped(
                            header, withoutContent(live), withoutContent(draft), counts);
            case Campaign.Completed(var header, var live, var draft, var pause) ->
                    new Campaign.Completed(
                            header, withoutContent(live), withoutContent(draft), pause);
            case Campaign.Archived(var header, var live, var draft, var counts) ->
                    new Campaign.Archived(
                            header, withoutContent(live), withoutContent(draft), counts);
        };
    }

    private static Revision withoutContent(Revision live) {
        return new Revision(
                live.number(),
                live.definition().withoutContent(),
                live.createTime(),
                live.createdBy(),
                live.rollbackOf());
    }

    private static @Nullable CampaignDefinition withoutContent(@Nullable CampaignDefinition draft) {
        return draft == null ? null : draft.withoutContent();
    }

    @Override
    public synchronized void addRevision(CampaignId id, Revision revision) {
        var numbered = revisions.computeIfAbsent(id, _ -> new TreeMap<>());
        if (numbered.putIfAbsent(revision.number(), revision) != null) {
            throw new IllegalStateException("taken: revision " + revision.number());
        }
    }

    @Override
    public synchronized Optional<Revision> revision(CampaignId id, int number) {
        return Optional.ofNullable(revisions.getOrDefault(id, new TreeMap<>()).get(number));
    }

    @Override
    public synchronized List<Revision> revisions(CampaignId id, int below, int limit) {
        return revisions
                .getOrDefault(id, new TreeMap<>())
                .headMap(below, false)
                .descendingMap()
                .values()
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public List<CampaignVersion> running() {
        return byId.values().stream()
                .filter(each -> RUNNING.contains(each.state()))
                .map(each -> new CampaignVersion(each.id(), each.version()))
                .toList();
    }

    @Override
    public List<CampaignName> due(Instant now, Set<CampaignName> but, int limit) {
        return byId.values().stream()
                .filter(each -> !each.asOf(now).equals(each))
                .map(Campaign::name)
                .filter(name -> !but.contains(name))
                .sorted(Comparator.comparing(CampaignName::toString))
                .limit(limit)
                .toList();
    }

    @Override
    public List<CampaignName> purgeable(Instant archivedBefore, Set<CampaignName> but, int limit) {
        return byId.values().stream()
                .filter(each -> each.state() == Campaign.State.ARCHIVED)
                .filter(each -> each.header().updateTime().isBefore(archivedBefore))
                .filter(each -> !keeping.contains(each.id()))
                .sorted(Comparator.comparing(each -> each.header().updateTime()))
                .map(Campaign::name)
                .filter(name -> !but.contains(name))
                .limit(limit)
                .toList();
    }

    @Override
    public void set(CampaignId id, CampaignControl control) {
        controls.put(id, control);
    }

    @Override
    public StopCounts countOpen(CampaignId id) {
        return open.getOrDefault(id, StopCounts.NONE);
    }

    /// The control row as it was written; nothing when there is none.
    public Optional<CampaignControl> control(CampaignId id) {
        return Optional.ofNullable(controls.get(id));
    }

    @Override
    public Uses uses(ChannelConfigurationName configuration) {
        return uses(
                configuration.workspace(),
                definition ->
                        definition
                                .channelConfiguration()
                                .equals(configuration.channelConfiguration()));
    }

    @Override
    public Uses uses(RuleSetName ruleSet) {
        return uses(
                ruleSet.workspace(),
                definition -> definition.ruleSets().contains(ruleSet.ruleSet()));
    }

    @Override
    public Uses uses(Audience audience) {
        return new Uses(
                in(audience.name().workspace())
                        .flatMap(campaign -> use(campaign, tie(campaign, audience)))
                        .toList());
    }

    private Uses uses(WorkspaceId workspace, Predicate<CampaignDefinition> names) {
        return new Uses(
                in(workspace).flatMap(campaign -> use(campaign, tie(campaign, names))).toList());
    }

    private Stream<Campaign> in(WorkspaceId workspace) {
        return byId.values().stream()
                .filter(campaign -> campaign.name().workspace().equals(workspace));
    }

    private static Stream<CampaignUse> use(Campaign campaign, @Nullable Tie tie) {
        return tie == null
                ? Stream.empty()
                : Stream.of(new CampaignUse(campaign.name().campaign(), tie));
    }

    private @Nullable Tie tie(Campaign campaign, Predicate<CampaignDefinition> names) {
        if (live(campaign).anyMatch(names)) {
            return Tie.LIVE;
        }
        if (toBeSent(campaign).anyMatch(names)) {
            return Tie.OPEN;
        }
        if (Stream.ofNullable(campaign.draft()).anyMatch(names)) {
            return Tie.DRAFT;
        }
        return revisions(campaign.id(), Integer.MAX_VALUE, Integer.MAX_VALUE).stream()
                        .map(Revision::definition)
                        .anyMatch(names)
                ? Tie.FORMER
                : null;
    }

    private @Nullable Tie tie(Campaign campaign, Audience audience) {
        Predicate<CampaignDefinition> names =
                definition -> definition.audience().equals(audience.name().audience());
        boolean runs = RUNNING.contains(campaign.state());
        if (runs && live(campaign).anyMatch(names)) {
            return Tie.LIVE;
        }
        if (waiting.getOrDefault(campaign.id(), Set.of()).contains(audience.id())) {
            return Tie.OPEN;
        }
        return (runs || campaign.state() == Campaign.State.DRAFT)
                        && Stream.ofNullable(campaign.draft()).anyMatch(names)
                ? Tie.DRAFT
                : null;
    }

    private static Stream<CampaignDefinition> live(Campaign campaign) {
        return (RUNNING.contains(campaign.state()) || campaign.pause() != null)
                        && campaign instanceof Activated activated
                ? Stream.of(activated.live().definition())
                : Stream.empty();
    }

    private Stream<CampaignDefinition> toBeSent(Campaign campaign) {
        return sending.getOrDefault(campaign.id(), Set.of()).stream()
                .flatMap(number -> revision(campaign.id(), number).stream())
                .map(Revision::definition);
    }

    private static @Nullable Object field(Campaign campaign, String field) {
        return switch (field) {
            case "create_time" -> campaign.header().createTime();
            case "update_time" -> campaign.header().updateTime();
            case "display_name" -> campaign.header().properties().displayName();
            case "tags" -> campaign.header().properties().tags();
            case "state" -> campaign.state().name();
            case "category" -> campaign.header().category().name();
            case "channel_configuration" -> campaign.inForce().channelConfiguration();
            case "topic" -> campaign.inForce().topic();
            case "audience" -> campaign.inForce().audience();
            case "rule_sets" -> campaign.inForce().ruleSets();
            case "has_draft" -> Boolean.toString(campaign.draft() != null);
            default -> throw new IllegalArgumentException(field);
        };
    }
}
