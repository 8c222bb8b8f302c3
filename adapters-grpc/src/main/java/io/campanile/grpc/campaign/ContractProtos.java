package io.campanile.grpc.campaign;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;

import io.campanile.application.campaign.ReviewCampaign.ContractResult.Found;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.ContractField;
import io.campanile.domain.content.DeclaredField;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.CampaignContract;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Contracts as protobuf, with a ready-made call.
final class ContractProtos {
    private static final JsonFormat.Printer ONE_LINE =
            JsonFormat.printer().omittingInsignificantWhitespace();

    private ContractProtos() {}

    static CampaignContract contract(Found found) {
        Campaign campaign = found.campaign();
        CampaignName name = campaign.name();
        CampaignDefinition definition = found.definition();
        Contract contract = found.contract();
        List<ContractField> fields = contract.fieldsOfCalls(definition.profileLookup());
        var proto =
                CampaignContract.newBuilder()
                        .setCampaign(name.toString())
                        .setJsonSchema(
                                json(
                                        ContractSchema.of(
                                                contract.fields(),
                                                definition.fields(),
                                                definition.profileLookup())));
        found.revision().ifPresent(number -> proto.setRevision(Names.revision(name, number)));
        Set<String> declared =
                definition.fields().stream().map(DeclaredField::path).collect(Collectors.toSet());
        fields.forEach(field -> proto.addFields(field(field, declared.contains(field.path()))));
        ContractCall call = ContractCall.of(campaign, definition, fields);
        return proto.setCampanileCommand(call.campanileCommand())
                .setGrpcurlCommand(call.grpcurlCommand())
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

    static String json(Struct struct) {
        try {
            return ONE_LINE.print(Value.newBuilder().setStructValue(struct));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a structure is JSON", e);
        }
    }
}
