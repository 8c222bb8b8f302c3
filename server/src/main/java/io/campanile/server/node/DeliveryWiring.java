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
import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.store.NodeClock;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.channels.content.MustacheContentCompiler;
import io.campanile.channels.email.SmtpProviders;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.persistence.content.JacksonPayloadCodec;

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
            Prepared prepared,
            CampaignSnapshots snapshots,
            ManageProfiles profiles,
            BounceRule bounceRule) {
        this.store = prepared.store();
        this.keys = prepared.keys();
        this.clock = prepared.time().clock();
        this.trail = new ExecutionTrail(store.auditEntries(), prepared.surroundings().ids()::next);
        this.strays = new StrayClaims(prepared.id(), store.hot().queue(), clock);
        this.eligibility =
                new DecideRecipients(store.hot().facts(keys.pseudonyms()), store.hot().rules());
        this.revisions =
                new RevisionSource(
                        store.hot().campaigns(),
                        new MustacheContentCompiler(),
                        snapshots::version,
                        Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES_OF_CHARACTER);
        this.outcomes = new OutcomeCounts(clock);
        this.waiters = new SettlementWaiters(WAITING_CALLS, store.hot().settledStates(), clock);
        DeliveryPorts ports = ports(prepared, profiles, bounceRule);
        this.delivery =
                new Delivery(ports, snapshots::configurations, revisions, waiters, outcomes);
        var codec = new JacksonPayloadCodec();
        this.claimer =
                new Claimer(
                        ports,
                        delivery,
                        new PayloadOpener(codec, keys.sealer()),
                        new SharedPayloads(store.hot().broadcasts(), codec));
    }

    private DeliveryPorts ports(Prepared prepared, ManageProfiles profiles, BounceRule bounceRule) {
        HotPorts hot = store.hot();
        Surroundings surroundings = prepared.surroundings();
        return new DeliveryPorts(
                prepared.id(),
                hot.queue(),
                hot.reservations(),
                new SuppressBounced(
                        hot.bounces(), hot.suppressions(), bounceRule, surroundings.ids()::next),
                hot.transactions(),
                hot.timeLine(),
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

    /// @param beginner copies the members of broadcasts
    FanOut fanOut(Executor beginner) {
        return new FanOut(
                store.broadcasts(),
                store.broadcastPauses(),
                store.transactions(),
                trail,
                clock,
                beginner);
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
