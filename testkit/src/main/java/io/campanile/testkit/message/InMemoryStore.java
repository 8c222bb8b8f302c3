package io.campanile.testkit.message;

import io.campanile.application.broadcast.port.BroadcastMembers;
import io.campanile.application.broadcast.port.BroadcastPauses;
import io.campanile.application.broadcast.port.BroadcastUpkeep;
import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.SettledStates;
import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.application.message.port.CancelledAt;
import io.campanile.application.message.port.Executions;
import io.campanile.application.message.port.Messages;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.application.operation.port.Invariants;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.receipt.port.Receipts;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.content.InMemoryPayloadCodec;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.secret.InMemorySecretSealer;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Executions and messages in memory, behind all ports of the hot path; one lock stands for the
/// database's transactions. Can be away, as a database can. Thread-safe.
public final class InMemoryStore implements StoreUnderTest {
    record Key(CampaignId campaign, String requestId) {}

    final Map<CampaignId, CampaignName> campaigns = new HashMap<>();
    final Map<CampaignId, CampaignControl> controls = new HashMap<>();

    /// Versions of those that are active.
    private final Map<ChannelConfigurationId, Long> active = new HashMap<>();

    final Map<Key, NewExecution> keys = new HashMap<>();
    final Map<ExecutionId, NewExecution> executions = new HashMap<>();
    final Map<ExecutionId, CancelledAt> cancellations = new HashMap<>();
    final TreeMap<MessageId, MessageRow> messages = new TreeMap<>();
    final Map<ExecutionId, BroadcastRow> broadcasts = new HashMap<>();
    private final Map<AudienceId, List<Member>> listed = new HashMap<>();
    private final Map<AudienceId, Audience> ruled = new HashMap<>();
    final InMemoryProfiles people = new InMemoryProfiles();
    private final InMemoryPayloadCodec codec = new InMemoryPayloadCodec();
    private final InMemorySecretSealer sealer = new InMemorySecretSealer();
    final PayloadOpener payloads = new PayloadOpener(codec, sealer);

    private final IntakeStore intake = new InMemoryIntakeStore(this);
    private final InMemoryReservations reservations = new InMemoryReservations(this);
    private final MessageQueue queue = new InMemoryMessageQueue(this);
    private final Executions executionsPort = new InMemoryExecutions(this);
    private final Broadcasts broadcastsPort = new InMemoryBroadcasts(this);
    private final BroadcastPauses broadcastPauses = new InMemoryBroadcastPauses(this);
    private final BroadcastMembers broadcastMembers = new InMemoryBroadcastMembers(this);
    private final BroadcastUpkeep broadcastUpkeep = new InMemoryBroadcastUpkeep(this);
    private final InMemoryMessages messagesPort = new InMemoryMessages(this);
    private final InMemoryAuditEntries auditEntries = new InMemoryAuditEntries();
    private final SettledStates settledStates =
            new SettledStates() {
                @Override
                public Map<MessageId, MessageState> settledAmong(Collection<MessageId> ids) {
                    return states(ids, row -> !row.isOpen());
                }

                @Override
                public Map<MessageId, MessageState> statesOf(Collection<MessageId> ids) {
                    return states(ids, _ -> true);
                }
            };
    final InMemoryMessageErasures erasures = new InMemoryMessageErasures(this);
    private final Receipts receipts = new InMemoryReceipts(this);
    private final Backlogs backlogs = new InMemoryBacklogs(this);
    private final Partitions partitions = new InMemoryPartitions(this);
    private final Invariants invariants = new InMemoryInvariants(this);
    private final InMemoryNodes nodes;
    private final StoreFaults faults = new StoreFaults(this);
    final Set<ExecutionId> unlabelled = new HashSet<>();
    final InstantSource clock;

    /// An empty store.
    ///
    /// @param clock the database's
    public InMemoryStore(InstantSource clock) {
        this.clock = clock;
        nodes = new InMemoryNodes(this, clock);
    }

    /// The message's address is stored as something that is none.
    public synchronized void spoilAddress(MessageId message) {
        MessageRow row = messages.get(message);
        if (row == null) {
            throw new IllegalArgumentException("no such message: " + message);
        }
        row.spoiledAddress = "an address no more";
    }

    /// What tests make go wrong.
    public StoreFaults faults() {
        return faults;
    }

    void requireThere() {
        faults.requireThere();
    }

    @Override
    public IntakeStore intake() {
        return intake;
    }

    @Override
    public MessageQueue queue() {
        return queue;
    }

    @Override
    public InMemoryReservations reservations() {
        return reservations;
    }

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @Override
    public Executions executions() {
        return executionsPort;
    }

    @Override
    public Broadcasts broadcasts() {
        return broadcastsPort;
    }

    @Override
    public BroadcastPauses broadcastPauses() {
        return broadcastPauses;
    }

    @Override
    public BroadcastMembers broadcastMembers() {
        return broadcastMembers;
    }

    @Override
    public BroadcastUpkeep broadcastUpkeep() {
        return broadcastUpkeep;
    }

