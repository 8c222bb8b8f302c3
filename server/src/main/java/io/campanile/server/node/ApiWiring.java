package io.campanile.server.node;

import io.campanile.application.access.Authenticate;
import io.campanile.application.broadcast.PauseExecution;
import io.campanile.application.eligibility.AudienceForecast;
import io.campanile.application.eligibility.ExplainMessage;
import io.campanile.application.eligibility.ExplainRecipient;
import io.campanile.application.message.CancelExecution;
import io.campanile.application.message.LookUpExecutions;
import io.campanile.application.message.LookUpMessages;
import io.campanile.application.message.port.Messages;
import io.campanile.application.operation.WatchNode;
import io.campanile.application.receipt.RecordReceipts;
import io.campanile.application.share.LongCalls;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.application.trigger.Intake;
import io.campanile.application.trigger.TriggerAudience;
import io.campanile.application.trigger.TriggerCampaign;
import io.campanile.application.trigger.TriggerPorts;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.grpc.GrpcServer;
import io.campanile.grpc.GrpcServices;
import io.campanile.grpc.ListenAddress;
import io.campanile.grpc.call.CallThreads;
import io.campanile.grpc.message.MessageGrpcService;
import io.campanile.grpc.trigger.TriggerGrpcService;
import io.campanile.persistence.content.JacksonPayloadCodec;
import io.campanile.server.settings.Settings;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The public API of a node.
record ApiWiring(
        Prepared prepared,
        Authenticate authenticate,
        CampaignWiring campaigns,
        PeopleWiring people,
        DeliveryWiring delivery,
        BounceRule bounceRule) {
    private static final Duration CONNECTION_AGE = Duration.ofMinutes(30);

    GrpcServer listen(Settings.Grpc grpc, Intake intake, WatchNode watch, BooleanSupplier healthy)
            throws IOException {
        var tls =
                grpc.tls()
                        .map(files ->
                                new ListenAddress.Tls(
                                        files.certificate(),
                                        files.key(),
                                        files.clientAuthorities().orElse(null)))
                        .orElse(null);
        var address = new ListenAddress(grpc.address(), grpc.port(), tls, CONNECTION_AGE);
        var services = new GrpcServices(useCases(intake, watch), prepared.time().clock());
        return new GrpcServer(address, services, healthy);
    }

    private GrpcServices.UseCases useCases(Intake intake, WatchNode watch) {
        Surroundings surroundings = prepared.surroundings();
        var forecast =
                new AudienceForecast(
                        prepared.store().audiences(), delivery.eligibility(), surroundings.clock());
        LongCalls reads = people.longReads();
        return new GrpcServices.UseCases(
                authenticate,
                triggers(intake, reads),
                messages(reads),
                campaigns.campaigns(forecast, reads),
                campaigns.configurations(),
                people.profileUseCases(),
                people.suppressionUseCases(),
                campaigns.audiences(forecast, reads),
                campaigns.ruleSets(),
                prepared.access(),
                watch::workspace,
                ServerVersion.text(),
                prepared.keys().sealer());
    }

    private TriggerGrpcService.UseCases triggers(Intake intake, LongCalls reads) {
        StorePorts store = prepared.store();
        Surroundings surroundings = prepared.surroundings();
        var ports =
                new TriggerPorts(
                        campaigns.snapshots(),
                        store.hot().intake(),
                        new JacksonPayloadCodec(),
                        prepared.keys().sealer(),
                        prepared.keys().digests(),
                        surroundings.ids(),
                        prepared.time().clock(),
                        CallThreads.executor(),
                        CallThreads.computing());
        var triggers =
                new TriggerCampaign(
                        ports,
                        intake,
                        delivery.delivery(),
                        delivery.revisions(),
                        delivery.eligibility(),
                        delivery.waiters());
        return new TriggerGrpcService.UseCases(
                triggers::trigger,
                new LookUpExecutions(store.executions(), reads, surroundings.clock()),
                new CancelExecution(store.executions(), prepared.changes()),
                new TriggerAudience(ports, intake, store.audiences(), reads)::trigger,
                new PauseExecution(
                        store.broadcastPauses(), store.executions(), prepared.changes()));
    }

    private MessageGrpcService.UseCases messages(LongCalls reads) {
        Messages messages = prepared.store().messages();
        return new MessageGrpcService.UseCases(
                new LookUpMessages(messages, reads),
                new ExplainRecipient(
                        campaigns.snapshots(),
                        delivery.eligibility(),
                        prepared.surroundings().clock()),
                new ExplainMessage(messages),
                receipts());
    }

    private RecordReceipts receipts() {
        StorePorts store = prepared.store();
        Surroundings surroundings = prepared.surroundings();
        return new RecordReceipts(
                store.receipts(),
                new SuppressBounced(
                        store.bounces(),
                        store.suppressions(),
                        bounceRule,
                        surroundings.ids()::next),
                store.transactions(),
                surroundings.clock());
    }
}
