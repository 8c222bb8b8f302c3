package io.campanile.grpc.call;

import build.buf.validate.ValidateProto;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;

import java.util.UUID;

/// Makes a request for any method, from what the protos say of its fields: what is required is
/// there, and every name lies in the given workspace.
final class Requests {
    private static final String ID = new UUID(0x0190_0000_0000_7000L, 1L << 63).toString();

    private final String workspace;

    Requests(String workspace) {
        this.workspace = "workspaces/" + workspace;
    }

    Message fill(Message.Builder request) {
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            var behavior = field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
            if (behavior.contains(FieldBehavior.REQUIRED)
                    || behavior.contains(FieldBehavior.IDENTIFIER)) {
                if (field.isRepeated()) {
                    request.addRepeatedField(field, value(request, field));
                } else {
                    request.setField(field, value(request, field));
                }
            }
        }
        for (OneofDescriptor oneof : request.getDescriptorForType().getRealOneofs()) {
            if (oneof.getOptions().getExtension(ValidateProto.oneof).getRequired()) {
                FieldDescriptor first = oneof.getField(0);
                request.setField(first, value(request, first));
            }
        }
        return request.build();
    }

    private Object value(Message.Builder request, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> fill(request.newBuilderForField(field));
            case ENUM -> field.getEnumType().findValueByNumber(1);
            case STRING -> text(request.getDescriptorForType(), field);
            case INT -> 1;
            case LONG -> 1L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case BOOLEAN -> true;
            case BYTE_STRING -> throw new IllegalArgumentException(field.getFullName());
        };
    }

    private String text(Descriptor message, FieldDescriptor field) {
        var reference = field.getOptions().getExtension(ResourceProto.resourceReference);
        if (!reference.getChildType().isEmpty()) {
            return parent(reference.getChildType());
        }
        if (!reference.getType().isEmpty()) {
            return name(reference.getType());
        }
        String own = message.getOptions().getExtension(ResourceProto.resource).getType();
        if (field.getName().equals("name") && !own.isEmpty()) {
            return name(own);
        }
        return field.getName().endsWith("address") ? "ada@example.com" : "first";
    }

    private String parent(String childType) {
        String name = name(childType);
        int collection = name.lastIndexOf('/', name.lastIndexOf('/') - 1);
        return name.substring(0, collection);
    }

    private String name(String type) {
        return switch (type) {
            case "campanile.io/Workspace" -> workspace;
            case "campanile.io/WorkspaceStatus" -> workspace + "/status";
            case "campanile.io/Campaign" -> workspace + "/campaigns/first";
            case "campanile.io/CampaignRevision" -> workspace + "/campaigns/first/revisions/1";
            case "campanile.io/ChannelConfiguration" -> workspace + "/channelConfigurations/first";
            case "campanile.io/Execution" -> workspace + "/executions/" + ID;
            case "campanile.io/Message" -> workspace + "/messages/" + ID;
            case "campanile.io/MessageEvent" -> workspace + "/messages/" + ID + "/events/1";
            case "campanile.io/Audience" -> workspace + "/audiences/first";
            case "campanile.io/Profile" -> workspace + "/profiles/" + ID;
            case "campanile.io/ConsentRecord" -> workspace + "/consentRecords/" + ID;
            case "campanile.io/AllowedEntry" -> workspace + "/allowedEntries/" + ID;
            case "campanile.io/Suppression" -> workspace + "/suppressions/" + ID;
            case "campanile.io/RuleSet" -> workspace + "/ruleSets/first";
            case "campanile.io/ApiKey" -> workspace + "/apiKeys/" + ID;
            case "campanile.io/AuditEntry" -> workspace + "/auditEntries/" + ID;
            default -> throw new IllegalArgumentException("a resource nobody taught: " + type);
        };
    }
}
