package io.campanile.persistence.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;
import io.campanile.persistence.Json;

/// Schemas of attributes as a workspace's row holds them.
final class AttributeSchemaJson {
    private AttributeSchemaJson() {}

    static String write(AttributeSchema schema) {
        ObjectNode json = Json.object();
        ArrayNode attributes = json.putArray("attributes");
        for (AttributeDefinition definition : schema.definitions()) {
            attributes
                    .addObject()
                    .put("path", definition.path())
                    .put("type", definition.type().name());
        }
        json.put("unknownRefused", schema.unknownRefused());
        return json.toString();
    }

    static AttributeSchema read(String text) {
        JsonNode json = Json.parse(text);
        return new AttributeSchema(
                json.path("attributes").valueStream().map(AttributeSchemaJson::definition).toList(),
                json.path("unknownRefused").booleanValue());
    }

    private static AttributeDefinition definition(JsonNode json) {
        return new AttributeDefinition(
                Json.text(json, "path"), AttributeType.valueOf(Json.text(json, "type")));
    }
}
