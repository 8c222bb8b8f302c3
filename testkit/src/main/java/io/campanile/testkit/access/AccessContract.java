package io.campanile.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.access.port.Workspaces;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.FoundPages;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What every [Workspaces], [ApiKeys] and [AuditEntries] must do. Each test has a workspace of its
/// own, so that they can share a store.
public abstract class AccessContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final Workspace created = Workspace.created(workspace, "Mine", NOON);

    protected abstract Workspaces workspaces();

    protected abstract ApiKeys keys();

    protected abstract AuditEntries audit();

    protected abstract Transactions transactions();

    @BeforeEach
    void createTheWorkspace() {
        assertThat(workspaces().insert(created)).isTrue();
    }

    @Test
    void givesBackAWorkspaceAndRefusesItsIdToOthers() {
        assertThat(workspaces().find(workspace)).contains(created);
        assertThat(workspaces().insert(Workspace.created(workspace, "Theirs", NOON))).isFalse();
        assertThat(workspaces().find(new WorkspaceId("nobodys"))).isEmpty();
    }

    @Test
    void remembersWhatAWorkspaceWasChangedTo() {
        var changed =
                new Workspace(
                        workspace,
                        "Ours",
                        NOON,
                        true,
                        true,
                        ZoneId.of("Asia/Kathmandu"),
                        "work.email",
                        new AttributeSchema(
                                List.of(
                                        new AttributeDefinition("work.email", AttributeType.STRING),
                                        new AttributeDefinition("interests", AttributeType.LIST)),
                                true));
        transactions()
                .inTransaction(() -> {
                    assertThat(workspaces().lock(workspace)).contains(created);
                    workspaces().update(changed);
                    return changed;
                });

        assertThat(workspaces().find(workspace)).contains(changed);
    }

    @Test
    void knowsTheSchemasOfThoseThatHaveOne() {
        WorkspaceId defining = OwnWorkspaces.next();
        WorkspaceId refusing = OwnWorkspaces.next();
        var plan =
                new AttributeSchema(
                        List.of(new AttributeDefinition("plan", AttributeType.STRING)), false);
        var nothing = new AttributeSchema(List.of(), true);
        workspaces().insert(having(defining, plan));
        workspaces().insert(having(refusing, nothing));

        assertThat(workspaces().attributeSchemas())
                .containsEntry(defining, plan)
                .containsEntry(refusing, nothing)
                .doesNotContainKey(workspace);
        assertThat(workspaces().attributeSchema(defining)).isEqualTo(plan);
        assertThat(workspaces().attributeSchema(OwnWorkspaces.next()))
                .isEqualTo(AttributeSchema.NONE);

        workspaces().update(having(defining, AttributeSchema.NONE));
        assertThat(workspaces().attributeSchemas()).doesNotContainKey(defining);
    }

    private static Workspace having(WorkspaceId id, AttributeSchema schema) {
        return new Workspace(id, "", NOON, false, false, ZoneId.of("UTC"), "", schema);
    }

    @Test
    void findsAKeyByItsHashAndWithinItsWorkspaceOnly() {
        ApiKey key = key(NOON, Role.AUTHOR, Role.TRIGGER);
        keys().insert(key);

        assertThat(keys().find(key.hash())).contains(key);
        assertThat(keys().find(workspace, key.id())).contains(key);
        assertThat(keys().find(new WorkspaceId("other"), key.id())).isEmpty();
        assertThat(keys().find(KeyHash.of("cmp_unknown"))).isEmpty();
    }

    @Test
    void refusesATakenHash() {
        ApiKey key = key(NOON, Role.OWNER);
        keys().insert(key);
        var twin =
                new ApiKey(
                        new ApiKeyId(UUID.randomUUID()),
                        workspace,
                        "Twin",
                        key.roles(),
                        key.prefix(),
                        key.hash(),
                        NOON,
                        null,
                        null);

        assertThatIllegalStateException().isThrownBy(() -> keys().insert(twin));
    }

    @Test
    void remembersARevocation() {
        ApiKey key = key(NOON, Role.OWNER);
        keys().insert(key);

        keys().update(key.revoked(NOON.plusSeconds(5)));

        assertThat(keys().find(key.hash())).contains(key.revoked(NOON.plusSeconds(5)));
    }

    @Test
    void locksTheOwnersThatWereNotRevoked() {
        ApiKey owner = key(NOON, Role.OWNER);
        ApiKey revoked = key(NOON, Role.OWNER).revoked(NOON);
        ApiKey author = key(NOON, Role.AUTHOR);
        List.of(owner, revoked, author).forEach(keys()::insert);

        assertThat(transactions().inTransaction(() -> keys().lockOwners(workspace)))
                .containsExactly(owner);
    }

    @Test
    void listsKeysNewestFirst() {
        ApiKey older = key(NOON, Role.AUTHOR);
        ApiKey newer = key(NOON.plusSeconds(1), Role.OWNER, Role.AUTHOR);
        keys().insert(older);
        keys().insert(newer);

        assertThat(listedKeys("")).containsExactly(newer, older);
        assertThat(listedKeys("role = AUTHOR")).containsExactly(newer, older);
        assertThat(listedKeys("role = OWNER")).containsExactly(newer);
        assertThat(listedKeys("role != OWNER")).containsExactly(older);
    }

    @Test
    void listsTheAuditTrailNewestFirst() {
        AuditEntry first = entry(NOON, AuditAction.CAMPAIGN_CREATED, Actor.SYSTEM);
        AuditEntry second =
                entry(
                        NOON.plusSeconds(1),
                        AuditAction.CAMPAIGN_ACTIVATED,
                        Actor.key(WorkspaceId.DEFAULT, new ApiKeyId(UUID.randomUUID())));
        audit().add(first);
        audit().add(second);

        assertThat(listedEntries("")).containsExactly(second, first);
        assertThat(listedEntries("action = CAMPAIGN_CREATED")).containsExactly(first);
        assertThat(listedEntries("actor = system")).containsExactly(first);
        assertThat(listedEntries("resource : receipt")).containsExactly(second, first);
        assertThat(listedEntries("create_time > \"2026-03-01T12:00:00Z\"")).containsExactly(second);
    }

    @Test
    void forgetsOldAuditEntries() {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        AuditEntry old = entry(longAgo, AuditAction.CAMPAIGN_CREATED, Actor.SYSTEM);
        AuditEntry recent = entry(NOON, AuditAction.CAMPAIGN_CREATED, Actor.SYSTEM);
        audit().add(old);
        audit().add(recent);

        assertThat(audit().forget(longAgo.plusSeconds(1), 10)).isEqualTo(1);
        assertThat(listedEntries("")).containsExactly(recent);
    }

    private ApiKey key(Instant createTime, Role... roles) {
        var id = new ApiKeyId(UUID.randomUUID());
        return new ApiKey(
                id,
                workspace,
                "Key",
                Set.of(roles),
                "cmp_abcdef",
                KeyHash.of("cmp_" + id),
                createTime,
                null,
                null);
    }

    private AuditEntry entry(Instant time, AuditAction action, Actor actor) {
        String resource = "workspaces/" + workspace + "/campaigns/receipt";
        return new AuditEntry(
                UUID.randomUUID(), workspace, time, actor, action, resource, "revision 1");
    }

    private List<ApiKey> listedKeys(String filter) {
        return entries(
                Page.of(
                        new ListRequest(filter, "", 0, ""),
                        ApiKeys.FIELDS,
                        query -> keys().list(workspace, query)));
    }

    private List<AuditEntry> listedEntries(String filter) {
        return entries(
                Page.of(
                        new ListRequest(filter, "", 0, ""),
                        AuditEntries.FIELDS,
                        query -> audit().list(workspace, query)));
    }

    private static <T> List<T> entries(Page<T> page) {
        return FoundPages.entries(page);
    }
}
