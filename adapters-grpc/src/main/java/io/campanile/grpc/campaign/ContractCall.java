package io.campanile.grpc.campaign;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;

import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.ContractField;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileLookup;

import java.util.List;

/// A call that a campaign takes, with the examples of its contract filled in.
///
/// @param method of the trigger service
record ContractCall(String method, Struct request) {
    private static final String ADDRESS = "jane@example.com";
    private static final String KEY = "4711";

    /// A trigger of the campaign's audience where it names one, and else of a recipient.
    static ContractCall of(
            Campaign campaign, CampaignDefinition definition, List<ContractField> fields) {
        boolean toAudience =
                campaign.header().category() == Category.MARKETING
                        && !definition.audience().isEmpty();
        Struct.Builder request =
                Struct.newBuilder()
                        .putFields("campaign", Values.of(campaign.name().toString()))
                        .putFields("request_id", Values.of("try-1"));
        if (toAudience) {
            return new ContractCall(
                    "TriggerAudience", request.putAllFields(shared(fields).getFieldsMap()).build());
        }
        Struct recipient = recipient(definition, ContractTree.of(needed(fields)).example());
        return new ContractCall(
                "TriggerCampaign",
                request.putFields("recipients", Values.of(List.of(Values.of(recipient)))).build());
    }

    /// What all recipients may have in common: nothing of their profiles, and nothing sensitive.
    private static Struct shared(List<ContractField> fields) {
        return ContractTree.of(
                        fields.stream()
                                .filter(field -> !field.isOfProfile() && !field.sensitive())
                                .toList())
                .example();
    }

    /// All fields of the context, and those of the profile that the call has to bring: any other
    /// would hide what is known of the person, or be of another type than the workspace wants.
    private static List<ContractField> needed(List<ContractField> fields) {
        return fields.stream().filter(field -> !field.isOfProfile() || field.required()).toList();
    }

    private static Struct recipient(CampaignDefinition definition, Struct data) {
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
        return recipient.putAllFields(data.getFieldsMap()).build();
    }

    private static Struct identity(String namespace, boolean byEmail) {
        return Struct.newBuilder()
                .putFields("namespace", Values.of(namespace))
                .putFields("value", Values.of(byEmail ? ADDRESS : KEY))
                .build();
    }

    /// For a shell, with `./campanile`.
    String campanileCommand() {
        return "./campanile call %s '%s'".formatted(method, quoted());
    }

    /// For a shell, with `grpcurl`.
    String grpcurlCommand() {
        return "grpcurl -plaintext -H \"authorization: Bearer $CAMPANILE_API_KEY\" -d '%s' localhost:9090 campanile.v1.TriggerService/%s"
                .formatted(quoted(), method);
    }

    /// Within single quotes of a shell.
    private String quoted() {
        return ContractProtos.json(request).replace("'", "'\\''");
    }
}
