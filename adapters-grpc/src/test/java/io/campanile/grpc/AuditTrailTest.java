package io.campanile.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;

import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.Role;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.profile.Identity;
import io.campanile.grpc.testing.ApiServices;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.RawCalls;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whatever changes something says so in the audit trail, or says why not in [AuditedCall]; and
/// what is only asked with `validate_only` changes nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTrailTest {
    private static final Pattern NAME = Pattern.compile("\\$[A-Za-z]+(\\.[a-z_]+)?");

    /// What no call does, and what this world has no use case for: `ChangeCampaignStateTest`,
    /// `TriggerAudienceTest` and `BroadcastsContract` look at those.
    private static final Set<AuditAction> ELSEWHERE =
            Set.of(
                    AuditAction.CAMPAIGN_STARTED,
                    AuditAction.CAMPAIGN_COMPLETED,
                    AuditAction.CAMPAIGN_PURGED,
                    AuditAction.EXECUTION_STARTED,
                    AuditAction.EXECUTION_HALTED,
                    AuditAction.EXECUTION_FAILED);

    private final GrpcWorld world = new GrpcWorld();

    /// What `$…` stands for.
    private final Map<String, String> names = new HashMap<>();

    @BeforeAll
    void storeABroadcast() {
        var readers = new AudienceId(UUID.randomUUID());
        world.fakes.store.addAudience(readers, List.of(List.of(new Identity("crmId", "p0"))));
        var execution = world.stored(trigger -> trigger.to(readers, ""));
        names.put("$broadcast", "workspaces/default/executions/" + execution.id());
    }

    @AfterAll
    void stop() {
        world.close();
    }

    static List<AuditedCall> calls() {
        return AuditedCall.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void tellsWhatWasDoneToWhat(AuditedCall call) throws Exception {
        int before = world.fakes.audit.all().size();
        askOnly(call);
        assertThat(world.fakes.audit.all()).as("asked only").hasSize(before);

        keepNames(call.key(), answer(call));

        var lines = world.fakes.audit.all().stream().skip(before).toList();
        assertThat(lines)
                .extracting(entry -> entry.action() + " " + entry.resource())
                .containsExactlyInAnyOrderElementsOf(
                        call.lines().stream().map(this::filled).toList());
        assertThat(lines)
                .allMatch(entry -> entry.actor().toString().startsWith("workspaces/default/apiK"));
    }

    @Test
    void knowsACallForEachAction() {
        assertThat(Arrays.asList(AuditAction.values()))
                .allMatch(action ->
                        ELSEWHERE.contains(action)
                                != AuditedCall.all().stream()
                                        .flatMap(call -> call.lines().stream())
                                        .anyMatch(line -> line.startsWith(action + " ")));
    }

    @Test
    void knowsALineOrNoneForEachMethodThatChangesSomething() {
        assertThat(calls())
                .extracting(AuditedCall::method)
                .containsAll(
                        ValidateOnlyTest.mutations()
                                .filter(method ->
                                        method != TriggerServiceGrpc.getTriggerAudienceMethod())
                                .map(MethodDescriptor::getBareMethodName)
                                .toList());
    }

    /// Twice, where it can be asked: what an answer changed, the next one or the call would show.
    private void askOnly(AuditedCall call) throws Exception {
        MethodDescriptor<?, ?> method = method(call);
        Message.Builder request = request(call, method);
        FieldDescriptor only = request.getDescriptorForType().findFieldByName("validate_only");
        if (only != null) {
            request.setField(only, true);
            var _ = raw(method, request);
            var _ = raw(method, request);
        }
    }

    private Message answer(AuditedCall call) throws Exception {
        MethodDescriptor<?, ?> method = method(call);
        return parsed(method, raw(method, request(call, method)));
    }

    private static MethodDescriptor<?, ?> method(AuditedCall call) {
        return ApiServices.methods()
                .filter(each -> call.method().equals(each.getBareMethodName()))
                .findFirst()
                .orElseThrow();
    }

    private Message.Builder request(AuditedCall call, MethodDescriptor<?, ?> method)
            throws TextFormat.ParseException {
        Message.Builder request = ApiServices.prototype(method).newBuilderForType();
        TextFormat.merge(filled(call.request()), request);
        return request;
    }

    private byte[] raw(MethodDescriptor<?, ?> method, Message.Builder request) throws Exception {
        return RawCalls.call(
                world.channel,
                method.getFullMethodName(),
                request.build().toByteArray(),
                GrpcWorld.as(Role.OWNER));
    }

    private static Message parsed(MethodDescriptor<?, ?> method, byte[] answer)
            throws InvalidProtocolBufferException {
        if (method.getResponseMarshaller() instanceof PrototypeMarshaller<?> marshaller
                && marshaller.getMessagePrototype() instanceof Message prototype) {
            return prototype.getParserForType().parseFrom(answer);
        }
        throw new IllegalArgumentException(method.getFullMethodName());
    }

    /// Keeps each text of an answer as `$key.field`, and the name of each resource in it as well.
    private void keepNames(String key, Message answer) {
        answer.getAllFields()
                .forEach((field, value) -> {
                    String place = "$" + key + "." + field.getName();
                    if (value instanceof String text) {
                        names.put(place, text);
                    } else if (value instanceof Message resource) {
                        FieldDescriptor name =
                                resource.getDescriptorForType().findFieldByName("name");
                        if (name != null && name.getJavaType() == JavaType.STRING) {
                            names.put(place, String.valueOf(resource.getField(name)));
                        }
                    }
                });
    }

    private String filled(String text) {
        return NAME.matcher(text.replace("~", "workspaces/default"))
                .replaceAll(found -> Matcher.quoteReplacement(named(found.group())));
    }

    private String named(String key) {
        String name = names.get(key);
        if (name == null) {
            throw new AssertionError("no answer had " + key);
        }
        return name;
    }
}
