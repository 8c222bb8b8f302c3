package io.campanile.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;

import io.campanile.grpc.testing.ApiServices;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.SuppressionServiceGrpc;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.MethodDescriptor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Whatever changes something can be tried first.
class ValidateOnlyTest {
    /// What only reads is called so.
    private static final List<String> READING =
            List.of("Get", "List", "LookUp", "Watch", "Export", "Explain", "Estimate", "Review");

    /// Methods that change something and cannot be tried, with the reason.
    private static final Map<MethodDescriptor<?, ?>, String> EXCEPTIONS =
            Map.of(
                    TriggerServiceGrpc.getStreamTriggersMethod(),
                    "each item is a TriggerCampaignRequest, which has it",
                    ProfileServiceGrpc.getImportProfilesMethod(),
                    "its rows are told apart one by one; BatchUpsertProfiles can be tried",
                    AudienceServiceGrpc.getImportAudienceMembersMethod(),
                    "its rows are told apart one by one; AddAudienceMembers can be tried",
                    SuppressionServiceGrpc.getImportSuppressionsMethod(),
                    "its rows are told apart one by one; CreateSuppression can be tried",
                    SuppressionServiceGrpc.getImportAllowedEntriesMethod(),
                    "its rows are told apart one by one; CreateAllowedEntry can be tried");

    static Stream<MethodDescriptor<?, ?>> mutations() {
        return ApiServices.methods()
                .filter(method -> READING.stream().noneMatch(name(method)::startsWith));
    }

    static Stream<MethodDescriptor<?, ?>> triable() {
        return mutations().filter(method -> !EXCEPTIONS.containsKey(method));
    }

    @ParameterizedTest
    @MethodSource("triable")
    void isOfferedByWhatChangesSomething(MethodDescriptor<?, ?> method) {
        FieldDescriptor field = field(method);

        assertThat(field).as("validate_only of " + method.getFullMethodName()).isNotNull();
        assertThat(field.getType()).isEqualTo(FieldDescriptor.Type.BOOL);
    }

    @Test
    void isMissingOnlyWhereTheReasonIsGiven() {
        assertThat(mutations().filter(method -> field(method) == null))
                .containsExactlyInAnyOrderElementsOf(EXCEPTIONS.keySet());
    }

    private static String name(MethodDescriptor<?, ?> method) {
        return String.valueOf(method.getBareMethodName());
    }

    private static FieldDescriptor field(MethodDescriptor<?, ?> method) {
        return ApiServices.prototype(method)
                .getDescriptorForType()
                .findFieldByName("validate_only");
    }
}
