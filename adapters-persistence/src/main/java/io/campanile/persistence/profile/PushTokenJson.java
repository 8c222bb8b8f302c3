package io.campanile.persistence.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import io.campanile.domain.channel.PushToken;
import io.campanile.domain.channel.PushToken.Platform;
import io.campanile.persistence.Json;

import java.util.List;

/// Push tokens as a profile's row holds them.
final class PushTokenJson {
    private PushTokenJson() {}

    static String write(List<PushToken> tokens) {
        ArrayNode array = Json.array();
        for (PushToken token : tokens) {
            array.addObject()
                    .put("platform", token.platform().name())
                    .put("appId", token.appId())
                    .put("token", token.token())
                    .put("valid", token.valid());
        }
        return array.toString();
    }

    static List<PushToken> read(String json) {
        return Json.parse(json).valueStream().map(PushTokenJson::token).toList();
    }

    private static PushToken token(JsonNode row) {
        return new PushToken(
                Platform.valueOf(Json.text(row, "platform")),
                Json.text(row, "appId"),
                Json.text(row, "token"),
                row.path("valid").asBoolean(true));
    }
}
