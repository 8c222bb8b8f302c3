package io.campanile.grpc.campaign;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;

import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.message.DeliveryMode;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.payload.PayloadPath;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.CampaignContent;
import io.campanile.v1.ViolationReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Definitions of campaigns between protobuf and the domain.
final class DefinitionProtos {
    private static final String FIELD = "campaign.draft.";
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().omittingInsignificantWhitespace();

    private DefinitionProtos() {}

    /// The definition but for what belongs to the campaign as a whole.
    static io.campanile.v1.CampaignDefinition.Builder definition(
            WorkspaceId workspace, CampaignDefinition definition) {
        var proto = io.campanile.v1.CampaignDefinition.newBuilder();
        if (!definition.channelConfiguration().isEmpty()) {
            proto.setChannelConfiguration(
                    new ChannelConfigurationName(workspace, definition.channelConfiguration())
                            .toString());
        }
        definition.audienceIn(workspace).ifPresent(name -> proto.setAudience(name.toString()));
        proto.setTopic(definition.topic());
        definition
                .ruleSets()
                .forEach(id -> proto.addRuleSets(new RuleSetName(workspace, id).toString()));
        proto.setIdentityNamespace(definition.identityNamespace());
        proto.setProfileLookup(lookup(definition.profileLookup()));
        proto.setDeliveryMode(mode(definition.deliveryMode()));
        proto.setContent(CampaignContent.newBuilder().setEmail(content(definition.content())));
        definition.fields().forEach(field -> proto.addDeclaredFields(declared(field)));
        Instant startTime = definition.schedule().startTime();
        Instant endTime = definition.schedule().endTime();
        if (startTime != null) {
            proto.setStartTime(Times.timestamp(startTime));
        }
        if (endTime != null) {
            proto.setEndTime(Times.timestamp(endTime));
        }
        return proto;
    }

    static CampaignDefinition definition(
            WorkspaceId workspace, io.campanile.v1.CampaignDefinition proto) {
        return new CampaignDefinition(
                channelConfiguration(workspace, proto.getChannelConfiguration()),
                proto.getTopic(),
                proto.getRuleSetsList().stream().map(name -> ruleSet(workspace, name)).toList(),
                proto.getIdentityNamespace(),
                lookup(proto.getProfileLookup()),
                mode(proto.getDeliveryMode()),
                audience(workspace, proto.getAudience()),
                content(proto.getContent().getEmail()),
                proto.getDeclaredFieldsList().stream().map(DefinitionProtos::declared).toList(),
                new Schedule(
                        time("start_time", proto.hasStartTime(), proto.getStartTime()),
                        time("end_time", proto.hasEndTime(), proto.getEndTime())));
    }

    private static io.campanile.v1.CampaignDefinition.ProfileLookup lookup(ProfileLookup lookup) {
        return Enums.proto(
                io.campanile.v1.CampaignDefinition.ProfileLookup.class, "PROFILE_LOOKUP_", lookup);
    }

    private static ProfileLookup lookup(io.campanile.v1.CampaignDefinition.ProfileLookup lookup) {
        return switch (lookup) {
            case PROFILE_LOOKUP_NONE -> ProfileLookup.NONE;
            case PROFILE_LOOKUP_REQUIRED -> ProfileLookup.REQUIRED;
            case PROFILE_LOOKUP_CREATE -> ProfileLookup.CREATE;
            case PROFILE_LOOKUP_IF_KNOWN, PROFILE_LOOKUP_UNSPECIFIED, UNRECOGNIZED ->
                    ProfileLookup.IF_KNOWN;
        };
    }

    private static io.campanile.v1.CampaignDefinition.DeliveryMode mode(DeliveryMode mode) {
        return Enums.proto(
                io.campanile.v1.CampaignDefinition.DeliveryMode.class, "DELIVERY_MODE_", mode);
    }

    private static DeliveryMode mode(io.campanile.v1.CampaignDefinition.DeliveryMode mode) {
        return switch (mode) {
            case DELIVERY_MODE_HIGH_THROUGHPUT -> DeliveryMode.HIGH_THROUGHPUT;
            case DELIVERY_MODE_STANDARD, DELIVERY_MODE_UNSPECIFIED, UNRECOGNIZED ->
                    DeliveryMode.STANDARD;
        };
    }

    private static String channelConfiguration(WorkspaceId workspace, String name) {
        if (name.isEmpty()) {
            return "";
        }
        ChannelConfigurationName parsed =
                Names.channelConfiguration(FIELD + "channel_configuration", name);
        requireIn(workspace, parsed.workspace(), "channel_configuration");
        return parsed.channelConfiguration();
    }

    private static String ruleSet(WorkspaceId workspace, String name) {
        RuleSetName parsed = Names.ruleSet(FIELD + "rule_sets", name);
        requireIn(workspace, parsed.workspace(), "rule_sets");
        return parsed.ruleSet();
    }

