package io.campanile.server.node;

import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.ProviderTimeLine;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.delivery.port.SettledStates;
import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.RuleSource;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.persistence.Store;
import io.campanile.persistence.access.JdbiApiKeys;
import io.campanile.persistence.broadcast.JdbiBroadcasts;
import io.campanile.persistence.campaign.JdbiCampaigns;
import io.campanile.persistence.delivery.JdbiMessageQueue;
import io.campanile.persistence.delivery.JdbiNodes;
import io.campanile.persistence.delivery.JdbiProviderTimeLine;
import io.campanile.persistence.delivery.JdbiReservations;
import io.campanile.persistence.delivery.JdbiSettledStates;
import io.campanile.persistence.eligibility.JdbiFactSource;
import io.campanile.persistence.eligibility.JdbiRuleSource;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.persistence.suppression.JdbiBounceCounts;
import io.campanile.persistence.suppression.JdbiSuppressions;
import io.campanile.persistence.trigger.JdbiIntakeStore;

/// The ports for what every trigger and every delivery touches, on connections of their own: it
/// never waits for lists and long statements. A transaction of these ports has nothing of
/// [StorePorts] in it.
final class HotPorts {
    private final Store store;

    HotPorts(Store store) {
        this.store = store;
    }

    Transactions transactions() {
        return new JdbiTransactions(store);
    }

    Campaigns campaigns() {
        return new JdbiCampaigns(store);
    }

    /// For whoever calls.
    ApiKeys apiKeys() {
        return new JdbiApiKeys(store);
    }

    Suppressions suppressions() {
        return new JdbiSuppressions(store);
    }

    BounceCounts bounces() {
        return new JdbiBounceCounts(store);
    }

    FactSource facts(Pseudonyms pseudonyms) {
        return new JdbiFactSource(store, pseudonyms);
    }

    RuleSource rules() {
        return new JdbiRuleSource(store);
    }

    IntakeStore intake() {
        return new JdbiIntakeStore(store);
    }

    MessageQueue queue() {
        return new JdbiMessageQueue(store);
    }

    Reservations reservations() {
        return new JdbiReservations(store);
    }

    SettledStates settledStates() {
        return new JdbiSettledStates(store);
    }

    ProviderTimeLine timeLine() {
        return new JdbiProviderTimeLine(store);
    }

    /// But for renewals of the lease, which wait for nothing: [StorePorts#leases].
    Nodes nodes() {
        return new JdbiNodes(store);
    }

    Broadcasts broadcasts() {
        return new JdbiBroadcasts(store);
    }
}