    @Override
    public synchronized void addAudience(AudienceId id, List<List<Identity>> members) {
        listed.put(
                id,
                members.stream()
                        .map(identities -> new Member(new ProfileId(UUID.randomUUID()), identities))
                        .toList());
    }

    @Override
    public synchronized void addAudience(AudienceId id, String rule) {
        var name = new AudienceName(WorkspaceId.DEFAULT, "ruled");
        var definition = new AudienceDefinition("", "", rule);
        ruled.put(id, Audience.created(id, name, definition, Instant.EPOCH));
    }

    @Override
    public synchronized void addPerson(List<Identity> identities, String attribute, String value) {
        people.insert(
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        identities,
                        new ProfileDetails(
                                new Attributes(Map.of(attribute, value)), List.of(), "", ""),
                        Instant.EPOCH));
    }

    @Override
    public synchronized void removeAudience(AudienceId id) {
        listed.remove(id);
        ruled.remove(id);
    }

    @Override
    public synchronized void endTimeOf(ExecutionId broadcast) {
        BroadcastRow row = broadcasts.get(broadcast);
        if (row == null) {
            throw new IllegalArgumentException("no broadcast: " + broadcast);
        }
        row.isOver = true;
    }

    /// The members of this moment; nothing when there is no such audience.
    synchronized Optional<List<Member>> members(AudienceId id) {
        return Optional.ofNullable(listed.get(id))
                .or(() ->
                        Optional.ofNullable(ruled.get(id))
                                .map(audience ->
                                        new InMemoryAudiences(people)
                                                .now(audience).stream()
                                                        .map(person ->
                                                                new Member(
                                                                        person.id(),
                                                                        person.identities()))
                                                        .toList()));
    }

    @Override
    public Messages messages() {
        return messagesPort;
    }

    /// Whose campaign it is.
    WorkspaceId workspace(NewExecution execution) {
        CampaignName name = campaigns.get(execution.campaign());
        if (name == null) {
            throw new IllegalStateException("no such campaign: " + execution.campaign());
        }
        return name.workspace();
    }

    /// What the caller called the execution, as far as nobody was erased.
    Map<String, String> labels(NewExecution execution) {
        return unlabelled.contains(execution.id()) ? Map.of() : execution.metadata();
    }

    /// So few that slices of messages are short.
    public void lookAt(int messagesAtOnce) {
        messagesPort.lookAt(messagesAtOnce);
    }

    @Override
    public SettledStates settledStates() {
        return settledStates;
    }

    @Override
    public MessageErasures erasures() {
        return erasures;
    }

    @Override
    public Receipts receipts() {
        return receipts;
    }

    @Override
    public InMemoryAuditEntries auditEntries() {
        return auditEntries;
    }

    @Override
    public Backlogs backlogs() {
        return backlogs;
    }

    @Override
    public Partitions partitions() {
        return partitions;
    }

    @Override
    public Invariants invariants() {
        return invariants;
    }

    @Override
    public InMemoryPayloadCodec codec() {
        return codec;
    }

    @Override
    public InMemorySecretSealer sealer() {
        return sealer;
    }

    boolean isTakenForDead(NodeId node) {
        return nodes.isTakenForDead(node);
    }

    /// Workspaces are nothing but names here.
    @Override
    public void addWorkspace(WorkspaceId id) {}

    @Override
    public synchronized void addCampaign(CampaignId id, CampaignName name) {
        campaigns.put(id, name);
        controls.put(id, new CampaignControl(true, 1, CampaignControl.Delivery.DELIVER));
    }

    @Override
    public synchronized void control(CampaignId id, CampaignControl control) {
        controls.put(id, control);
    }

    @Override
    public synchronized void configuration(
            ChannelConfigurationId id, ChannelConfiguration.State state, long version) {
        if (state == ChannelConfiguration.State.ACTIVE) {
            active.put(id, version);
        } else {
            active.remove(id);
        }
    }

    boolean isActive(ChannelConfigurationId id, long version) {
        return Objects.equals(active.get(id), version);
    }

    private synchronized Map<MessageId, MessageState> states(
            Collection<MessageId> ids, Predicate<MessageRow> condition) {
        requireThere();
        var found = new HashMap<MessageId, MessageState>();
        for (MessageId id : ids) {
            MessageRow row = messages.get(id);
            if (row != null && condition.test(row)) {
                found.put(id, row.stateNow());
            }
        }
        return found;
    }

    NewExecution execution(ExecutionId id) {
        return Optional.ofNullable(executions.get(id)).orElseThrow();
    }

    BroadcastRow broadcast(ExecutionId id) {
        return Optional.ofNullable(broadcasts.get(id)).orElseThrow();
    }

    Stream<MessageRow> open() {
        return messages.values().stream().filter(MessageRow::isOpen);
    }

    List<MessageRow> open(ExecutionId execution) {
        return open().filter(row -> row.execution.id().equals(execution)).toList();
    }
}
