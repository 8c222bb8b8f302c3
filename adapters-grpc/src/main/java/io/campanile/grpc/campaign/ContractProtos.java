package io.campanile.grpc.campaign;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Values;

import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.ContractField;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.CampaignContract;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Contracts as protobuf, with a ready-made call.
final class ContractProtos {
    private static final String ADDRESS = "jane@example.com";
    private static final String KEY = "4711";
    private static final JsonFormat.Printer ONE_LINE =
            JsonFormat.printer().omittingInsignificantWhitespace();

    private ContractProtos() {}

    static CampaignContract contract(Campaign campaign, Contract contract) {
        CampaignName name = campaign.name();
        CampaignDefinition definition = campaign.inForce();
        List<ContractField> fields = contract.fieldsOfCalls(definition.profileLookup());
        var proto =
                CampaignContract.newBuilder()
                        .setCampaign(name.toString())
                        .setJsonSchema(json(ContractTree.of(fields).schema()));
        if (campaign instanceof Campaign.Activated activated) {
            proto.setRevision(Names.revision(name, activated.live().number()));
        }
        Set<String> declared =
                definition.fields().stream().map(DeclaredField::path).collect(Collectors.toSet());
        fields.forEach(field -> proto.addFields(field(field, declared.contains(field.path()))));
        String call = json(call(name, definition, ContractTree.of(fields).example()));
        return proto.setCampanileCommand(
                        "./campanile call TriggerCampaign '%s'".formatted(quoted(call)))
                .setGrpcurlCommand(
                        "grpcurl -plaintext -H \"authorization: Bearer $CAMPANILE_API_KEY\" -d '%s' localhost:9090 campanile.v1.TriggerService/TriggerCampaign"
                                .formatted(quoted(call)))
                .build();
    }

    private static io.campanile.v1.ContractField field(ContractField field, boolean declared) {
        var proto =
                io.campanile.v1.ContractField.newBuilder()
                        .setPath(field.path())
                        .setType(DefinitionProtos.type(field.type()))
                        .setRequired(field.required())
                        .setSensitive(field.sensitive())
                        .setDeclared(declared);
        if (!field.example().isEmpty()) {
            proto.setExample(DefinitionProtos.value(field.example()));
        }
        if (!field.defaultValue().isEmpty()) {
            proto.setDefaultValue(DefinitionProtos.value(field.defaultValue()));
        }
        return proto.build();
    }

    private static Struct call(CampaignName name, CampaignDefinition definition, Struct data) {
        String namespace =
                definition.identityNamespace().isEmpty()
                        ? Identity.EMAIL
                        : definition.identityNamespace();
        boolean byEmail = namespace.equals(Identity.EMAIL);
        Struct.Builder recipient =
                Struct.newBuilder().putFields("identity", Values.of(identity(namespace, byEmail)));
        if (!byEmail && definition.profileLookup() == ProfileLookup.NONE) {
            // Nothing else says where the message goes.
            recipient.putFields(
                    "address",
                    Values.of(Struct.newBuilder().putFields("email", Values.of(ADDRESS)).build()));
        }
        recipient.putAllFields(data.getFieldsMap());
        return Struct.newBuilder()
                .putFields("campaign", Values.of(name.toString()))
                .putFields("request_id", Values.of("try-1"))
                .putFields("recipients", Values.of(List.of(Values.of(recipient.build()))))
                .build();
    }

    private static Struct identity(String namespace, boolean byEmail) {
        return Struct.newBuilder()
                .putFields("namespace", Values.of(namespace))
                .putFields("value", Values.of(byEmail ? ADDRESS : KEY))
                .build();
    }

    private static String json(Struct struct) {
        try {
            return ONE_LINE.print(Value.newBuilder().setStructValue(struct));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a structure is JSON", e);
        }
    }

    /// For single quotes of a shell.
    private static String quoted(String text) {
        return text.replace("'", "'\\''");
    }
}
