package io.campanile.server.node;

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
import io.campanile.application.erasure.Pseudonyms;
import io.campanile.application.erasure.port.MessageErasures;
import io.campanile.application.message.port.Executions;
import io.campanile.application.message.port.Messages;
import io.campanile.application.operation.port.Backlogs;
import io.campanile.application.operation.port.Partitions;
import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.receipt.port.Receipts;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.application.ruleset.port.RuleSets;
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

import java.util.function.Function;

/// The ports that PostgreSQL stands behind.
///
/// @param hotApiKeys for whoever calls: triggers must not wait for lists and long statements
/// @param hotSuppressions for delivery, in [#hotTransactions]
/// @param hotBounces the same
/// @param reservations for delivery, in [#hotTransactions]
/// @param reservationsOfPeople for whoever changes people, in [#transactions]
record StorePorts(
        Transactions transactions,
        Transactions hotTransactions,
        RequestLog requests,
        PostgresChangeSignal signal,
        Campaigns campaigns,
        Campaigns hotCampaigns,
        CampaignControls controls,
        ChannelConfigurations configurations,
        ConfigurationUses configurationUses,
        Workspaces workspaces,
        ApiKeys apiKeys,
        ApiKeys hotApiKeys,
        AuditEntries auditEntries,
        Profiles profiles,
        ProfileImports profileImports,
        KeptKeys keptKeys,
        SealedSecrets secrets,
        Function<PayloadOpener, MessageErasures> erasures,
        Consents consents,
        Suppressions suppressions,
        Suppressions hotSuppressions,
        BounceCounts bounces,
        BounceCounts hotBounces,
        AllowedEntries allowedEntries,
        Audiences audiences,
        AudienceUses audienceUses,
        AudienceRules audienceRules,
        RuleSets ruleSets,
        RuleSetUses ruleSetUses,
        Function<Pseudonyms, FactSource> facts,
        RuleSource rules,
        IntakeStore intake,
        MessageQueue queue,
        Reservations reservations,
        Reservations reservationsOfPeople,
        SettledStates settledStates,
        Pace pace,
        Nodes nodes,
        Executions executions,
        Broadcasts broadcasts,
        Broadcasts hotBroadcasts,
        Messages messages,
        Receipts receipts,
        Backlogs backlogs,
        Partitions partitions,
        PayloadCodec codec) {

    /// What every trigger and every delivery touches has connections of its own.
    static StorePorts on(Database database) {
        Store hot = database.hot();
        Store store = database.store();
        return new StorePorts(
                new JdbiTransactions(store),
                new JdbiTransactions(hot),
                new JdbiRequestLog(store),
                new PostgresChangeSignal(database),
                new JdbiCampaigns(store),
                new JdbiCampaigns(hot),
                new JdbiCampaignControls(store),
                new JdbiChannelConfigurations(store),
                new JdbiConfigurationUses(store),
                new JdbiWorkspaces(store),
                new JdbiApiKeys(store),
                new JdbiApiKeys(hot),
                new JdbiAuditEntries(store),
                new JdbiProfiles(store),
                new JdbiProfileImports(store),
                new JdbiKeptKeys(store),
                new JdbiSealedSecrets(store),
                payloads -> new JdbiMessageErasures(store, payloads),
                new JdbiConsents(store),
                new JdbiSuppressions(store),
                new JdbiSuppressions(hot),
                new JdbiBounceCounts(store),
                new JdbiBounceCounts(hot),
                new JdbiAllowedEntries(store),
                new JdbiAudiences(store),
                new JdbiAudienceUses(store),
                new CelAudienceRules(),
                new JdbiRuleSets(store),
                new JdbiRuleSetUses(store),
                pseudonyms -> new JdbiFactSource(hot, pseudonyms),
                new JdbiRuleSource(hot),
                new JdbiIntakeStore(hot),
                new JdbiMessageQueue(hot),
                new JdbiReservations(hot),
                new JdbiReservations(store),
                new JdbiSettledStates(hot),
                new JdbiPace(hot),
                // A lease must not wait for lists and long statements.
                new JdbiNodes(hot),
                new JdbiExecutions(store),
                new JdbiBroadcasts(store),
                new JdbiBroadcasts(hot),
                new JdbiMessages(store),
                new JdbiReceipts(store),
                new JdbiBacklogs(store),
                new JdbiPartitions(store),
                new JacksonPayloadCodec());
    }
}
