package io.campanile.server.node;

import io.campanile.application.broadcast.ExecutionTrail;
import io.campanile.application.broadcast.FanOut;
import io.campanile.application.broadcast.SharedPayloads;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.delivery.Claimer;
import io.campanile.application.delivery.Delivery;
import io.campanile.application.delivery.DeliveryPorts;
import io.campanile.application.delivery.OutcomeCounts;
import io.campanile.application.delivery.SettlementWaiters;
import io.campanile.application.delivery.StrayClaims;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.store.NodeClock;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.channels.content.MustacheContentCompiler;
import io.campanile.channels.email.SmtpProviders;
import io.campanile.domain.suppression.BounceRule;

import java.util.concurrent.Executor;

/// What brings accepted messages to their providers.
final class DeliveryWiring {
    /// What revisions in memory take up of the heap, at most; a character is two bytes, and what is
    /// compiled has more to it than characters.
    private static final int SHARE_OF_HEAP = 16;

    private static final int BYTES_OF_CHARACTER = 4;
    private static final int WAITING_CALLS = 4_000;

    private final StorePorts store;
    private final NodeKeys keys;
    private final NodeClock clock;
    private final ExecutionTrail trail;
    private final StrayClaims strays;
    private final DecideRecipients eligibility;
    private final RevisionSource revisions;
    private final OutcomeCounts outcomes;
    private final SettlementWaiters waiters;
    private final Delivery delivery;
    private final Claimer claimer;

    DeliveryWiring(
            NodeId node,
            StorePorts store,
            CampaignSnapshots snapshots,
            ManageProfiles profiles,
            NodeKeys keys,
            BounceRule bounceRule,
            NodeClock clock,
            Surroundings surroundings) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
        this.trail = new ExecutionTrail(store.auditEntries(), surroundings.ids()::next);
        this.strays = new StrayClaims(node, store.queue(), clock);
        this.eligibility = new DecideRecipients(store.facts(keys.pseudonyms()), store.rules());
        this.revisions =
                new RevisionSource(
                        store.hotCampaigns(),
                        new MustacheContentCompiler(),
                        snapshots::version,
                        Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES_OF_CHARACTER);
        this.outcomes = new OutcomeCounts(clock);
        this.waiters = new SettlementWaiters(WAITING_CALLS, store.settledStates(), clock);
        DeliveryPorts ports = ports(node, profiles, bounceRule, surroundings);
        this.delivery =
                new Delivery(ports, snapshots::configurations, revisions, waiters, outcomes);
        this.claimer =
                new Claimer(
                        ports,
                        delivery,
                        new PayloadOpener(store.codec(), keys.sealer()),
                        new SharedPayloads(store.hotBroadcasts(), store.codec()));
    }

    private DeliveryPorts ports(
            NodeId node,
            ManageProfiles profiles,
            BounceRule bounceRule,
            Surroundings surroundings) {
        return new DeliveryPorts(
                node,
                store.queue(),
                store.reservations(),
                new SuppressBounced(
                        store.hotBounces(),
                        store.hotSuppressions(),
                        bounceRule,
                        surroundings.ids()::next),
                store.hotTransactions(),
                store.pace(),
                providers(),
                strays,
                eligibility,
                profiles,
                new UnsubscribeLinks(keys.tokens()),
                clock,
                surroundings.random());
    }

    private SmtpProviders providers() {
        return new SmtpProviders(
                password -> keys.sealer().open(SecretPurpose.CHANNEL_CONFIGURATION, password),
                clock,
                System::nanoTime);
    }

    Delivery delivery() {
        return delivery;
    }

    Claimer claimer() {
        return claimer;
    }

    /// @param beginner takes down who the members are
    FanOut fanOut(Executor beginner) {
        return new FanOut(store.broadcasts(), store.transactions(), trail, clock, beginner);
    }

    StrayClaims strays() {
        return strays;
    }

    RevisionSource revisions() {
        return revisions;
    }

    DecideRecipients eligibility() {
        return eligibility;
    }

    OutcomeCounts outcomes() {
        return outcomes;
    }

    SettlementWaiters waiters() {
        return waiters;
    }
}
