package io.campanile.grpc.channel;

import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.channel.ChannelConfigurationResult;
import io.campanile.application.channel.ManageChannelConfigurations;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.resource.Categories;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.FieldMasks;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.*;
import io.grpc.stub.StreamObserver;

import java.util.function.BiFunction;
import java.util.function.Supplier;

/// `ChannelConfigurationService`.
public final class ChannelConfigurationGrpcService
        extends ChannelConfigurationServiceGrpc.ChannelConfigurationServiceImplBase {
    private final ManageChannelConfigurations configurations;
    private final ConfigurationProtos protos;

    public ChannelConfigurationGrpcService(
            ManageChannelConfigurations configurations, SecretSealer sealer) {
        this.configurations = configurations;
        this.protos = new ConfigurationProtos(sealer);
    }

    @Override
    public void createChannelConfiguration(
            CreateChannelConfigurationRequest request,
            StreamObserver<ChannelConfiguration> observer) {
        change(observer, () -> create(request));
    }

    private ChannelConfigurationResult create(CreateChannelConfigurationRequest request) {
        ChannelConfiguration proto = request.getChannelConfiguration();
        var name =
                new ChannelConfigurationName(
                        Names.workspace(request.getParent()), request.getChannelConfigurationId());
        ConfigurationRules.requireNew(proto);
        return configurations.create(
                name,
                Categories.category(proto.getCategory()),
                protos.created(proto),
                Edits.call(request, "", request.getValidateOnly()));
    }

    @Override
    public void getChannelConfiguration(
            GetChannelConfigurationRequest request, StreamObserver<ChannelConfiguration> observer) {
        Unary.respond(observer, () -> ConfigurationProtos.proto(get(request.getName())));
    }

    private io.campanile.domain.channel.ChannelConfiguration get(String name) {
        return configurations
                .get(Names.channelConfiguration(name))
                .orElseThrow(() -> GrpcErrors.notFound(name));
    }

    @Override
    public void listChannelConfigurations(
            ListChannelConfigurationsRequest request,
            StreamObserver<ListChannelConfigurationsResponse> observer) {
        Unary.respond(observer, () -> list(request));
    }

    private ListChannelConfigurationsResponse list(ListChannelConfigurationsRequest request) {
        Pages.Cut<ChannelConfiguration> page =
                Pages.fitting(
                        configurations.list(
                                Names.workspace(request.getParent()), Pages.request(request)),
                        ConfigurationProtos::proto);
        return ListChannelConfigurationsResponse.newBuilder()
                .addAllChannelConfigurations(page.entries())
                .setNextPageToken(page.nextPageToken())
                .build();
    }

    @Override
    public void updateChannelConfiguration(
            UpdateChannelConfigurationRequest request,
            StreamObserver<ChannelConfiguration> observer) {
        change(observer, () -> update(request));
    }

    private ChannelConfigurationResult update(UpdateChannelConfigurationRequest request) {
        ChannelConfiguration source = request.getChannelConfiguration();
        ChannelConfigurationName name =
                Names.channelConfiguration("channel_configuration.name", source.getName());
        FieldMask paths =
                FieldMasks.paths(request.getUpdateMask(), request.hasUpdateMask(), source);
        return configurations.update(
                name,
                known ->
                        protos.edited(
                                known,
                                FieldMasks.merge(paths, source, ConfigurationProtos.proto(known)),
                                paths),
                Edits.call(source.getEtag(), request.getValidateOnly()));
    }

    @Override
    public void deleteChannelConfiguration(
            DeleteChannelConfigurationRequest request, StreamObserver<Empty> observer) {
        Unary.respond(
                observer,
                () -> {
                    ChannelConfigurationResult result =
                            configurations.delete(
                                    Names.channelConfiguration(request.getName()),
                                    Edits.call(request.getEtag(), request.getValidateOnly()));
                    var _ = done(result);
                    return Empty.getDefaultInstance();
                });
    }

    @Override
    public void activateChannelConfiguration(
            ActivateChannelConfigurationRequest request,
            StreamObserver<ChannelConfiguration> observer) {
        change(
                observer,
                request.getName(),
                request.getEtag(),
                request.getValidateOnly(),
                configurations::activate);
    }

    @Override
    public void pauseChannelConfiguration(
            PauseChannelConfigurationRequest request,
            StreamObserver<ChannelConfiguration> observer) {
        change(
                observer,
                request.getName(),
                request.getEtag(),
                request.getValidateOnly(),
                configurations::pause);
    }

    @Override
    public void resumeChannelConfiguration(
            ResumeChannelConfigurationRequest request,
            StreamObserver<ChannelConfiguration> observer) {
        change(
                observer,
                request.getName(),
                request.getEtag(),
                request.getValidateOnly(),
                configurations::resume);
    }

    @Override
    public void deactivateChannelConfiguration(
            DeactivateChannelConfigurationRequest request,
            StreamObserver<ChannelConfiguration> observer) {
        change(
                observer,
                request.getName(),
                request.getEtag(),
                request.getValidateOnly(),
                configurations::deactivate);
    }

    private static void change(
            StreamObserver<ChannelConfiguration> observer,
            String name,
            String etag,
            boolean validateOnly,
            BiFunction<ChannelConfigurationName, ChangeCall, ChannelConfigurationResult> change) {
        change(
                observer,
                () ->
                        change.apply(
                                Names.channelConfiguration(name), Edits.call(etag, validateOnly)));
    }

    private static void change(
            StreamObserver<ChannelConfiguration> observer,
            Supplier<ChannelConfigurationResult> change) {
        Unary.respond(observer, () -> ConfigurationProtos.proto(done(change.get())));
    }

    private static io.campanile.domain.channel.ChannelConfiguration done(
            ChannelConfigurationResult result) {
        return switch (result) {
            case ChannelConfigurationResult.Done(var configuration) -> configuration;
            case ChannelConfigurationResult.NotDone why -> throw ConfigurationErrors.error(why);
        };
    }
}
