package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadInput.hasNoSuchPage;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import build.buf.validate.ValidateProto;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.ApiServices;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What is bad in the same way wherever it stands, for every method there is and will be: names
/// without the form of one, pages that are none, filters that cannot be understood.
final class BadReferences {
    /// None is the name of anything, and some begin like one.
    private static final List<String> NO_NAMES =
            List.of("first", OWN + "/", "/" + OWN, OWN + "\u0000", OWN + "/campaigns/../secrets");

    /// Handlers that check requests themselves say of any name that it has not the form of one.
    private static final Set<MethodDescriptor<?, ?>> CHECKED_BY_HANDLER =
            Set.of(
                    TriggerServiceGrpc.getTriggerCampaignMethod(),
                    AudienceServiceGrpc.getImportAudienceMembersMethod(),
                    MessageServiceGrpc.getRecordReceiptsMethod(),
                    ProfileServiceGrpc.getImportProfilesMethod());

    private BadReferences() {}

    static void add(List<BadInput> cases) {
        ApiServices.methods().forEach(method -> names(cases, method));
        ApiServices.methods()
                .filter(BadReferences::asksForNothingButItsWorkspace)
                .forEach(method -> pages(cases, method));
    }

    private static void names(List<BadInput> cases, MethodDescriptor<?, ?> method) {
        Message prototype = ApiServices.prototype(method);
        references(prototype.getDescriptorForType())
                .findFirst()
                .ifPresent(field -> {
                    for (int i = 0; i < NO_NAMES.size(); i++) {
                        violates(
                                cases,
                                "name " + i + ": " + method.getBareMethodName(),
                                Role.OWNER,
                                method,
                                prototype.newBuilderForType().setField(field, NO_NAMES.get(i)),
                                field.getName() + " " + reason(method, NO_NAMES.get(i)));
                    }
                });
    }

    private static String reason(MethodDescriptor<?, ?> method, String name) {
        boolean isNul = name.contains("\u0000");
        return isNul && !CHECKED_BY_HANDLER.contains(method) ? "CHARACTER_NOT_ALLOWED" : "SYNTAX";
    }

    private static void pages(List<BadInput> cases, MethodDescriptor<?, ?> method) {
        Descriptor request = ApiServices.prototype(method).getDescriptorForType();
        String name = ": " + method.getBareMethodName();
        hasNoSuchPage(
                cases,
                "page: made-up token" + name,
                Role.OWNER,
                method,
                listing(method, "page_token", "Zm9vCmJhcgpiYXo"));
        violates(
                cases,
                "page: endless token" + name,
                Role.OWNER,
                method,
                listing(method, "page_token", "x".repeat(2_049)),
                "page_token");
        violates(
                cases,
                "page: of a negative size" + name,
                Role.OWNER,
                method,
                listing(method, "page_size", Integer.MIN_VALUE),
                "page_size OUT_OF_RANGE");
        if (request.findFieldByName("filter") != null) {
            filters(cases, method);
        }
    }

    private static void filters(List<BadInput> cases, MethodDescriptor<?, ?> method) {
        for (String filter : List.of("color = \"red\"", "create_time >= yesterday", "AND", "\"")) {
            cases.add(
                    badInput(
                            "filter " + filter + ": " + method.getBareMethodName(),
                            Role.OWNER,
                            method,
                            listing(method, "filter", filter),
                            Code.INVALID_ARGUMENT,
                            ErrorReason.ERROR_REASON_FILTER_INVALID,
                            "filter"));
        }
        violates(
                cases,
                "filter: endless: " + method.getBareMethodName(),
                Role.OWNER,
                method,
                listing(method, "filter", "x".repeat(2_049)),
                "filter");
    }

    private static Message.Builder listing(
            MethodDescriptor<?, ?> method, String field, Object value) {
        Message.Builder request = ApiServices.prototype(method).newBuilderForType();
        Descriptor type = request.getDescriptorForType();
        FieldDescriptor parent = type.findFieldByName("parent");
        if (parent != null) {
            request.setField(parent, OWN);
        }
        return request.setField(type.findFieldByName(field), value);
    }

    private static boolean asksForNothingButItsWorkspace(MethodDescriptor<?, ?> method) {
        Descriptor request = ApiServices.prototype(method).getDescriptorForType();
        return request.findFieldByName("page_token") != null
                && required(request).allMatch(BadReferences::isWorkspace);
    }

    private static boolean isWorkspace(FieldDescriptor field) {
        String form = field.getOptions().getExtension(ValidateProto.field).getString().getPattern();
        return Pattern.compile(form).matcher(OWN).matches();
    }

    private static Stream<FieldDescriptor> required(Descriptor type) {
        return type.getFields().stream()
                .filter(field ->
                        field.getOptions()
                                .getExtension(FieldBehaviorProto.fieldBehavior)
                                .contains(FieldBehavior.REQUIRED));
    }

    private static Stream<FieldDescriptor> references(Descriptor type) {
        return required(type)
                .filter(field -> field.getOptions().hasExtension(ResourceProto.resourceReference));
    }
}
