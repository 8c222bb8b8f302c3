package io.campanile.persistence.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.persistence.Json;

import java.util.ArrayList;
import java.util.List;

/// Definitions of campaigns as JSON.
final class DefinitionJson {
    private DefinitionJson() {}

    static String write(CampaignDefinition definition) {
        ObjectNode json = Json.object();
        json.put("channelConfiguration", definition.channelConfiguration());
        json.put("topic", definition.topic());
        ArrayNode ruleSets = json.putArray("ruleSets");
        definition.ruleSets().forEach(ruleSets::add);
        json.put("identityNamespace", definition.identityNamespace());
        json.put("profileLookup", definition.profileLookup().name());
        json.put("deliveryMode", definition.deliveryMode().name());
        json.put("audience", definition.audience());
        EmailContent content = definition.content();
        json.putObject("content")
                .put("subject", content.subject())
                .put("preheader", content.preheader())
                .put("html", content.html())
                .put("text", content.text())
                .put("replyTo", content.replyTo());
        ArrayNode fields = json.putArray("fields");
        for (DeclaredField field : definition.fields()) {
            fields.addObject()
                    .put("path", field.path())
                    .put("type", field.type().name())
                    .put("required", field.required())
                    .put("sensitive", field.sensitive())
                    .put("example", field.example())
                    .put("defaultValue", field.defaultValue());
        }
        Schedule schedule = definition.schedule();
        if (schedule.startTime() != null) {
            json.put("startTime", schedule.startTime().toString());
        }
        if (schedule.endTime() != null) {
            json.put("endTime", schedule.endTime().toString());
        }
        return json.toString();
    }

    static CampaignDefinition read(String text) {
        JsonNode json = Json.parse(text);
        JsonNode content = json.path("content");
        List<String> ruleSets = new ArrayList<>();
        json.path("ruleSets").forEach(name -> ruleSets.add(name.asText()));
        List<DeclaredField> fields = new ArrayList<>();
        json.path("fields").forEach(field -> fields.add(field(field)));
        return new CampaignDefinition(
                Json.text(json, "channelConfiguration"),
                Json.text(json, "topic"),
                ruleSets,
                Json.text(json, "identityNamespace"),
                Json.constant(json, "profileLookup", ProfileLookup.IF_KNOWN),
                Json.constant(json, "deliveryMode", DeliveryMode.STANDARD),
                Json.text(json, "audience"),
                new EmailContent(
                        Json.text(content, "subject"),
                        Json.text(content, "preheader"),
                        Json.text(content, "html"),
                        Json.text(content, "text"),
                        Json.text(content, "replyTo")),
                fields,
                new Schedule(Json.time(json, "startTime"), Json.time(json, "endTime")));
    }

    private static DeclaredField field(JsonNode field) {
        return new DeclaredField(
                Json.text(field, "path"),
                Json.constant(field, "type", FieldType.ANY),
                field.path("required").booleanValue(),
                field.path("sensitive").booleanValue(),
                Json.text(field, "example"),
                Json.text(field, "defaultValue"));
    }
}
