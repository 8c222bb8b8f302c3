package io.campanile.testkit.message;

import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.broadcast.port.BroadcastMembers;
import io.campanile.application.broadcast.port.BroadcastPauses;
import io.campanile.application.broadcast.port.BroadcastUpkeep;
import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.delivery.port.SettledStates;
import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.application.message.port.Executions;
import io.campanile.application.message.port.Messages;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.application.operation.port.Invariants;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.receipt.port.Receipts;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;

/// The ports of the hot path over one store, and a way to set its scene. Thread-safe.
public interface StoreUnderTest {
    IntakeStore intake();

    MessageQueue queue();

    Reservations reservations();

    Nodes nodes();

    Executions executions();

    Broadcasts broadcasts();

    BroadcastPauses broadcastPauses();

    BroadcastMembers broadcastMembers();

    BroadcastUpkeep broadcastUpkeep();

    Messages messages();

    SettledStates settledStates();

    MessageErasures erasures();

    Receipts receipts();

    AuditEntries auditEntries();

    Backlogs backlogs();

    Partitions partitions();

    Invariants invariants();

    /// What payloads are encoded with that are to be read here.
    PayloadCodec codec();

    /// What their sensitive parts are encrypted with.
    SecretSealer sealer();

    /// Adds an audience of new people with two identities each, in the order in which broadcasts go
    /// through it. Those without identities were erased meanwhile.
    void addAudience(AudienceId id, List<List<Identity>> members);

    /// Adds an audience of whoever a rule matches.
    void addAudience(AudienceId id, String rule);

    /// Adds somebody of whom one attribute is known.
    void addPerson(List<Identity> identities, String attribute, String value);

    /// Removes an audience.
    void removeAudience(AudienceId id);

    /// Lets the time of a broadcast be over by the store's clock.
    void endTimeOf(ExecutionId broadcast);

    /// Makes the workspace exist.
    void addWorkspace(WorkspaceId id);

    /// Adds a live campaign.
    void addCampaign(CampaignId id, CampaignName name);

    /// Writes the campaign's control row, as a stop or a pause does.
    void control(CampaignId id, CampaignControl control);

    /// Adds a channel configuration, or changes its state and version.
    void configuration(ChannelConfigurationId id, ChannelConfiguration.State state, long version);
}
