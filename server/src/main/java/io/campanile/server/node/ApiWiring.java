package io.campanile.server.node;

import io.campanile.application.access.Authenticate;
import io.campanile.application.access.Changes;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.broadcast.PauseExecution;
import io.campanile.application.eligibility.AudienceForecast;
import io.campanile.application.eligibility.ExplainMessage;
import io.campanile.application.eligibility.ExplainRecipient;
import io.campanile.application.message.CancelExecution;
import io.campanile.application.message.LookUpExecutions;
import io.campanile.application.message.LookUpMessages;
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
        StorePorts store,
        Changes changes,
        Authenticate authenticate,
        ManageAccess access,
        CampaignWiring campaigns,
        PeopleWiring people,
        DeliveryWiring delivery,
        NodeKeys keys,
        BounceRule bounceRule,
        Surroundings surroundings) {
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
        return new GrpcServer(
                address, new GrpcServices(useCases(intake, watch), surroundings.clock()), healthy);
    }

    private GrpcServices.UseCases useCases(Intake intake, WatchNode watch) {
        var forecast =
                new AudienceForecast(
                        store.audiences(), delivery.eligibility(), surroundings.clock());
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
                access,
                watch::workspace,
                ServerVersion.text(),
                keys.sealer(),
                surroundings.ids()::next);
    }

    private TriggerGrpcService.UseCases triggers(Intake intake, LongCalls reads) {
        var ports =
                new TriggerPorts(
                        campaigns.snapshots(),
                        store.hot().intake(),
                        new JacksonPayloadCodec(),
                        keys.sealer(),
                        keys.digests(),
                        surroundings.ids(),
                        surroundings.clock(),
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
                new CancelExecution(store.executions(), changes),
                new TriggerAudience(ports, intake, store.audiences(), reads)::trigger,
                new PauseExecution(store.broadcasts(), store.executions(), changes));
    }

    private MessageGrpcService.UseCases messages(LongCalls reads) {
        return new MessageGrpcService.UseCases(
                new LookUpMessages(store.messages(), reads),
                new ExplainRecipient(
                        campaigns.snapshots(), delivery.eligibility(), surroundings.clock()),
                new ExplainMessage(store.messages()),
                receipts());
    }

    private RecordReceipts receipts() {
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
