package io.campanile.grpc.channel;

import com.google.protobuf.FieldMask;

import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ConfigurationDefinition;
import io.campanile.domain.channel.ConfigurationLifecycle;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.EmailSender;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.channel.UnknownOutcomeRule;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.resource.Categories;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.SmtpProvider;

import org.jspecify.annotations.Nullable;

/// Channel configurations between protobuf and the domain. A password goes in, sealed, and never
/// comes out.
final class ConfigurationProtos {
    private static final int STARTTLS_PORT = 587;
    private static final int IMPLICIT_TLS_PORT = 465;

    private final SecretSealer sealer;

    ConfigurationProtos(SecretSealer sealer) {
        this.sealer = sealer;
    }

    static io.campanile.v1.ChannelConfiguration proto(ChannelConfiguration configuration) {
        var proto =
                described(configuration.definition())
                        .setName(configuration.name().toString())
                        .setChannel(io.campanile.v1.Channel.CHANNEL_EMAIL)
                        .setCategory(Categories.proto(configuration.category()))
                        .setState(
                                Enums.proto(
                                        io.campanile.v1.ChannelConfiguration.State.class,
                                        "STATE_",
                                        configuration.state()))
                        .setCreateTime(Times.timestamp(configuration.createTime()))
                        .setUpdateTime(Times.timestamp(configuration.updateTime()))
                        .setEtag(Edits.etag(configuration.version()));
        ConfigurationLifecycle.availableActions(configuration).stream()
                .sorted()
                .forEach(action ->
                        proto.addAvailableActions(
                                Enums.proto(
                                        io.campanile.v1.ChannelConfiguration.Action.class,
                                        "ACTION_",
                                        action)));
        return proto.build();
    }

    private static io.campanile.v1.ChannelConfiguration.Builder described(
            ConfigurationDefinition definition) {
        return io.campanile.v1.ChannelConfiguration.newBuilder()
                .setDisplayName(definition.displayName())
                .setEmail(sender(definition.sender()))
                .setSmtp(smtp(definition.smtp()))
                .setLimits(LimitProtos.limits(definition.limits()))
                .setRetry(LimitProtos.retry(definition))
                .setUnknownOutcome(
                        Enums.proto(
                                io.campanile.v1.ChannelConfiguration.UnknownOutcomeRule.class,
                                "UNKNOWN_OUTCOME_RULE_",
                                definition.unknownOutcome()))
                .setAddressField(definition.addressField())
                .setBypassComplaints(definition.bypassesComplaints())
                .setOneClickUnsubscribe(definition.sender().oneClickUnsubscribe());
    }

    private static io.campanile.v1.EmailSender sender(EmailSender sender) {
        var proto =
                io.campanile.v1.EmailSender.newBuilder()
                        .setFromAddress(sender.from().value())
                        .setFromName(sender.name())
                        .setUnsubscribeUrl(sender.unsubscribeUrl());
        EmailAddress replyTo = sender.replyTo();
        EmailAddress envelopeSender = sender.envelopeSender();
        if (replyTo != null) {
            proto.setReplyTo(replyTo.value());
        }
        if (envelopeSender != null) {
            proto.setEnvelopeSender(envelopeSender.value());
        }
        return proto.build();
    }

    private static SmtpProvider smtp(SmtpServer server) {
        var proto =
                SmtpProvider.newBuilder()
                        .setHost(server.host())
                        .setPort(server.port())
                        .setSecurity(
                                Enums.proto(
                                        SmtpProvider.Security.class,
                                        "SECURITY_",
                                        server.security()))
                        .setSkipCertificateVerification(!server.verifyCertificate())
                        .setTrustedCertificates(server.trustedCertificates())
                        .setHeloName(server.heloName());
        SmtpServer.Credentials credentials = server.credentials();
        if (credentials != null) {
            proto.setUsername(credentials.userName()).setPasswordSet(true);
        }
        return proto.build();
    }

    /// What a new configuration is to be; its fields have been checked.
    ConfigurationDefinition created(io.campanile.v1.ChannelConfiguration proto) {
        return definition(proto, null);
    }

