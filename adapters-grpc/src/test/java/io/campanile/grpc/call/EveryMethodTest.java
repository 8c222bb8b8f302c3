package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;

import io.campanile.application.access.Authenticate;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.testing.ApiServices;
import io.campanile.testkit.access.InMemoryApiKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.time.Patience;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What is true of every method there is and will be. Behind the gate stand handlers that only tell
/// that they were reached, so that whatever is refused here is refused before anything is looked
/// up.
class EveryMethodTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Code REACHED = Code.DATA_LOSS;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /// They name no resource, and look at the key's own workspace.
    private static final Set<String> NAMELESS =
            Set.of(
                    AccessServiceGrpc.getCreateWorkspaceMethod().getFullMethodName(),
                    AccessServiceGrpc.getListWorkspacesMethod().getFullMethodName());

    /// The gate leaves their requests to the handler; `TriggerStreamTest`,
    /// `TriggerGrpcServiceTest`, `AudienceGrpcServiceTest`, `ProfileImportTest` and
    /// `RecordReceiptsTest` say what that answers.
    private static final Set<String> CHECKED_BY_HANDLER =
            Set.of(
                    TriggerServiceGrpc.getTriggerCampaignMethod().getFullMethodName(),
                    TriggerServiceGrpc.getStreamTriggersMethod().getFullMethodName(),
                    AudienceServiceGrpc.getImportAudienceMembersMethod().getFullMethodName(),
                    MessageServiceGrpc.getRecordReceiptsMethod().getFullMethodName(),
                    ProfileServiceGrpc.getImportProfilesMethod().getFullMethodName());

    private static final InMemoryApiKeys KEYS = new InMemoryApiKeys();
    private static final String NAME = UUID.randomUUID().toString();

    /// Started once: making it compiles the rules of all protos.
    private static final Server SERVER = server();

    private static final ManagedChannel CHANNEL =
            InProcessChannelBuilder.forName(NAME).directExecutor().build();

    static Stream<MethodDescriptor<?, ?>> methods() {
        return ApiServices.methods();
    }

    static Stream<MethodDescriptor<?, ?>> namingMethods() {
        return methods()
                .filter(method -> !NAMELESS.contains(method.getFullMethodName()))
                .filter(method -> !CHECKED_BY_HANDLER.contains(method.getFullMethodName()));
    }

    private static Server server() {
        var check = new KeyCheck(new Authenticate(KEYS, new InMemoryChangeSignal(), clock()));
        var gate = new Gate(check, new RequestSyntax(requestTypes()), new Drain());
        var builder = InProcessServerBuilder.forName(NAME).directExecutor();
        ApiServices.all().forEach(service -> builder.addService(gate.guard(telling(service))));
        return builder.build();
    }

    @BeforeAll
    static void start() throws IOException {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        CHANNEL.shutdownNow();
        SERVER.shutdownNow();
    }

    @Test
    void hasARuleForEachMethodAndNoOther() {
        assertThat(new MethodRules().all())
                .extracting(rule -> rule.method().getFullMethodName())
                .containsExactlyInAnyOrderElementsOf(
                        methods().map(MethodDescriptor::getFullMethodName).toList());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void asksForARole(MethodDescriptor<?, ?> method) {
        assertThat(new MethodRules().of(method).anyOf()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void refusesCallersWithoutAKey(MethodDescriptor<?, ?> method) {
        assertThat(answer(method, "default", "none").getCode()).isEqualTo(Code.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void refusesKeysWithoutTheRole(Role role) {
        String key = key("default", role);

        assertThat(methods())
                .allSatisfy(method -> {
                    boolean permitted =
                            new MethodRules().of(method).anyOf().stream().anyMatch(role::permits);
                    assertThat(answer(method, "default", key).getCode())
                            .isEqualTo(permitted ? REACHED : Code.PERMISSION_DENIED);
                });
    }

    @Test
    void letsWhoeverAddsMembersLookAtThem() {
        String key = key("default", Role.TRIGGER);

        assertThat(
                        Stream.<MethodDescriptor<?, ?>>of(
                                AudienceServiceGrpc.getGetAudienceMethod(),
                                AudienceServiceGrpc.getListAudienceMembersMethod()))
                .allSatisfy(method ->
                        assertThat(answer(method, "default", key).getCode()).isEqualTo(REACHED));
    }

    @ParameterizedTest
    @MethodSource("namingMethods")
    void knowsNothingOfOtherWorkspaces(MethodDescriptor<?, ?> method) {
        Status answer = answer(method, "default", key("other", Role.OWNER));

        assertThat(answer.getCode()).isEqualTo(Code.NOT_FOUND);
        assertThat(answer.getDescription()).startsWith("workspaces/default");
    }

    @ParameterizedTest
    @MethodSource("namingMethods")
    void takesNoWorkspaceForAnotherThatBeginsAlike(MethodDescriptor<?, ?> method) {
        assertThat(answer(method, "default-2", key("default", Role.OWNER)).getCode())
                .isEqualTo(Code.NOT_FOUND);
    }

    private static SettableTime clock() {
        return new SettableTime(NOON);
    }

    private static List<Descriptor> requestTypes() {
        return methods()
                .map(method -> ApiServices.prototype(method).getDescriptorForType())
                .toList();
    }

    private static BindableService telling(ServiceDescriptor service) {
        var builder = ServerServiceDefinition.builder(service);
        service.getMethods().forEach(method -> builder.addMethod(method, teller()));
        return builder::build;
    }

    private static <Q, A> ServerCallHandler<Q, A> teller() {
        return (call, _) -> {
            call.request(2);
            return new ServerCall.Listener<>() {
                @Override
                public void onHalfClose() {
                    StatusRuntimeException told =
                            GrpcErrors.error(
                                    REACHED,
                                    ErrorReason.ERROR_REASON_INTERNAL,
                                    "reached",
                                    Map.of());
                    Refusals.close(call, told);
                }
            };
        };
    }

    private String key(String workspace, Role role) {
        String secret = "cmp_every-method-" + UUID.randomUUID();
        KEYS.insert(
                new ApiKey(
                        new ApiKeyId(UUID.randomUUID()),
                        new WorkspaceId(workspace),
                        "test",
                        Set.of(role),
                        "cmp_",
                        KeyHash.of(secret),
                        NOON,
                        null,
                        null));
        return secret;
    }

    @SuppressWarnings("unchecked") // A request made from the method's own prototype.
    private <Q, A> Status answer(MethodDescriptor<Q, A> method, String workspace, String key) {
        Q request =
                (Q) new Requests(workspace).fill(ApiServices.prototype(method).newBuilderForType());
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + key);
        var call =
                ClientInterceptors.intercept(
                                CHANNEL, MetadataUtils.newAttachHeadersInterceptor(headers))
                        .newCall(method, CallOptions.DEFAULT);
        var status = new CompletableFuture<Status>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status closed, Metadata trailers) {
                        status.complete(closed);
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(request);
        call.halfClose();
        return status.orTimeout(Patience.TIME.toSeconds(), TimeUnit.SECONDS).join();
    }
}
