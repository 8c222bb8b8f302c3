package io.campanile.server.node;

import io.campanile.application.access.Changes;
import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.access.port.Workspaces;
import io.campanile.application.audience.port.AudienceUses;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.broadcast.port.BroadcastMembers;
import io.campanile.application.broadcast.port.BroadcastPauses;
import io.campanile.application.broadcast.port.BroadcastUpkeep;
import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.application.message.port.Executions;
import io.campanile.application.message.port.Messages;
import io.campanile.application.operation.KeepStore;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.receipt.port.Receipts;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.application.secret.RequestDigests;
import io.campanile.application.secret.port.KeptKeys;
import io.campanile.application.secret.port.SealedSecrets;
import io.campanile.application.store.port.RequestLog;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.persistence.Database;
import io.campanile.persistence.OldestSnapshot;
import io.campanile.persistence.Store;
import io.campanile.persistence.access.JdbiApiKeys;
import io.campanile.persistence.access.JdbiAuditEntries;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.audience.JdbiAudiences;
import io.campanile.persistence.broadcast.JdbiBroadcastMembers;
import io.campanile.persistence.broadcast.JdbiBroadcastPauses;
import io.campanile.persistence.broadcast.JdbiBroadcastUpkeep;
import io.campanile.persistence.broadcast.JdbiBroadcasts;
import io.campanile.persistence.campaign.JdbiAudienceUses;
import io.campanile.persistence.campaign.JdbiCampaignControls;
import io.campanile.persistence.campaign.JdbiCampaigns;
import io.campanile.persistence.campaign.JdbiConfigurationUses;
import io.campanile.persistence.campaign.JdbiRuleSetUses;
import io.campanile.persistence.channel.JdbiChannelConfigurations;
import io.campanile.persistence.consent.JdbiConsents;
import io.campanile.persistence.delivery.JdbiNodes;
import io.campanile.persistence.delivery.JdbiReservations;
import io.campanile.persistence.erasure.JdbiMessageErasures;
import io.campanile.persistence.message.JdbiExecutions;
import io.campanile.persistence.message.JdbiMessages;
import io.campanile.persistence.operation.JdbiBacklogs;
import io.campanile.persistence.operation.JdbiPartitions;
import io.campanile.persistence.profile.JdbiProfileImports;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.receipt.JdbiReceipts;
import io.campanile.persistence.ruleset.JdbiRuleSets;
import io.campanile.persistence.secret.JdbiKeptKeys;
import io.campanile.persistence.secret.JdbiSealedSecrets;
import io.campanile.persistence.store.JdbiRequestLog;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.persistence.store.PostgresChangeSignal;
import io.campanile.persistence.suppression.JdbiAllowedEntries;
import io.campanile.persistence.suppression.JdbiBounceCounts;
import io.campanile.persistence.suppression.JdbiSuppressions;

import java.util.Optional;

/// The ports that PostgreSQL stands behind, for everything but intake and delivery, which have
/// [HotPorts]. Their adapters have no state, so that each is made where it is asked for.
final class StorePorts {
    private final Store store;
    private final HotPorts hot;
    private final Nodes leases;
    private final PostgresChangeSignal signal;

    StorePorts(Database database) {
        this.store = database.store();
        this.hot = new HotPorts(database.hot());
        this.leases = new JdbiNodes(database.lease());
        this.signal = new PostgresChangeSignal(database);
    }

    /// For intake and delivery.
    HotPorts hot() {
        return hot;
    }

    /// For the renewal of this node's lease, over a connection of its own.
    Nodes leases() {
        return leases;
    }

    PostgresChangeSignal signal() {
        return signal;
    }

    Transactions transactions() {
        return new JdbiTransactions(store);
    }

    RequestLog requests() {
        return new JdbiRequestLog(store);
    }

    /// What every change of a use case goes through.
    Changes changes(Surroundings surroundings, RequestDigests digests) {
        return new Changes(
                transactions(),
                requests(),
                digests,
                auditEntries(),
                signal,
                surroundings.clock(),
                surroundings.ids()::next);
    }

    /// What grows old.
    KeepStore.Stores kept() {
        return new KeepStore.Stores(
                partitions(),
                hot.intake(),
                broadcastUpkeep(),
                hot.reservations(),
                profileImports(),
                bounces(),
                suppressions(),
                allowedEntries(),
                requests(),
                auditEntries());
    }

    Campaigns campaigns() {
        return new JdbiCampaigns(store);
    }

    CampaignControls controls() {
        return new JdbiCampaignControls(store);
    }

    ChannelConfigurations configurations() {
        return new JdbiChannelConfigurations(store);
    }

    ConfigurationUses configurationUses() {
        return new JdbiConfigurationUses(store);
    }

    Workspaces workspaces() {
        return new JdbiWorkspaces(store);
    }

    ApiKeys apiKeys() {
        return new JdbiApiKeys(store);
    }

    AuditEntries auditEntries() {
        return new JdbiAuditEntries(store);
    }

    Profiles profiles() {
        return new JdbiProfiles(store);
    }

    ProfileImports profileImports() {
        return new JdbiProfileImports(store);
    }

    KeptKeys keptKeys() {
        return new JdbiKeptKeys(store);
    }

    SealedSecrets secrets() {
        return new JdbiSealedSecrets(store);
    }

    MessageErasures erasures(PayloadOpener payloads) {
        return new JdbiMessageErasures(store, payloads);
    }

    Consents consents() {
        return new JdbiConsents(store);
    }

    Suppressions suppressions() {
        return new JdbiSuppressions(store);
    }

    BounceCounts bounces() {
        return new JdbiBounceCounts(store);
    }

    AllowedEntries allowedEntries() {
        return new JdbiAllowedEntries(store);
    }

    Audiences audiences() {
        return new JdbiAudiences(store);
    }

    AudienceUses audienceUses() {
        return new JdbiAudienceUses(store);
    }

    RuleSets ruleSets() {
        return new JdbiRuleSets(store);
    }

    RuleSetUses ruleSetUses() {
        return new JdbiRuleSetUses(store);
    }

    Reservations reservations() {
        return new JdbiReservations(store);
    }

    Executions executions() {
        return new JdbiExecutions(store);
    }

    Broadcasts broadcasts() {
        return new JdbiBroadcasts(store);
    }

    BroadcastPauses broadcastPauses() {
        return new JdbiBroadcastPauses(store);
    }

    BroadcastMembers broadcastMembers() {
        return new JdbiBroadcastMembers(store);
    }

    BroadcastUpkeep broadcastUpkeep() {
        return new JdbiBroadcastUpkeep(store);
    }

    Messages messages() {
        return new JdbiMessages(store);
    }

    Receipts receipts() {
        return new JdbiReceipts(store);
    }

    Backlogs backlogs() {
        return new JdbiBacklogs(store);
    }

    /// The transaction of somebody else that has lasted longest.
    Optional<OldestSnapshot> oldestSnapshot() {
        return OldestSnapshot.of(store);
    }

    Partitions partitions() {
        return new JdbiPartitions(store);
    }
}
