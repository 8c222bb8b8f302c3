package io.campanile.grpc.testing;

import io.campanile.application.campaign.RevisionSource;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.delivery.Delivery;
import io.campanile.application.delivery.DeliveryPorts;
import io.campanile.application.delivery.OutcomeCounts;
import io.campanile.application.delivery.SettlementWaiters;
import io.campanile.application.delivery.StrayClaims;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.NodeClock;
import io.campanile.application.trigger.Intake;
import io.campanile.application.trigger.TimeOrderedIds;
import io.campanile.application.trigger.TriggerCampaign;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerPorts;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.grpc.trigger.Triggers;
import io.campanile.testkit.content.InMemoryContentCompiler;
import io.campanile.testkit.content.InMemoryPayloadCodec;
import io.campanile.testkit.delivery.InMemoryProviderTimeLine;
import io.campanile.testkit.delivery.InMemoryProviders;
import io.campanile.testkit.secret.InMemoryKeptKeys;

import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/// Triggers as they are taken, but for that they are stored nowhere, and nothing is delivered.
final class UnstoredTriggers implements Triggers, AutoCloseable {
    private final Intake intake;
    private final TriggerCampaign triggers;

    UnstoredTriggers(GrpcFakes fakes) {
        NodeId node = fakes.store.nodes().register(Duration.ofHours(1));
        var strays = new StrayClaims(node, fakes.store.queue(), GrpcFakes.CLOCK);
        intake = new Intake(node, new StoringNothing(), strays, GrpcFakes.CLOCK, 10_000, 64 << 20);
        triggers = triggers(fakes, node, strays, intake);
        intake.start();
    }

    private static TriggerCampaign triggers(
            GrpcFakes fakes, NodeId node, StrayClaims strays, Intake intake) {
        var revisions =
                new RevisionSource(
                        fakes.campaigns,
                        new InMemoryContentCompiler(),
                        fakes.snapshots::version,
                        100_000);
        var waiters = new SettlementWaiters(1, fakes.store.settledStates(), GrpcFakes.CLOCK);
        var random = new Random(1);
        var ports =
                new DeliveryPorts(
                        node,
                        fakes.store.queue(),
                        fakes.store.reservations(),
                        fakes.suppressBounced,
                        fakes.transactions,
                        new InMemoryProviderTimeLine(GrpcFakes.CLOCK),
                        new InMemoryProviders(),
                        strays,
                        fakes.eligibility,
                        fakes.manageProfiles,
                        new UnsubscribeLinks(fakes.tokenKey),
                        NodeClock.believed(GrpcFakes.CLOCK),
                        random);
        return new TriggerCampaign(
                new TriggerPorts(
                        fakes.snapshots,
                        new StoringNothing(),
                        new InMemoryPayloadCodec(),
                        fakes.sealer,
                        InMemoryKeptKeys.requestDigests(),
                        new TimeOrderedIds(GrpcFakes.CLOCK, random),
                        NodeClock.believed(GrpcFakes.CLOCK),
                        Runnable::run,
                        Runnable::run),
                intake,
                new Delivery(
                        ports,
                        fakes.snapshots::configurations,
                        revisions,
                        waiters,
                        new OutcomeCounts(GrpcFakes.CLOCK)),
                revisions,
                fakes.eligibility,
                waiters);
    }

    @Override
    public void trigger(TriggerCommand command, Consumer<TriggerResult> answer) {
        triggers.trigger(command, answer);
    }

    @Override
    public void close() {
        intake.close();
    }
}
