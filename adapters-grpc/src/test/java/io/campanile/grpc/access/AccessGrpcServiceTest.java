package io.campanile.grpc.access;

import static io.campanile.grpc.call.ErrorDetails.fields;
import static io.campanile.grpc.call.ErrorDetails.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;

import io.campanile.application.access.AccessResult;
import io.campanile.application.access.Authenticate;
import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.KeySecret;
import io.campanile.application.access.ManageAccess;
import io.campanile.domain.access.Actor;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.Gate;
import io.campanile.grpc.call.KeyCheck;
import io.campanile.grpc.call.Refused;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.testkit.access.InMemoryApiKeys;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.SettableTime;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import io.campanile.v1.ApiKey;
import io.campanile.v1.AttributeDefinition;
import io.campanile.v1.AttributeSchema;
import io.campanile.v1.AuditEntry;
import io.campanile.v1.CreateApiKeyRequest;
import io.campanile.v1.CreateWorkspaceRequest;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.GetWorkspaceRequest;
import io.campanile.v1.ListAuditEntriesRequest;
import io.campanile.v1.ListWorkspacesRequest;
import io.campanile.v1.RevokeApiKeyRequest;
import io.campanile.v1.Role;
import io.campanile.v1.UpdateWorkspaceRequest;
import io.campanile.v1.Workspace;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.UnaryOperator;

class AccessGrpcServiceTest {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final RequestSyntax SYNTAX =
            new RequestSyntax(
                    CreateWorkspaceRequest.getDescriptor()
                            .getFile()
                            .getServices()
                            .getFirst()
                            .getMethods()
                            .stream()
                            .map(method -> method.getInputType())
                            .toList());