    private static void requireIn(WorkspaceId own, WorkspaceId named, String field) {
        if (!named.equals(own)) {
            throw GrpcErrors.fieldViolation(
                    FIELD + field,
                    ViolationReason.VIOLATION_REASON_REFERENCE_NOT_FOUND,
                    "does not exist in the campaign's workspace");
        }
    }

    private static String audience(WorkspaceId workspace, String name) {
        if (name.isEmpty()) {
            return "";
        }
        AudienceName parsed = Names.audience(FIELD + "audience", name);
        if (!parsed.workspace().equals(workspace)) {
            throw GrpcErrors.fieldViolation(
                    FIELD + "audience",
                    ViolationReason.VIOLATION_REASON_REFERENCE_NOT_FOUND,
                    "does not exist in the campaign's workspace");
        }
        return parsed.audience();
    }

    private static @Nullable Instant time(String field, boolean present, Timestamp time) {
        return present ? Times.instant(FIELD + field, time) : null;
    }

    private static EmailContent content(io.campanile.v1.EmailContent proto) {
        return new EmailContent(
                proto.getSubject(),
                proto.getPreheader(),
                proto.getHtml(),
                proto.getText(),
                proto.getReplyTo());
    }

    private static io.campanile.v1.EmailContent content(EmailContent content) {
        return io.campanile.v1.EmailContent.newBuilder()
                .setSubject(content.subject())
                .setPreheader(content.preheader())
                .setHtml(content.html())
                .setText(content.text())
                .setReplyTo(content.replyTo())
                .build();
    }

    private static DeclaredField declared(io.campanile.v1.DeclaredField proto) {
        return new DeclaredField(
                proto.getPath(),
                type(proto.getType()),
                proto.getRequired(),
                proto.getSensitive(),
                proto.hasExample() ? json(proto.getExample()) : "",
                proto.hasDefaultValue() ? json(proto.getDefaultValue()) : "");
    }

    private static io.campanile.v1.DeclaredField declared(DeclaredField field) {
        var proto =
                io.campanile.v1.DeclaredField.newBuilder()
                        .setPath(field.path())
                        .setType(type(field.type()))
                        .setRequired(field.required())
                        .setSensitive(field.sensitive());
        if (!field.example().isEmpty()) {
            proto.setExample(value(field.example()));
        }
        if (!field.defaultValue().isEmpty()) {
            proto.setDefaultValue(value(field.defaultValue()));
        }
        return proto.build();
    }

    static io.campanile.v1.FieldType type(FieldType type) {
        return type == FieldType.ANY
                ? io.campanile.v1.FieldType.FIELD_TYPE_UNSPECIFIED
                : Enums.proto(io.campanile.v1.FieldType.class, "FIELD_TYPE_", type);
    }

    private static FieldType type(io.campanile.v1.FieldType type) {
        return switch (type) {
            case FIELD_TYPE_STRING -> FieldType.STRING;
            case FIELD_TYPE_NUMBER -> FieldType.NUMBER;
            case FIELD_TYPE_INTEGER -> FieldType.INTEGER;
            case FIELD_TYPE_BOOLEAN -> FieldType.BOOLEAN;
            case FIELD_TYPE_TIMESTAMP -> FieldType.TIMESTAMP;
            case FIELD_TYPE_URL -> FieldType.URL;
            case FIELD_TYPE_LIST -> FieldType.LIST;
            case FIELD_TYPE_OBJECT -> FieldType.OBJECT;
            case FIELD_TYPE_UNSPECIFIED, UNRECOGNIZED -> FieldType.ANY;
        };
    }

    /// The JSON text of a value.
    private static String json(Value value) {
        if (!isWithin(value, PayloadPath.LIMIT_DEPTH)) {
            throw GrpcErrors.fieldViolation(
                    FIELD + "declared_fields",
                    ViolationReason.VIOLATION_REASON_OUT_OF_RANGE,
                    "has an example or a default value of more than "
                            + PayloadPath.LIMIT_DEPTH
                            + " levels");
        }
        try {
            return PRINTER.print(value);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw GrpcErrors.fieldViolation(
                    FIELD + "declared_fields",
                    ViolationReason.VIOLATION_REASON_SYNTAX,
                    "has an example or a default value that is not a JSON value");
        }
    }

    private static boolean isWithin(Value value, int levels) {
        return switch (value.getKindCase()) {
            case LIST_VALUE ->
                    levels > 0
                            && value.getListValue().getValuesList().stream()
                                    .allMatch(each -> isWithin(each, levels - 1));
            case STRUCT_VALUE ->
                    levels > 0
                            && value.getStructValue().getFieldsMap().values().stream()
                                    .allMatch(each -> isWithin(each, levels - 1));
            case NULL_VALUE, NUMBER_VALUE, STRING_VALUE, BOOL_VALUE, KIND_NOT_SET -> true;
        };
    }

    /// The value of a JSON text that was stored.
    static Value value(String json) {
        try {
            var value = Value.newBuilder();
            JsonFormat.parser().merge(json, value);
            return value.build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored example is not JSON", e);
        }
    }
}
