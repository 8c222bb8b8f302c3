package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadInput.conflicts;
import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.hasNoSuchPage;
import static io.campanile.grpc.badinput.BadInput.isNotPermitted;
import static io.campanile.grpc.badinput.BadInput.isStale;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import com.google.protobuf.FieldMask;

import io.campanile.domain.access.Role;
import io.campanile.v1.ActivateChannelConfigurationRequest;
import io.campanile.v1.Category;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.DeleteChannelConfigurationRequest;
import io.campanile.v1.DeliveryLimits;
import io.campanile.v1.EmailSender;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.ListChannelConfigurationsRequest;
import io.campanile.v1.PauseChannelConfigurationRequest;
import io.campanile.v1.SmtpProvider;
import io.campanile.v1.UpdateChannelConfigurationRequest;
import io.grpc.Status.Code;

import java.util.List;

/// Bad calls on channel configurations that are there, or are not.
final class BadConfigurations {
    private static final String MAIL = OWN + "/channelConfigurations/mail";
    private static final String UNKNOWN = OWN + "/channelConfigurations/unheard-of";
    private static final String FOREIGN = "workspaces/other/channelConfigurations/mail";

    private BadConfigurations() {}

    static void add(List<BadInput> cases) {
        lists(cases);
        updates(cases);
        fields(cases);
        deletions(cases);
        activations(cases);
        pauses(cases);
    }

    private static void lists(List<BadInput> cases) {
        var list = ChannelConfigurationServiceGrpc.getListChannelConfigurationsMethod();
        violates(
                cases,
                "configurations: negative page",
                Role.VIEWER,
                list,
                ListChannelConfigurationsRequest.newBuilder().setParent(OWN).setPageSize(-1),
                "page_size OUT_OF_RANGE");
        hasNoSuchPage(
                cases,
                "configurations: made-up token",
                Role.VIEWER,
                list,
                ListChannelConfigurationsRequest.newBuilder().setParent(OWN).setPageToken("Zm9v"));
        findsNothing(
                cases,
                "configurations: of another workspace",
                Role.VIEWER,
                list,
                ListChannelConfigurationsRequest.newBuilder().setParent("workspaces/other"));
    }

    private static void updates(List<BadInput> cases) {
        var update = ChannelConfigurationServiceGrpc.getUpdateChannelConfigurationMethod();
        violates(
                cases,
                "configuration: updates none",
                Role.OPERATOR,
                update,
                UpdateChannelConfigurationRequest.newBuilder(),
                "channel_configuration REQUIRED");
        violates(
                cases,
                "configuration: updates one without a name",
                Role.OPERATOR,
                update,
                edit(ChannelConfiguration.newBuilder().setDisplayName("a")),
                "channel_configuration.name REQUIRED");
        violates(
                cases,
                "configuration: a path that does not exist",
                Role.OPERATOR,
                update,
                edit(named(MAIL)).setUpdateMask(FieldMask.newBuilder().addPaths("smtp.colour")),
                "update_mask.paths[0] FIELD_UNKNOWN");
        findsNothing(
                cases,
                "configuration: updates an unknown one",
                Role.OPERATOR,
                update,
                edit(named(UNKNOWN).setDisplayName("a")));
        findsNothing(
                cases,
                "configuration: updates one of another workspace",
                Role.OPERATOR,
                update,
                edit(named(FOREIGN).setDisplayName("a")));
        isStale(
                cases,
                "configuration: updates what somebody else has changed",
                Role.OPERATOR,
                update,
                edit(named(MAIL).setDisplayName("a").setEtag("\"99\"")));
    }

    private static void fields(List<BadInput> cases) {
        field(
                cases,
                "another category",
                named(MAIL).setCategory(Category.CATEGORY_MARKETING),
                "category FIELD_IMMUTABLE");
        field(
                cases,
                "no sender",
                named(MAIL).setEmail(EmailSender.newBuilder().setFromAddress("nobody")),
                "email.from_address ADDRESS_MALFORMED");
        field(
                cases,
                "a host with its port",
                named(MAIL).setSmtp(SmtpProvider.newBuilder().setHost("mail.example.com:25")),
                "smtp.host SYNTAX");
        field(
                cases,
                "a password without user",
                named(MAIL).setSmtp(SmtpProvider.newBuilder().setPassword("secret")),
                "smtp.username REQUIRED");
        field(
                cases,
                "a message in eleven days",
                named(MAIL).setLimits(DeliveryLimits.newBuilder().setMessagesPerSecond(1e-6)),
                "limits.messages_per_second OUT_OF_RANGE");
        field(
                cases,
                "a user without password",
                named(MAIL).setSmtp(SmtpProvider.newBuilder().setUsername("ada")),
                "smtp.password REQUIRED");
        cases.add(
                badInput(
                        "configuration: update to no sender at all",
                        Role.OPERATOR,
                        ChannelConfigurationServiceGrpc.getUpdateChannelConfigurationMethod(),
                        edit(named(MAIL)).setUpdateMask(FieldMask.newBuilder().addPaths("email")),
                        Code.INVALID_ARGUMENT,
                        BadInput.VIOLATION,
                        "channel_configuration.email.from_address REQUIRED"));
    }