    private final SettableTime clock = new SettableTime(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final InMemoryAuditEntries audit = new InMemoryAuditEntries();
    private final InMemoryChangeSignal signal = new InMemoryChangeSignal();
    private final ManageAccess access =
            new ManageAccess(
                    new InMemoryWorkspaces(),
                    keys,
                    audit,
                    InMemoryChanges.of(audit, signal, clock),
                    new SplittableRandom(1));
    private final String name = UUID.randomUUID().toString();
    private final Server server =
            InProcessServerBuilder.forName(name)
                    .directExecutor()
                    .addService(
                            new Gate(
                                            new KeyCheck(new Authenticate(keys, signal, clock)),
                                            SYNTAX,
                                            new Drain())
                                    .guard(new AccessGrpcService(access, clock)))
                    .build();
    private final ManagedChannel channel =
            InProcessChannelBuilder.forName(name).directExecutor().build();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    /// The store keeps no more.
    @Test
    void answersTimesToTheMicrosecond() {
        var key =
                ApiKey.newBuilder()
                        .setDisplayName("a")
                        .addRoles(Role.ROLE_VIEWER)
                        .setExpireTime(Timestamps.fromNanos(2_000_000_000_123_456_789L));

        ApiKey created =
                as(owner())
                        .createApiKey(
                                CreateApiKeyRequest.newBuilder()
                                        .setParent("workspaces/default")
                                        .setApiKey(key)
                                        .build())
                        .getApiKey();

        assertThat(created.getExpireTime())
                .isEqualTo(key.getExpireTime().toBuilder().setNanos(123_456_000).build());
    }

    @Test
    void letsOnlyTheDefaultWorkspaceMakeOthers() {
        CreateWorkspaceRequest another =
                CreateWorkspaceRequest.newBuilder().setWorkspaceId("another").build();

        StatusRuntimeException refused = refusal(() -> as(acme()).createWorkspace(another));
        var created = as(owner()).createWorkspace(another);

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(refused).hasMessageContaining("only an owner key of workspaces/default may");
        assertThat(created.getWorkspace().getName()).isEqualTo("workspaces/another");
        assertThat(created.getSecret()).startsWith("cmp_");
    }

    @Test
    void createsAWorkspaceWithEverythingThatCanBeSaidOfIt() {
        Workspace wanted =
                Workspace.newBuilder()
                        .setDisplayName("Another")
                        .setEmailsWhenUnset(true)
                        .setAllowedListOn(true)
                        .setTimeZone("Europe/Vienna")
                        .setAddressField("work.email")
                        .setAttributeSchema(
                                AttributeSchema.newBuilder()
                                        .addAttributes(
                                                AttributeDefinition.newBuilder()
                                                        .setPath("age")
                                                        .setType(
                                                                AttributeDefinition.Type
                                                                        .TYPE_NUMBER)))
                        .build();

        var created =
                as(owner())
                        .createWorkspace(
                                CreateWorkspaceRequest.newBuilder()
                                        .setWorkspaceId("another")
                                        .setWorkspace(wanted)
                                        .build());

        Workspace known =
                as(new KeySecret(created.getSecret()))
                        .getWorkspace(
                                GetWorkspaceRequest.newBuilder()
                                        .setName("workspaces/another")
                                        .build());
        assertThat(known).isEqualTo(created.getWorkspace());
        assertThat(known.toBuilder().clearName().clearCreateTime().clearEtag().build())
                .isEqualTo(wanted);
    }

    @Test
    void createsNoWorkspaceWithoutATimeZoneThatExists() {
        KeySecret owner = owner();
        CreateWorkspaceRequest nowhere =
                named("another").toBuilder()
                        .setWorkspace(Workspace.newBuilder().setTimeZone("Moon/Tranquility"))
                        .build();

        StatusRuntimeException refused = refusal(() -> as(owner).createWorkspace(nowhere));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(refused).hasMessageContaining("workspace.time_zone");
        assertThat(as(owner).createWorkspace(named("another")).getWorkspace().getTimeZone())
                .isEqualTo("UTC");
    }

    @Test
    void createsNoWorkspaceWhoseAddressesAreInAnAttributeAsContentNamesIt() {
        CreateWorkspaceRequest asInContent =
                named("another").toBuilder()
                        .setWorkspace(Workspace.newBuilder().setAddressField("profile.email"))
                        .build();

        StatusRuntimeException refused = refusal(() -> as(owner()).createWorkspace(asInContent));

        assertThat(fields(refused)).containsExactly("workspace.address_field");
    }

    @Test
    void doesNotTellOtherWorkspacesWhichNamesAreTaken() {
        KeySecret acme = acme();

        Code taken = codeOf(() -> as(acme).createWorkspace(named("acme")));
        Code free = codeOf(() -> as(acme).createWorkspace(named("free")));

        assertThat(taken).isEqualTo(free).isEqualTo(Code.PERMISSION_DENIED);
    }

    @Test
    void listsNothingButTheOwnWorkspace() {
        KeySecret owner = owner();
        KeySecret acme = acme();

        assertThat(workspaces(owner)).containsExactly("workspaces/default");
        assertThat(workspaces(acme)).containsExactly("workspaces/acme");
    }

    @Test
    void changesWhatOfAWorkspaceItIsAskedTo() {
        KeySecret owner = owner();
        var lenient =
                UpdateWorkspaceRequest.newBuilder()
                        .setWorkspace(
                                Workspace.newBuilder()
                                        .setName("workspaces/default")
                                        .setEmailsWhenUnset(true)
                                        .setTimeZone("Pacific/Chatham"))
                        .build();

        var checked = as(owner).updateWorkspace(lenient.toBuilder().setValidateOnly(true).build());
        assertThat(workspace(owner).getEmailsWhenUnset()).isFalse();
        assertThat(workspace(owner).getTimeZone()).isEqualTo("UTC");
        var updated = as(owner).updateWorkspace(lenient);

        assertThat(updated).isEqualTo(checked);
        assertThat(updated.getEmailsWhenUnset()).isTrue();
        assertThat(updated.getTimeZone()).isEqualTo("Pacific/Chatham");
        assertThat(updated.getDisplayName()).isEqualTo("Default");
        assertThat(workspace(owner)).isEqualTo(updated);
        assertThat(audit.all())
                .extracting(entry -> entry.action().name())
                .containsOnlyOnce("WORKSPACE_UPDATED");
    }

    @Test
    void knowsNoTimeZoneThatIsNone() {
        KeySecret owner = owner();
        var middleEarth =
                UpdateWorkspaceRequest.newBuilder()
                        .setWorkspace(
                                Workspace.newBuilder()
                                        .setName("workspaces/default")
                                        .setTimeZone("Middle/Earth"))
                        .build();

        assertThat(codeOf(() -> as(owner).updateWorkspace(middleEarth)))
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(workspace(owner).getTimeZone()).isEqualTo("UTC");
    }

    private Workspace workspace(KeySecret key) {
        return as(key).getWorkspace(
                        GetWorkspaceRequest.newBuilder().setName("workspaces/default").build());
    }

    @Test
    void showsASecretOnceAndNoneWhenNothingIsMade() {
        KeySecret owner = owner();
        CreateApiKeyRequest request =
                CreateApiKeyRequest.newBuilder()
                        .setParent("workspaces/default")
                        .setApiKey(
                                ApiKey.newBuilder()
                                        .setDisplayName("shop")
                                        .addRoles(Role.ROLE_TRIGGER))
                        .build();

        var checked = as(owner).createApiKey(request.toBuilder().setValidateOnly(true).build());
        var created = as(owner).createApiKey(request);

        assertThat(checked.getSecret()).isEmpty();
        assertThat(created.getSecret()).startsWith(created.getApiKey().getPrefix());
        assertThat(created.getApiKey().getState()).isEqualTo(ApiKey.State.STATE_ACTIVE);
    }

    @Test
    void keepsTheLastOwnerKey() {
        var created = (AccessResult.WorkspaceCreated) access.start(null);
        RevokeApiKeyRequest revoke =
                RevokeApiKeyRequest.newBuilder()
                        .setName("workspaces/default/apiKeys/" + created.key().id())
                        .build();

        assertThat(refused(() -> as(created.secret()).revokeApiKey(revoke)))
                .isEqualTo(
                        Refused.forGood(
                                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_LAST_OWNER_KEY));
    }

    @Test
    void filtersTheAuditTrailByWhatItShows() {
        KeySecret owner = owner();
        as(owner).createWorkspace(named("another"));
        ListAuditEntriesRequest request =
                ListAuditEntriesRequest.newBuilder()
                        .setParent("workspaces/default")
                        .setFilter(
                                "create_time >= \"2026-03-01T12:00:00Z\""
                                        + " AND resource = \"workspaces/default\"")
                        .build();

        assertThat(as(owner).listAuditEntries(request).getAuditEntriesList())
                .extracting(AuditEntry::getAction)
                .containsExactly("WORKSPACE_CREATED");
    }

    @Test
    void tellsANewWorkspaceWhoCreatedIt() {
        var owner = (AccessResult.WorkspaceCreated) access.start(null);
        var another = as(owner.secret()).createWorkspace(named("another"));
        ListAuditEntriesRequest request =
                ListAuditEntriesRequest.newBuilder().setParent("workspaces/another").build();

        assertThat(
                        as(new KeySecret(another.getSecret()))
                                .listAuditEntries(request)
                                .getAuditEntriesList())
                .extracting(AuditEntry::getActor)
                .containsOnly("workspaces/default/apiKeys/" + owner.key().id());
    }

    private KeySecret owner() {
        return ((AccessResult.WorkspaceCreated) access.start(null)).secret();
    }

    private KeySecret acme() {
        var created =
                access.createWorkspace(
                        new WorkspaceId("acme"),
                        UnaryOperator.identity(),
                        ChangeCall.by(Actor.SYSTEM));
        return ((AccessResult.WorkspaceCreated) created).secret();
    }

    private static CreateWorkspaceRequest named(String id) {
        return CreateWorkspaceRequest.newBuilder().setWorkspaceId(id).build();
    }

    private Iterable<String> workspaces(KeySecret key) {
        return as(key)
                .listWorkspaces(ListWorkspacesRequest.getDefaultInstance())
                .getWorkspacesList()
                .stream()
                .map(Workspace::getName)
                .toList();
    }

    private AccessServiceBlockingStub as(KeySecret key) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + key.value());
        return AccessServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Code codeOf(Runnable call) {
        return refused(call).code();
    }

    private static Refused refused(Runnable call) {
        return Refused.of(refusal(call::run));
    }
}
