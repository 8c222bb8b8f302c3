package io.campanile.persistence.eligibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.AllowedList;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.suppression.SuppressionFact;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Json;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The facts of a decision as JSON. Short, because every marketing message has them: what is as in
/// most is left out, and times are microseconds since 1970, but for `allowedUntil`, which is text
/// as in ISO 8601. A fact that comes later gets a member of its own, which is missing from what was
/// written before; only when a member changes its meaning, the version goes up.
public final class FactsJson {
    private static final int VERSION = 1;
    private static final String UNRENDERED = "unrendered";

    private FactsJson() {}

    /// What is kept of a decision, but for its reason and its time.
    public static String write(DecisionRecord decision) {
        ObjectNode json = json(decision.facts());
        putUnlessEmpty(json, UNRENDERED, decision.unrendered());
        return json.toString();
    }

    static String write(Facts facts) {
        return json(facts).toString();
    }

    private static ObjectNode json(Facts facts) {
        Occasion occasion = facts.occasion();
        ObjectNode json = Json.object();
        json.put("v", VERSION);
        json.put("channel", occasion.channel().name());
        json.put("purpose", occasion.purpose().name());
        putUnlessEmpty(json, "topic", occasion.topic());
        if (occasion.profileLookup() != ProfileLookup.IF_KNOWN) {
            json.put("lookup", occasion.profileLookup().name());
        }
        if (occasion.bypassesComplaints()) {
            json.put("bypassesComplaints", true);
        }
        writeAddressee(json, facts.addressee());
        if (facts.sendsWhenUnset()) {
            json.put("whenUnset", true);
        }
        writeConsents(json, "person", facts.profileConsents());
        writeConsents(json, "address", facts.addressConsents());
        writeSuppression(json, "addressSuppression", facts.addressSuppression());
        writeSuppression(json, "domainSuppression", facts.domainSuppression());
        AllowedList allowed = facts.allowedList();
        if (allowed.says() != AllowedList.Says.OFF) {
            json.put("allowedList", allowed.says().name());
        }
        Instant allowedUntil = allowed.until();
        if (allowedUntil != null) {
            json.put("allowedUntil", allowedUntil.toString());
        }
        RuleFactsJson.put(json, facts.rules());
        return json;
    }

    /// A decision again.
    ///
    /// @param text what [#write(DecisionRecord)] made of it
    /// @throws IllegalStateException when a later version wrote it
    public static DecisionRecord read(
            WorkspaceId workspace, String text, @Nullable Reason reason, Instant time) {
        JsonNode json = Json.parse(text);
        return new DecisionRecord(
                facts(workspace, json), reason, time, Json.text(json, UNRENDERED));
    }

    static Facts read(WorkspaceId workspace, String text) {
        return facts(workspace, Json.parse(text));
    }

    private static Facts facts(WorkspaceId workspace, JsonNode json) {
        int version = json.path("v").intValue();
        if (version != VERSION) {
            throw new IllegalStateException("facts of version " + version);
        }
        var occasion =
                new Occasion(
                        workspace,
                        Json.constant(json, "channel", Channel.EMAIL),
                        Json.constant(json, "purpose", Purpose.SERVICE),
                        Json.text(json, "topic"),
                        Json.constant(json, "lookup", ProfileLookup.IF_KNOWN),
                        json.path("bypassesComplaints").booleanValue());
        return new Facts(
                occasion,
                addressee(json),
                json.path("whenUnset").booleanValue(),
                consents(json, "person"),
                consents(json, "address"),
                suppression(json, "addressSuppression"),
                suppression(json, "domainSuppression"),
                new AllowedList(
                        Json.constant(json, "allowedList", AllowedList.Says.OFF),
                        Json.time(json, "allowedUntil")),
                RuleFactsJson.of(json, workspace));
    }

    /// Of the person, no more than who it is.
    private static void writeAddressee(ObjectNode json, Addressee addressee) {
        KnownPerson person = addressee.person();
        if (person != null) {
            json.put("profile", person.id().toString());
        }
        EmailAddress address = addressee.address();
        if (address != null) {
            json.put("to", address.value());
        }
        putUnlessEmpty(json, "malformed", addressee.malformed());
        if (addressee.overlaid()) {
            json.put("overlaid", true);
        }
    }

    private static Addressee addressee(JsonNode json) {
        String profile = Json.text(json, "profile");
        return new Addressee(
                profile.isEmpty()
                        ? null
                        : new KnownPerson(
                                new ProfileId(UUID.fromString(profile)), ProfileDetails.NONE),
                EmailAddress.parse(Json.text(json, "to")).orElse(null),
                Json.text(json, "malformed"),
                json.path("overlaid").booleanValue());
    }

    private static void writeConsents(ObjectNode json, String member, List<Consent> consents) {
        if (consents.isEmpty()) {
            return;
        }
        ArrayNode array = json.putArray(member);
        for (Consent consent : consents) {
            ConsentLevel level = consent.level();
            ObjectNode object = array.addObject();
            object.put("id", consent.record().toString());
            object.put("purpose", level.purpose().name());
            if (level.channel() != null) {
                object.put("channel", level.channel().name());
            }
            putUnlessEmpty(object, "topic", level.topic());
            object.put("state", consent.state().name());
            putUnlessEmpty(object, "source", consent.source());
            object.put("since", micros(consent.since()));
        }
    }

    private static List<Consent> consents(JsonNode json, String member) {
        List<Consent> consents = new ArrayList<>();
        for (JsonNode object : json.path(member)) {
            var level =
                    new ConsentLevel(
                            object.has("channel")
                                    ? Json.constant(object, "channel", Channel.EMAIL)
                                    : null,
                            Json.constant(object, "purpose", Purpose.SERVICE),
                            Json.text(object, "topic"));
            consents.add(
                    new Consent(
                            new ConsentRecordId(id(object)),
                            level,
                            Json.constant(object, "state", ConsentState.PENDING),
                            Json.text(object, "source"),
                            time(object, "since")));
        }
        return consents;
    }

    private static void writeSuppression(
            ObjectNode json, String member, @Nullable SuppressionFact entry) {
        if (entry == null) {
            return;
        }
        ObjectNode object = json.putObject(member);
        object.put("id", entry.entry().toString());
        object.put("reason", entry.reason().name());
        object.put("since", micros(entry.since()));
        Instant expireTime = entry.expireTime();
        if (expireTime != null) {
            object.put("expire", micros(expireTime));
        }
    }

    private static @Nullable SuppressionFact suppression(JsonNode json, String member) {
        JsonNode object = json.path(member);
        return object.isMissingNode()
                ? null
                : new SuppressionFact(
                        new SuppressionId(id(object)),
                        Json.constant(object, "reason", SuppressionReason.MANUAL),
                        time(object, "since"),
                        object.has("expire") ? time(object, "expire") : null);
    }

    private static void putUnlessEmpty(ObjectNode json, String member, String text) {
        if (!text.isEmpty()) {
            json.put(member, text);
        }
    }

    private static UUID id(JsonNode object) {
        return UUID.fromString(Json.text(object, "id"));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant time(JsonNode object, String member) {
        return Instant.EPOCH.plus(object.path(member).longValue(), ChronoUnit.MICROS);
    }
}
