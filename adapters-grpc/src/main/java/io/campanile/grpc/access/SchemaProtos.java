package io.campanile.grpc.access;

import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.ViolationReason;

import java.util.List;

/// Schemas of attributes between protobuf and the domain.
final class SchemaProtos {
    private SchemaProtos() {}

    static io.campanile.v1.AttributeSchema proto(AttributeSchema schema) {
        var proto =
                io.campanile.v1.AttributeSchema.newBuilder()
                        .setUnknownRefused(schema.unknownRefused());
        for (AttributeDefinition definition : schema.definitions()) {
            proto.addAttributesBuilder()
                    .setPath(definition.path())
                    .setType(
                            Enums.proto(
                                    io.campanile.v1.AttributeDefinition.Type.class,
                                    "TYPE_",
                                    definition.type()));
        }
        return proto.build();
    }

    static AttributeSchema schema(io.campanile.v1.AttributeSchema proto) {
        List<AttributeDefinition> definitions =
                proto.getAttributesList().stream().map(SchemaProtos::definition).toList();
        AttributeSchema.contradiction(definitions)
                .ifPresent(place -> {
                    throw GrpcErrors.fieldViolation(
                            "workspace.attribute_schema.attributes[" + place + "].path",
                            ViolationReason.VIOLATION_REASON_SYNTAX,
                            "is there twice, or lies below an attribute that is no map");
                });
        return new AttributeSchema(definitions, proto.getUnknownRefused());
    }

    private static AttributeDefinition definition(io.campanile.v1.AttributeDefinition proto) {
        return new AttributeDefinition(proto.getPath(), type(proto.getType()));
    }

    private static AttributeType type(io.campanile.v1.AttributeDefinition.Type type) {
        return switch (type) {
            case TYPE_STRING -> AttributeType.STRING;
            case TYPE_NUMBER -> AttributeType.NUMBER;
            case TYPE_BOOLEAN -> AttributeType.BOOLEAN;
            case TYPE_TIMESTAMP -> AttributeType.TIMESTAMP;
            case TYPE_LIST -> AttributeType.LIST;
            case TYPE_MAP -> AttributeType.MAP;
            case TYPE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked type");
        };
    }
}
