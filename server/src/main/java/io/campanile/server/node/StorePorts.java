package io.campanile.server.node;

import io.campanile.application.access.Changes;
import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.access.port.Workspaces;
import io.campanile.application.audience.port.AudienceRules;
import io.campanile.application.audience.port.AudienceUses;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.Pace;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.delivery.port.SettledStates;
import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.RuleSource;
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
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.persistence.Database;
import io.campanile.persistence.Store;
import io.campanile.persistence.access.JdbiApiKeys;
import io.campanile.persistence.access.JdbiAuditEntries;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.audience.JdbiAudiences;
import io.campanile.persistence.broadcast.JdbiBroadcasts;
import io.campanile.persistence.campaign.JdbiAudienceUses;
import io.campanile.persistence.campaign.JdbiCampaignControls;
import io.campanile.persistence.campaign.JdbiCampaigns;
import io.campanile.persistence.campaign.JdbiConfigurationUses;
import io.campanile.persistence.campaign.JdbiRuleSetUses;
import io.campanile.persistence.channel.JdbiChannelConfigurations;
import io.campanile.persistence.consent.JdbiConsents;
import io.campanile.persistence.content.JacksonPayloadCodec;
import io.campanile.persistence.delivery.JdbiMessageQueue;
import io.campanile.persistence.delivery.JdbiNodes;
import io.campanile.persistence.delivery.JdbiPace;
import io.campanile.persistence.delivery.JdbiReservations;
import io.campanile.persistence.delivery.JdbiSettledStates;
import io.campanile.persistence.eligibility.JdbiFactSource;
import io.campanile.persistence.eligibility.JdbiRuleSource;
import io.campanile.persistence.erasure.JdbiMessageErasures;
import io.campanile.persistence.message.JdbiExecutions;
import io.campanile.persistence.message.JdbiMessages;
import io.campanile.persistence.operation.JdbiBacklogs;
import io.campanile.persistence.operation.JdbiPartitions;
import io.campanile.persistence.profile.JdbiProfileImports;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.receipt.JdbiReceipts;
import io.campanile.persistence.rule.CelAudienceRules;
import io.campanile.persistence.ruleset.JdbiRuleSets;
import io.campanile.persistence.secret.JdbiKeptKeys;
import io.campanile.persistence.secret.JdbiSealedSecrets;
import io.campanile.persistence.store.JdbiRequestLog;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.persistence.store.PostgresChangeSignal;
import io.campanile.persistence.suppression.JdbiAllowedEntries;
import io.campanile.persistence.suppression.JdbiBounceCounts;
import io.campanile.persistence.suppression.JdbiSuppressions;
import io.campanile.persistence.trigger.JdbiIntakeStore;

/// The ports that PostgreSQL stands behind. Their adapters have no state, so that each is made
/// where it is asked for.
final class StorePorts {
    private final Store store;

    /// What every trigger and every delivery touches has connections of its own, so that it never
    /// waits for lists and long statements.
    private final Store hot;

    private final PostgresChangeSignal signal;

    StorePorts(Database database) {
        this.store = database.store();
        this.hot = database.hot();
        this.signal = new PostgresChangeSignal(database);
    }

    PostgresChangeSignal signal() {
        return signal;
    }

    Transactions transactions() {
        return new JdbiTransactions(store);
    }

    Transactions hotTransactions() {
        return new JdbiTransactions(hot);
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
                intake(),
                broadcasts(),
                reservations(),
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

    Campaigns hotCampaigns() {
        return new JdbiCampaigns(hot);
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

    /// For whoever calls.
    ApiKeys hotApiKeys() {
        return new JdbiApiKeys(hot);
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

    /// In [#hotTransactions()], for delivery.
    Suppressions hotSuppressions() {
        return new JdbiSuppressions(hot);
    }

    BounceCounts bounces() {
        return new JdbiBounceCounts(store);
    }

    /// In [#hotTransactions()], for delivery.
    BounceCounts hotBounces() {
        return new JdbiBounceCounts(hot);
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

    AudienceRules audienceRules() {
        return new CelAudienceRules();
    }

    RuleSets ruleSets() {
        return new JdbiRuleSets(store);
    }

    RuleSetUses ruleSetUses() {
        return new JdbiRuleSetUses(store);
    }

    FactSource facts(Pseudonyms pseudonyms) {
        return new JdbiFactSource(hot, pseudonyms);
    }

    RuleSource rules() {
        return new JdbiRuleSource(hot);
    }

    IntakeStore intake() {
        return new JdbiIntakeStore(hot);
    }

    MessageQueue queue() {
        return new JdbiMessageQueue(hot);
    }

    /// In [#hotTransactions()], for delivery.
    Reservations reservations() {
        return new JdbiReservations(hot);
    }

    /// In [#transactions()], for whoever changes people.
    Reservations reservationsOfPeople() {
        return new JdbiReservations(store);
    }

    SettledStates settledStates() {
        return new JdbiSettledStates(hot);
    }

    Pace pace() {
        return new JdbiPace(hot);
    }

    /// A lease must not wait for lists and long statements.
    Nodes nodes() {
        return new JdbiNodes(hot);
    }

    Executions executions() {
        return new JdbiExecutions(store);
    }

    Broadcasts broadcasts() {
        return new JdbiBroadcasts(store);
    }

    Broadcasts hotBroadcasts() {
        return new JdbiBroadcasts(hot);
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

    Partitions partitions() {
        return new JdbiPartitions(store);
    }

    PayloadCodec codec() {
        return new JacksonPayloadCodec();
    }
}