    /// What a configuration is to be by an edit.
    ///
    /// @param merged the whole as it is to be
    /// @param paths what of it the caller changes; a password that is not among them stays, as long
    ///   as it goes where it went before
    ConfigurationDefinition edited(
            ChannelConfiguration known,
            io.campanile.v1.ChannelConfiguration merged,
            FieldMask paths) {
        boolean cleared =
                paths.getPathsList().contains("smtp.password")
                        && merged.getSmtp().getPassword().isEmpty();
        SmtpServer smtp = known.definition().smtp();
        SmtpServer former = cleared ? smtp.with(null) : smtp;
        ConfigurationRules.requireEdit(known, merged, former);
        return definition(merged, former);
    }

    private ConfigurationDefinition definition(
            io.campanile.v1.ChannelConfiguration proto, @Nullable SmtpServer former) {
        return new ConfigurationDefinition(
                proto.getDisplayName(),
                sender(proto.getEmail(), proto.getOneClickUnsubscribe()),
                smtp(proto.getSmtp(), former),
                LimitProtos.limits(proto.getLimits()),
                LimitProtos.retry(proto.getRetry()),
                LimitProtos.retryWindow(proto.getRetry()),
                unknownOutcome(proto.getUnknownOutcome()),
                proto.getAddressField(),
                proto.getBypassComplaints());
    }

    private static EmailSender sender(io.campanile.v1.EmailSender proto, boolean oneClick) {
        return new EmailSender(
                address(proto.getFromAddress()),
                proto.getFromName(),
                optional(proto.getReplyTo()),
                optional(proto.getEnvelopeSender()),
                proto.getUnsubscribeUrl(),
                oneClick);
    }

    private static @Nullable EmailAddress optional(String address) {
        return address.isEmpty() ? null : address(address);
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("an unchecked address"));
    }

    private SmtpServer smtp(SmtpProvider proto, @Nullable SmtpServer former) {
        SmtpServer server = server(proto);
        if (proto.getUsername().isEmpty()) {
            return server;
        }
        SealedSecret password =
                proto.getPassword().isEmpty()
                        ? kept(former, proto)
                        : sealer.seal(SecretPurpose.CHANNEL_CONFIGURATION, proto.getPassword());
        if (password == null) {
            throw new IllegalArgumentException("an unchecked password");
        }
        return server.with(new SmtpServer.Credentials(proto.getUsername(), password));
    }

    /// The password that stays without being entered again; absent when there is none, or it was
    /// entered for another relay.
    static @Nullable SealedSecret kept(@Nullable SmtpServer former, SmtpProvider proto) {
        SmtpServer.Credentials credentials = former == null ? null : former.credentials();
        return former != null && credentials != null && former.sharesPasswordWith(server(proto))
                ? credentials.password()
                : null;
    }

    private static SmtpServer server(SmtpProvider proto) {
        SmtpServer.Security security = security(proto);
        int usualPort =
                security == SmtpServer.Security.IMPLICIT_TLS ? IMPLICIT_TLS_PORT : STARTTLS_PORT;
        return new SmtpServer(
                proto.getHost(),
                proto.getPort() == 0 ? usualPort : proto.getPort(),
                security,
                !proto.getSkipCertificateVerification(),
                proto.getTrustedCertificates(),
                null,
                proto.getHeloName());
    }

    /// Who asks for STARTTLS at the port of TLS from the first byte waits for a greeting in vain.
    private static SmtpServer.Security security(SmtpProvider proto) {
        return switch (proto.getSecurity()) {
            case SECURITY_UNSPECIFIED, UNRECOGNIZED ->
                    proto.getPort() == IMPLICIT_TLS_PORT
                            ? SmtpServer.Security.IMPLICIT_TLS
                            : SmtpServer.Security.STARTTLS;
            case SECURITY_STARTTLS -> SmtpServer.Security.STARTTLS;
            case SECURITY_IMPLICIT_TLS -> SmtpServer.Security.IMPLICIT_TLS;
            case SECURITY_PLAINTEXT -> SmtpServer.Security.PLAINTEXT;
        };
    }

    private static UnknownOutcomeRule unknownOutcome(
            io.campanile.v1.ChannelConfiguration.UnknownOutcomeRule rule) {
        return switch (rule) {
            case UNKNOWN_OUTCOME_RULE_UNSPECIFIED, UNKNOWN_OUTCOME_RULE_BY_CATEGORY, UNRECOGNIZED ->
                    UnknownOutcomeRule.BY_CATEGORY;
            case UNKNOWN_OUTCOME_RULE_TRY_AGAIN -> UnknownOutcomeRule.TRY_AGAIN;
            case UNKNOWN_OUTCOME_RULE_SETTLE -> UnknownOutcomeRule.SETTLE;
        };
    }
}