    private static void field(
            List<BadInput> cases,
            String what,
            ChannelConfiguration.Builder configuration,
            String field) {
        violates(
                cases,
                "configuration: update to " + what,
                Role.OPERATOR,
                ChannelConfigurationServiceGrpc.getUpdateChannelConfigurationMethod(),
                edit(configuration),
                "channel_configuration." + field);
    }

    private static void deletions(List<BadInput> cases) {
        var delete = ChannelConfigurationServiceGrpc.getDeleteChannelConfigurationMethod();
        conflicts(
                cases,
                "configuration: deletes an active one",
                Role.OPERATOR,
                delete,
                DeleteChannelConfigurationRequest.newBuilder().setName(MAIL),
                ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_STATE_CONFLICT);
        conflicts(
                cases,
                "configuration: deletes one that a draft names",
                Role.OPERATOR,
                delete,
                DeleteChannelConfigurationRequest.newBuilder().setName(BadInputStage.UNREADY),
                ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_IN_USE);
        findsNothing(
                cases,
                "configuration: deletes an unknown one",
                Role.OPERATOR,
                delete,
                DeleteChannelConfigurationRequest.newBuilder().setName(UNKNOWN));
        isStale(
                cases,
                "configuration: deletes what somebody else has changed",
                Role.OPERATOR,
                delete,
                DeleteChannelConfigurationRequest.newBuilder()
                        .setName(BadInputStage.UNREADY)
                        .setEtag("\"99\""));
        isNotPermitted(
                cases,
                "role: author deletes a configuration",
                Role.AUTHOR,
                delete,
                DeleteChannelConfigurationRequest.newBuilder().setName(UNKNOWN));
    }

    private static void activations(List<BadInput> cases) {
        var activate = ChannelConfigurationServiceGrpc.getActivateChannelConfigurationMethod();
        conflicts(
                cases,
                "configuration: activates an active one",
                Role.OPERATOR,
                activate,
                ActivateChannelConfigurationRequest.newBuilder().setName(MAIL),
                ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_STATE_CONFLICT);
        conflicts(
                cases,
                "configuration: activates one without a host",
                Role.OPERATOR,
                activate,
                ActivateChannelConfigurationRequest.newBuilder().setName(BadInputStage.UNREADY),
                ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_INCOMPLETE);
        findsNothing(
                cases,
                "configuration: activates an unknown one",
                Role.OPERATOR,
                activate,
                ActivateChannelConfigurationRequest.newBuilder().setName(UNKNOWN));
    }

    private static void pauses(List<BadInput> cases) {
        var pause = ChannelConfigurationServiceGrpc.getPauseChannelConfigurationMethod();
        conflicts(
                cases,
                "configuration: pauses a draft",
                Role.OPERATOR,
                pause,
                PauseChannelConfigurationRequest.newBuilder().setName(BadInputStage.UNREADY),
                ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_STATE_CONFLICT);
        isStale(
                cases,
                "configuration: pauses what somebody else has changed",
                Role.OPERATOR,
                pause,
                PauseChannelConfigurationRequest.newBuilder().setName(MAIL).setEtag("\"99\""));
        violates(
                cases,
                "configuration: pauses with an endless etag",
                Role.OPERATOR,
                pause,
                PauseChannelConfigurationRequest.newBuilder().setName(MAIL).setEtag("x".repeat(65)),
                "etag");
        findsNothing(
                cases,
                "configuration: pauses one of another workspace",
                Role.OPERATOR,
                pause,
                PauseChannelConfigurationRequest.newBuilder().setName(FOREIGN));
    }

    private static ChannelConfiguration.Builder named(String name) {
        return ChannelConfiguration.newBuilder().setName(name);
    }

    private static UpdateChannelConfigurationRequest.Builder edit(
            ChannelConfiguration.Builder configuration) {
        return UpdateChannelConfigurationRequest.newBuilder()
                .setChannelConfiguration(configuration);
    }
}
