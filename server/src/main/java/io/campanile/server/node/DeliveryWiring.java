package io.campanile.server.node;

import io.campanile.application.broadcast.FanOut;
import io.campanile.application.broadcast.SharedPayloads;
import io.campanile.application.campaign.CampaignSnapshots;
import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.consent.TokenKey;
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
import io.campanile.application.erasure.Pseudonyms;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.channels.content.MustacheContentCompiler;
import io.campanile.channels.email.SmtpProviders;
import io.campanile.domain.suppression.BounceRule;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// What brings accepted messages to their providers.
record DeliveryWiring(
        Delivery delivery,
        Claimer claimer,
        FanOut fanOut,
        StrayClaims strays,
        RevisionSource revisions,
        DecideRecipients eligibility,
        OutcomeCounts outcomes,
        SettlementWaiters waiters) {
    private static final int REVISIONS_IN_MEMORY = 1_000;
    private static final int WAITING_CALLS = 4_000;

    static DeliveryWiring of(
            NodeId node,
            StorePorts store,
            CampaignSnapshots snapshots,
            ManageProfiles profiles,
            SecretSealer sealer,
            Pseudonyms pseudonyms,
            TokenKey tokenKey,
            BounceRule bounceRule,
            Executor beginner,
            BooleanSupplier clocksApart,
            BooleanSupplier clockJumped,
            Surroundings surroundings) {
        var providers =
                new SmtpProviders(
                        password -> sealer.open(SecretPurpose.CHANNEL_CONFIGURATION, password),
                        surroundings.clock(),
                        System::nanoTime);
        var eligibility = new DecideRecipients(store.facts().apply(pseudonyms), store.rules());
        var strays = new StrayClaims(node, store.queue(), surroundings.clock());
        var ports =
                new DeliveryPorts(
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
                        providers,
                        strays,
                        eligibility,
                        profiles,
                        new UnsubscribeLinks(tokenKey),
                        surroundings.clock(),
                        clocksApart,
                        clockJumped,
                        surroundings.random());
        var revisions =
                new RevisionSource(
                        store.hotCampaigns(),
                        new MustacheContentCompiler(),
                        snapshots::version,
                        REVISIONS_IN_MEMORY);
        var outcomes = new OutcomeCounts(surroundings.clock());
        var waiters =
                new SettlementWaiters(WAITING_CALLS, store.settledStates(), surroundings.clock());
        var delivery = new Delivery(ports, snapshots::configurations, revisions, waiters, outcomes);
        var claimer =
                new Claimer(
                        ports,
                        delivery,
                        new PayloadOpener(store.codec(), sealer),
                        new SharedPayloads(store.hotBroadcasts(), store.codec()));
        var fanOut =
                new FanOut(
                        store.broadcasts(),
                        store.transactions(),
                        surroundings.clock(),
                        clockJumped,
                        beginner);
        return new DeliveryWiring(
                delivery, claimer, fanOut, strays, revisions, eligibility, outcomes, waiters);
    }
}
