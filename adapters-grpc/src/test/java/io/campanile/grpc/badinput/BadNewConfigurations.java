package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import com.google.protobuf.Duration;

import io.campanile.domain.access.Role;
import io.campanile.v1.*;
import io.grpc.Status.Code;

import java.util.List;

/// Channel configurations that cannot be made, and bad calls on one that is in use.
final class BadNewConfigurations {
    private BadNewConfigurations() {}

    static void add(List<BadInput> cases) {
        channelConfigurations(cases);
        unusableConfigurations(cases);
    }

    private static void channelConfigurations(List<BadInput> cases) {
        var create = ChannelConfigurationServiceGrpc.getCreateChannelConfigurationMethod();
        String mail = OWN + "/channelConfigurations/mail";
        cases.add(
                badInput(
                        "configuration: empty",
                        Role.OPERATOR,
                        create,
                        configuration(ChannelConfiguration.newBuilder()),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.channel REQUIRED"));
        cases.add(
                badInput(
                        "configuration: bad sender",
                        Role.OPERATOR,
                        create,
                        configuration(sender("shop")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.email.from_address ADDRESS_MALFORMED"));
        cases.add(
                badInput(
                        "configuration: line break in the name",
                        Role.OPERATOR,
                        create,
                        configuration(
                                sender("shop@example.com")
                                        .setEmail(
                                                EmailSender.newBuilder()
                                                        .setFromAddress("shop@example.com")
                                                        .setFromName("a\nb"))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.email.from_name"));
        cases.add(
                badInput(
                        "configuration: port",
                        Role.OPERATOR,
                        create,
                        configuration(
                                sender("shop@example.com")
                                        .setSmtp(SmtpProvider.newBuilder().setPort(70_000))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.smtp.port OUT_OF_RANGE"));
        cases.add(
                badInput(
                        "configuration: user without password",
                        Role.OPERATOR,
                        create,
                        configuration(
                                sender("shop@example.com")
                                        .setSmtp(SmtpProvider.newBuilder().setUsername("a"))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.smtp.password REQUIRED"));
        cases.add(
                badInput(
                        "configuration: fewer slots than connections",
                        Role.OPERATOR,
                        create,
                        configuration(
                                sender("shop@example.com")
                                        .setLimits(
                                                DeliveryLimits.newBuilder()
                                                        .setConnections(8)
                                                        .setSlots(4))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.limits.slots OUT_OF_RANGE"));
        cases.add(
                badInput(
                        "configuration: addresses in no field",
                        Role.OPERATOR,
                        create,
                        configuration(sender("shop@example.com").setAddressField("work.")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration.address_field"));
        cases.add(
                badInput(
                        "configuration: resume a draft",
                        Role.OPERATOR,
                        ChannelConfigurationServiceGrpc.getResumeChannelConfigurationMethod(),
                        ResumeChannelConfigurationRequest.newBuilder()
                                .setName(BadInputStage.UNREADY),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_STATE_CONFLICT,
                        ""));
        cases.add(
                badInput(
                        "configuration: deactivate one in use",
                        Role.OPERATOR,
                        ChannelConfigurationServiceGrpc.getDeactivateChannelConfigurationMethod(),
                        DeactivateChannelConfigurationRequest.newBuilder().setName(mail),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CHANNEL_CONFIGURATION_IN_USE,
                        ""));
        cases.add(
                badInput(
                        "configuration: unknown",
                        Role.VIEWER,
                        ChannelConfigurationServiceGrpc.getGetChannelConfigurationMethod(),
                        GetChannelConfigurationRequest.newBuilder().setName(mail + "x"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
    }

    /// Configurations that no provider could be opened with.
    private static void unusableConfigurations(List<BadInput> cases) {
        unusable(
                cases,
                "configuration: sender domain without an ASCII form",
                sender("shop@xn--b\u00fccher.example"),
                "email.from_address ADDRESS_MALFORMED");
        unusable(
                cases,
                "configuration: addresses in an attribute as content names it",
                sender("shop@example.com").setAddressField("profile.email"),
                "address_field SYNTAX");
        for (String text : List.of("trust me", "-----BEGIN CERTIFICATE-----\nAAAA\n")) {
            unusable(
                    cases,
                    "configuration: no certificates in " + text.length() + " characters",
                    sender("shop@example.com")
                            .setSmtp(SmtpProvider.newBuilder().setTrustedCertificates(text)),
                    "smtp.trusted_certificates");
        }
        for (String url :
                List.of(
                        "shop.example.com/bye",
                        "http://shop.example.com",
                        "https://shop.example.com/#bye",
                        "https://eve@shop.example.com",
                        "javascript:alert(1)",
                        "https://shop.example.com/a b",
                        "https://shop.example.com/bye?from=mail&token=1",
                        "https://shop.example.com/" + "a".repeat(231))) {
            unusable(
                    cases,
                    "configuration: no unsubscribe page at " + url,
                    ChannelConfiguration.newBuilder()
                            .setChannel(Channel.CHANNEL_EMAIL)
                            .setCategory(Category.CATEGORY_MARKETING)
                            .setEmail(
                                    EmailSender.newBuilder()
                                            .setFromAddress("shop@example.com")
                                            .setUnsubscribeUrl(url)),
                    "email.unsubscribe_url");
        }
        unusable(
                cases,
                "configuration: one click without a URL that takes it",
                sender("shop@example.com").setOneClickUnsubscribe(true),
                "email.unsubscribe_url REQUIRED");
        unusable(
                cases,
                "configuration: marketing to whoever complained",
                ChannelConfiguration.newBuilder()
                        .setChannel(Channel.CHANNEL_EMAIL)
                        .setCategory(Category.CATEGORY_MARKETING)
                        .setEmail(EmailSender.newBuilder().setFromAddress("shop@example.com"))
                        .setBypassComplaints(true),
                "bypass_complaints CATEGORY_CONFLICT");
        unusable(
                cases,
                "configuration: an attempt longer than a lease allows",
                sender("shop@example.com")
                        .setLimits(DeliveryLimits.newBuilder().setAttemptTimeout(seconds(301))),
                "limits.attempt_timeout OUT_OF_RANGE");
        unusable(
                cases,
                "configuration: a reply later than a lease allows",
                sender("shop@example.com")
                        .setLimits(DeliveryLimits.newBuilder().setFinalReplyTimeout(seconds(901))),
                "limits.final_reply_timeout OUT_OF_RANGE");
        unusable(
                cases,
                "configuration: a reply sooner than relays give one",
                sender("shop@example.com")
                        .setLimits(DeliveryLimits.newBuilder().setFinalReplyTimeout(seconds(9))),
                "limits.final_reply_timeout OUT_OF_RANGE");
    }

    private static void unusable(
            List<BadInput> cases,
            String what,
            ChannelConfiguration.Builder configuration,
            String field) {
        cases.add(
                badInput(
                        what,
                        Role.OPERATOR,
                        ChannelConfigurationServiceGrpc.getCreateChannelConfigurationMethod(),
                        configuration(configuration),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "channel_configuration." + field));
    }

    private static Duration seconds(int seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    private static ChannelConfiguration.Builder sender(String from) {
        return ChannelConfiguration.newBuilder()
                .setChannel(Channel.CHANNEL_EMAIL)
                .setCategory(Category.CATEGORY_TRANSACTIONAL)
                .setEmail(EmailSender.newBuilder().setFromAddress(from));
    }

    private static CreateChannelConfigurationRequest.Builder configuration(
            ChannelConfiguration.Builder configuration) {
        return CreateChannelConfigurationRequest.newBuilder()
                .setParent(OWN)
                .setChannelConfigurationId("new")
                .setChannelConfiguration(configuration);
    }
}
