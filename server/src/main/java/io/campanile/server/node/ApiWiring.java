package io.campanile.server.node;

import io.campanile.application.broadcast.PauseExecution;
import io.campanile.application.consent.FormerNames;
import io.campanile.application.consent.TokenKey;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.eligibility.AudienceForecast;
import io.campanile.application.eligibility.EstimateAudience;
import io.campanile.application.eligibility.ExplainMessage;
import io.campanile.application.eligibility.ExplainRecipient;
import io.campanile.application.eligibility.ReviewReach;
import io.campanile.application.erasure.EraseProfile;
import io.campanile.application.message.CancelExecution;
import io.campanile.application.message.LookUpExecutions;
import io.campanile.application.message.LookUpMessages;
import io.campanile.application.operation.WatchNode;
import io.campanile.application.receipt.RecordReceipts;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.application.share.LongReads;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.application.trigger.Intake;
import io.campanile.application.trigger.TriggerAudience;
import io.campanile.application.trigger.TriggerCampaign;
import io.campanile.application.trigger.TriggerPorts;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.grpc.GrpcServer;
import io.campanile.grpc.GrpcServices;
import io.campanile.grpc.ListenAddress;
import io.campanile.grpc.audience.AudienceGrpcService;
import io.campanile.grpc.call.CallThreads;
import io.campanile.grpc.campaign.CampaignGrpcService;
import io.campanile.grpc.message.MessageGrpcService;
import io.campanile.grpc.profile.ProfileGrpcService;
import io.campanile.grpc.suppression.SuppressionGrpcService;
import io.campanile.grpc.trigger.TriggerGrpcService;
import io.campanile.server.settings.Settings;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The public API of a node.
record ApiWiring(
        StorePorts store,
        ManagementWiring management,
        DeliveryWiring delivery,
        SecretSealer sealer,
        FormerNames formerNames,
        TokenKey tokenKey,
        EraseProfile erasures,
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
        var ports =
                new TriggerPorts(
                        management.snapshots(),
                        store.intake(),
                        store.codec(),
                        sealer,
                        surroundings.ids(),
                        surroundings.clock(),
                        CallThreads.executor());
        var triggers =
                new TriggerCampaign(
                        ports,
                        intake,
                        delivery.delivery(),
                        delivery.revisions(),
                        delivery.eligibility(),
                        delivery.waiters());
        var forecast =
                new AudienceForecast(
                        store.audiences(), delivery.eligibility(), surroundings.clock());
        var reads = new LongReads();
        return new GrpcServices.UseCases(
                management.authenticate(),
                new TriggerGrpcService.UseCases(
                        triggers::trigger,
                        new LookUpExecutions(store.executions(), reads, surroundings.clock()),
                        new CancelExecution(store.executions(), management.changes()),
                        new TriggerAudience(ports, intake, store.audiences(), reads)::trigger,
                        new PauseExecution(
                                store.broadcasts(), store.executions(), management.changes())),
                new MessageGrpcService.UseCases(
                        new LookUpMessages(store.messages(), reads),
                        new ExplainRecipient(
                                management.snapshots(),
                                delivery.eligibility(),
                                surroundings.clock()),
                        new ExplainMessage(store.messages()),
                        receipts()),
                new CampaignGrpcService.UseCases(
                        management.campaigns(),
                        management.campaignStates(),
                        management.reviews(),
                        new ReviewReach(management.reviews(), forecast, reads)),
                management.configurations(),
                profiles(),
                new SuppressionGrpcService.UseCases(
                        management.suppressions(),
                        management.suppressionImports(),
                        management.allowedEntries(),
                        management.allowedImports()),
                new AudienceGrpcService.UseCases(
                        management.audiences(),
                        new EstimateAudience(
                                store.audiences(), management.snapshots(), forecast, reads)),
                management.ruleSets(),
                management.access(),
                watch::workspace,
                ServerVersion.text(),
                sealer,
                surroundings.ids()::next);
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

    private ProfileGrpcService.UseCases profiles() {
        return new ProfileGrpcService.UseCases(
                management.profiles(),
                management.profileImports(),
                management.merges(store),
                erasures,
                management.exports(store, formerNames),
                management.consents(store, formerNames),
                management.confirmations(store, formerNames, tokenKey),
                new UnsubscribeLinks(tokenKey));
    }
}
