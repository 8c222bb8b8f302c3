package io.campanile.persistence.eligibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Json;
import io.campanile.persistence.ruleset.RuleSetJson;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What rule sets said, as the member `rules` of [FactsJson].
final class RuleFactsJson {
    private RuleFactsJson() {}

    static void put(ObjectNode facts, RuleFacts rules) {
        PersonKey person = rules.person();
        if (person == null) {
            return;
        }
        ObjectNode json = facts.putObject("rules");
        json.put("person", person.value().toString());
        json.put("zone", rules.zone().getId());
        ArrayNode sets = json.putArray("sets");
        for (RuleSetFacts set : rules.ruleSets()) {
            ObjectNode object = sets.addObject();
            object.put("id", set.id().toString());
            object.put("name", set.name().ruleSet());
            object.put("version", set.version());
            object.put("since", FactsJson.micros(set.since()));
            RuleSetJson.putCaps(object, set.caps());
            RuleSetJson.putQuietHours(object, set.quietHours());
            ArrayNode reserved = object.putArray("reserved");
            for (Reservation reservation : set.reserved()) {
                reserved.addObject()
                        .put("channel", reservation.channel().name())
                        .put("time", FactsJson.micros(reservation.time()));
            }
        }
    }

    static RuleFacts of(JsonNode facts, WorkspaceId workspace) {
        JsonNode json = facts.path("rules");
        if (json.isMissingNode()) {
            return RuleFacts.NONE;
        }
        List<RuleSetFacts> sets = new ArrayList<>();
        json.path("sets").forEach(set -> sets.add(set(set, workspace)));
        return new RuleFacts(
                new PersonKey(UUID.fromString(Json.text(json, "person"))),
                RuleFacts.zone(Json.text(json, "zone")),
                sets);
    }

    private static RuleSetFacts set(JsonNode json, WorkspaceId workspace) {
        List<Reservation> reserved = new ArrayList<>();
        for (JsonNode reservation : json.path("reserved")) {
            reserved.add(
                    new Reservation(
                            Json.constant(reservation, "channel", Channel.EMAIL),
                            FactsJson.time(reservation, "time")));
        }
        return new RuleSetFacts(
                new RuleSetId(UUID.fromString(Json.text(json, "id"))),
                new RuleSetName(workspace, Json.text(json, "name")),
                json.path("version").longValue(),
                FactsJson.time(json, "since"),
                RuleSetJson.caps(json),
                RuleSetJson.quietHours(json),
                reserved);
    }
}
