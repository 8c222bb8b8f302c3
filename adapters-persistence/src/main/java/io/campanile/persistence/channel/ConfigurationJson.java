package io.campanile.persistence.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.campanile.domain.channel.ConfigurationDefinition;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.EmailSender;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.channel.UnknownOutcomeRule;
import io.campanile.persistence.Json;

import org.jspecify.annotations.Nullable;

/// What is said of a channel configuration as JSON, but for its display name and the password,
/// which have columns of their own.
final class ConfigurationJson {
    private ConfigurationJson() {}

    static String write(ConfigurationDefinition definition) {
        ObjectNode json = Json.object();
        write(json.putObject("sender"), definition.sender());
        write(json.putObject("smtp"), definition.smtp());
        write(json.putObject("limits"), definition.limits());
        write(json.putObject("retry"), definition.retry());
        json.put("retryWindow", definition.retryWindow().toString());
        json.put("unknownOutcome", definition.unknownOutcome().name());
        json.put("addressField", definition.addressField());
        json.put("bypassesComplaints", definition.bypassesComplaints());
        return json.toString();
    }

    static ConfigurationDefinition definition(
            String displayName, JsonNode json, @Nullable SealedSecret password) {
        return new ConfigurationDefinition(
                displayName,
                sender(json.path("sender")),
                smtp(json.path("smtp"), password),
                limits(json.path("limits")),
                retry(json.path("retry")),
                Json.duration(json, "retryWindow", ConfigurationDefinition.USUAL_RETRY_WINDOW),
                Json.constant(json, "unknownOutcome", UnknownOutcomeRule.BY_CATEGORY),
                Json.text(json, "addressField"),
                json.path("bypassesComplaints").booleanValue());
    }

    static void write(ObjectNode json, EmailSender sender) {
        json.put("from", sender.from().value())
                .put("name", sender.name())
                .put("unsubscribeUrl", sender.unsubscribeUrl())
                .put("oneClickUnsubscribe", sender.oneClickUnsubscribe());
        if (sender.replyTo() != null) {
            json.put("replyTo", sender.replyTo().value());
        }
        if (sender.envelopeSender() != null) {
            json.put("envelopeSender", sender.envelopeSender().value());
        }
    }

    static EmailSender sender(JsonNode json) {
        return new EmailSender(
                new EmailAddress(Json.text(json, "from")),
                Json.text(json, "name"),
                address(json, "replyTo"),
                address(json, "envelopeSender"),
                Json.text(json, "unsubscribeUrl"),
                json.path("oneClickUnsubscribe").booleanValue());
    }

    private static @Nullable EmailAddress address(JsonNode json, String member) {
        String text = Json.text(json, member);
        return text.isEmpty() ? null : new EmailAddress(text);
    }

    static void write(ObjectNode json, SmtpServer smtp) {
        json.put("host", smtp.host())
                .put("port", smtp.port())
                .put("security", smtp.security().name())
                .put("verifyCertificate", smtp.verifyCertificate())
                .put("trustedCertificates", smtp.trustedCertificates())
                .put("heloName", smtp.heloName());
        if (smtp.credentials() != null) {
            json.put("userName", smtp.credentials().userName());
        }
    }

    /// What is missing is the careful choice.
    static SmtpServer smtp(JsonNode json, @Nullable SealedSecret password) {
        return new SmtpServer(
                Json.text(json, "host"),
                json.path("port").intValue(),
                Json.constant(json, "security", SmtpServer.Security.STARTTLS),
                json.path("verifyCertificate").asBoolean(true),
                Json.text(json, "trustedCertificates"),
                password == null
                        ? null
                        : new SmtpServer.Credentials(Json.text(json, "userName"), password),
                Json.text(json, "heloName"));
    }

    static void write(ObjectNode json, DeliveryLimits limits) {
        json.put("connections", limits.connections())
                .put("slots", limits.slots())
                .put("messagesPerSecond", limits.messagesPerSecond())
                .put("attemptTimeout", limits.attemptTimeout().toString())
                .put("finalReplyTimeout", limits.finalReplyTimeout().toString())
                .put("breakerFailurePercent", limits.breakerFailurePercent())
                .put("breakerWait", limits.breakerWait().toString());
    }

    static DeliveryLimits limits(JsonNode json) {
        DeliveryLimits missing = DeliveryLimits.DEFAULT;
        return new DeliveryLimits(
                json.path("connections").asInt(missing.connections()),
                json.path("slots").asInt(missing.slots()),
                json.path("messagesPerSecond").asDouble(missing.messagesPerSecond()),
                Json.duration(json, "attemptTimeout", missing.attemptTimeout()),
                Json.duration(json, "finalReplyTimeout", missing.finalReplyTimeout()),
                json.path("breakerFailurePercent").asInt(missing.breakerFailurePercent()),
                Json.duration(json, "breakerWait", missing.breakerWait()));
    }

    static void write(ObjectNode json, RetryPolicy retry) {
        json.put("shortestDelay", retry.shortestDelay().toString())
                .put("longestDelay", retry.longestDelay().toString());
    }

    static RetryPolicy retry(JsonNode json) {
        RetryPolicy missing = RetryPolicy.DEFAULT;
        return new RetryPolicy(
                Json.duration(json, "shortestDelay", missing.shortestDelay()),
                Json.duration(json, "longestDelay", missing.longestDelay()));
    }
}
