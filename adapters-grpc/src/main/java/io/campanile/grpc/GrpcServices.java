package io.campanile.grpc;

import com.google.protobuf.Descriptors.Descriptor;

import io.campanile.application.access.Authenticate;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.channel.ManageChannelConfigurations;
import io.campanile.application.operation.WorkspaceStatus;
import io.campanile.application.ruleset.ManageRuleSets;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.application.store.NodeClock;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.access.AccessGrpcService;
import io.campanile.grpc.audience.AudienceGrpcService;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.Gate;
import io.campanile.grpc.call.KeyCheck;
import io.campanile.grpc.call.OpenServices;
import io.campanile.grpc.call.RequestSizes;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.campaign.CampaignGrpcService;
import io.campanile.grpc.channel.ChannelConfigurationGrpcService;
import io.campanile.grpc.message.MessageGrpcService;
import io.campanile.grpc.operation.OperationGrpcService;
import io.campanile.grpc.profile.ProfileGrpcService;
import io.campanile.grpc.ruleset.RuleSetGrpcService;
import io.campanile.grpc.suppression.SuppressionGrpcService;
import io.campanile.grpc.trigger.ExecutionWatches;
import io.campanile.grpc.trigger.TriggerGrpcService;
import io.campanile.v1.Recipient;
import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.TriggerCampaignRequest;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;

import java.util.List;
import java.util.function.Function;

/// Every service of the API, each behind the gate.
public final class GrpcServices implements AutoCloseable {
    /// What is to be fast from the first call on.
    private static final List<Descriptor> TRIGGERS =
            List.of(
                    TriggerCampaignRequest.getDescriptor(),
                    StreamTriggersRequest.getDescriptor(),
                    Recipient.getDescriptor());

    private final RequestSizes sizes;
    private final KeyCheck keys;
    private final Drain drain = new Drain();
    private final OpenServices openServices = new OpenServices(drain);
    private final ExecutionWatches watches = new ExecutionWatches();
    private final List<ServerServiceDefinition> definitions;

    public GrpcServices(UseCases useCases, NodeClock clock) {
        this(useCases, syntax(), RequestSizes.ofHeap(), clock);
    }

    /// With what [#syntax()] gave, which takes long to make.
    GrpcServices(UseCases useCases, RequestSyntax syntax, RequestSizes sizes, NodeClock clock) {
        this.sizes = sizes;
        this.keys = new KeyCheck(useCases.authenticate());
        Gate gate = new Gate(keys, syntax, drain);
        this.definitions = services(useCases, syntax, clock).stream().map(gate::guard).toList();
    }

    /// What the services are made of.
    ///
    /// @param status of a workspace, as this node sees it; blocks
    /// @param version the server's
    public record UseCases(
            Authenticate authenticate,
            TriggerGrpcService.UseCases triggers,
            MessageGrpcService.UseCases messages,
            CampaignGrpcService.UseCases campaigns,
            ManageChannelConfigurations channelConfigurations,
            ProfileGrpcService.UseCases profiles,
            SuppressionGrpcService.UseCases suppressions,
            AudienceGrpcService.UseCases audiences,
            ManageRuleSets ruleSets,
            ManageAccess access,
            Function<WorkspaceId, WorkspaceStatus> status,
            String version,
            SecretSealer sealer) {}

    private List<BindableService> services(
            UseCases useCases, RequestSyntax syntax, NodeClock clock) {
        return List.of(
                new TriggerGrpcService(useCases.triggers(), watches, syntax, drain, clock),
                new MessageGrpcService(useCases.messages(), syntax, clock),
                new CampaignGrpcService(useCases.campaigns(), clock),
                new ChannelConfigurationGrpcService(
                        useCases.channelConfigurations(), useCases.sealer()),
                new ProfileGrpcService(useCases.profiles(), syntax, drain, clock),
                new SuppressionGrpcService(useCases.suppressions(), clock, drain),
                new AudienceGrpcService(useCases.audiences(), syntax, drain),
                new RuleSetGrpcService(useCases.ruleSets()),
                new AccessGrpcService(useCases.access(), clock),
                new OperationGrpcService(useCases.status(), useCases.version()));
    }

    static RequestSyntax syntax() {
        return new RequestSyntax(TRIGGERS);
    }

    /// The services, ready to be added to a server.
    public List<ServerServiceDefinition> definitions() {
        return definitions;
    }

    RequestSizes sizes() {
        return sizes;
    }

    KeyCheck keys() {
        return keys;
    }

    /// A service that asks for no key.
    ServerServiceDefinition open(BindableService service) {
        return openServices.guard(service);
    }

    /// From now on new calls are refused and streams are ended.
    void drain() {
        drain.start();
    }

    @Override
    public void close() {
        watches.close();
    }
}
