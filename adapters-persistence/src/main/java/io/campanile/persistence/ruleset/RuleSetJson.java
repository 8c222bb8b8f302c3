package io.campanile.persistence.ruleset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.ruleset.FrequencyCap;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.RuleSetDefinition;
import io.campanile.persistence.Json;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The rules of a rule set as JSON.
public final class RuleSetJson {
    private RuleSetJson() {}

    static String write(RuleSetDefinition definition) {
        ObjectNode json = Json.object();
        putCaps(json, definition.caps());
        putQuietHours(json, definition.quietHours());
        return json.toString();
    }

    /// Adds the caps as the member `caps`.
    public static void putCaps(ObjectNode json, List<FrequencyCap> caps) {
        ArrayNode array = json.putArray("caps");
        for (FrequencyCap cap : caps) {
            ObjectNode one =
                    array.addObject()
                            .put("maxMessages", cap.maxMessages())
                            .put("window", cap.window().toString());
            FrequencyCap.Period period = cap.period();
            if (period != null) {
                one.put("period", period.name());
            }
            ArrayNode channels = one.putArray("channels");
            cap.channels().stream().sorted().forEach(channel -> channels.add(channel.name()));
        }
    }

    /// Adds the quiet hours as the member `quietHours`.
    public static void putQuietHours(ObjectNode json, List<QuietHours> quietHours) {
        ArrayNode array = json.putArray("quietHours");
        for (QuietHours hours : quietHours) {
            ArrayNode days =
                    array.addObject()
                            .put("start", hours.start().toString())
                            .put("end", hours.end().toString())
                            .put("behaviour", hours.behaviour().name())
                            .putArray("days");
            hours.days().stream().sorted().forEach(day -> days.add(day.name()));
        }
    }

    /// What [#putQuietHours] added.
    public static List<QuietHours> quietHours(JsonNode json) {
        List<QuietHours> quietHours = new ArrayList<>();
        json.path("quietHours").forEach(hours -> quietHours.add(hours(hours)));
        return quietHours;
    }

    private static QuietHours hours(JsonNode json) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        json.path("days").forEach(day -> days.add(DayOfWeek.valueOf(day.asText())));
        return new QuietHours(
                LocalTime.parse(Json.text(json, "start")),
                LocalTime.parse(Json.text(json, "end")),
                days,
                Json.constant(json, "behaviour", QuietHours.Behaviour.QUEUE));
    }

    /// What [#putCaps] added.
    public static List<FrequencyCap> caps(JsonNode json) {
        List<FrequencyCap> caps = new ArrayList<>();
        json.path("caps").forEach(cap -> caps.add(cap(cap)));
        return caps;
    }

    private static FrequencyCap cap(JsonNode json) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        json.path("channels").forEach(channel -> channels.add(Channel.valueOf(channel.asText())));
        int maxMessages = json.path("maxMessages").intValue();
        return json.has("period")
                ? FrequencyCap.per(
                        Json.constant(json, "period", FrequencyCap.Period.DAY),
                        maxMessages,
                        channels)
                : FrequencyCap.within(
                        Json.duration(json, "window", FrequencyCap.LONGEST_WINDOW),
                        maxMessages,
                        channels);
    }
}
