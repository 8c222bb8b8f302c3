package io.campanile.application.access;

import io.campanile.application.access.Changes.Made;
import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.access.port.Workspaces;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.store.ChangeTopic;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.ExpireTimes;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// What owners do with workspaces and keys. A secret is shown once, so these calls know no request
/// ids: whoever lost an answer revokes the key and makes another. Thread-safe.
public final class ManageAccess {
    private static final String FIRST_KEY = "First owner";

    private final Workspaces workspaces;
    private final ApiKeys keys;
    private final AuditEntries audit;
    private final Changes changes;
    private final RandomGenerator random;

    /// Access over these ports.
    ///
    /// @param random cryptographically strong
    public ManageAccess(
            Workspaces workspaces,
            ApiKeys keys,
            AuditEntries audit,
            Changes changes,
            RandomGenerator random) {
        this.workspaces = workspaces;
        this.keys = keys;
        this.audit = audit;
        this.changes = changes;
        this.random = random;
    }

    /// Creates a workspace with its first owner key. Whether the caller may is for the edge to say:
    /// only an owner of `workspaces/default`.
    ///
    /// @param edit makes what is to be of one as careful as the law is, called by its id
    public AccessResult.OfNewWorkspace createWorkspace(
            WorkspaceId id, UnaryOperator<Workspace> edit, ChangeCall call) {
        return createWorkspace(id, edit, KeySecret.generate(random), call);
    }

    /// Creates the workspace `default` with an owner key, if it does not exist yet.
    ///
    /// @param ownerKey the key to create; a random one when absent
    public AccessResult.OfNewWorkspace start(@Nullable KeySecret ownerKey) {
        return createWorkspace(
                WorkspaceId.DEFAULT,
                unnamed -> Workspace.created(unnamed.id(), "Default", unnamed.createTime()),
                ownerKey == null ? KeySecret.generate(random) : ownerKey,
                ChangeCall.by(Actor.SYSTEM));
    }

    /// Makes the key an owner key of the workspace, unless it is one or was one. Whoever can reach
    /// the database could do anything anyway, and may have lost all other keys of the workspace.
    /// Not for callers of the API, who see their own workspace only.
    ///
    /// @param displayName what people call the key
    public OwnerKey admitOwner(WorkspaceId workspace, String displayName, KeySecret ownerKey) {
        var id = new ApiKeyId(changes.newId());
        return changes.make(
                ChangeTopic.ACCESS,
                now -> {
                    if (workspaces.find(workspace).isEmpty()) {
                        return Made.nothing(OwnerKey.OF_NO_WORKSPACE);
                    }
                    // Two nodes may start at once.
                    var _ = keys.lockOwners(workspace);
                    Optional<ApiKey> known = keys.find(KeyHash.of(ownerKey.value()));
                    if (known.isPresent()) {
                        return Made.nothing(standing(known.get(), workspace, now));
                    }
                    Set<Role> owner = Set.of(Role.OWNER);
                    add(
                            key(id, workspace, displayName, owner, ownerKey, now, null),
                            ChangeCall.by(Actor.SYSTEM),
                            now);
                    return Made.effective(OwnerKey.OPENS);
                });
    }

    private static OwnerKey standing(ApiKey key, WorkspaceId workspace, Instant now) {
        if (!key.workspace().equals(workspace)) {
            return OwnerKey.OF_ANOTHER_WORKSPACE;
        }
        return switch (key.state(now)) {
            case REVOKED -> OwnerKey.REVOKED;
            case EXPIRED -> OwnerKey.EXPIRED;
            case ACTIVE -> key.isOwner() ? OwnerKey.OPENS : OwnerKey.WITHOUT_THE_ROLE;
        };
    }

    public Optional<Workspace> getWorkspace(WorkspaceId id) {
        return workspaces.find(id);
    }

    /// Changes a workspace.
    ///
    /// @param edit makes what is to be of what is, which stays so meanwhile; what it throws ends
    ///   the change
    public AccessResult.OfWorkspace updateWorkspace(
            WorkspaceId id, UnaryOperator<Workspace> edit, ChangeCall call) {
        return changes.make(
                ChangeTopic.ACCESS,
                now ->
                        workspaces
                                .lock(id)
                                .map(known -> update(known, edit.apply(known), call, now))
                                .orElseGet(() ->
                                        Made.nothing(new AccessResult.WorkspaceNotFound(id))));
    }

    private Made<AccessResult.OfWorkspace> update(
            Workspace known, Workspace edited, ChangeCall call, Instant now) {
        var updated = new AccessResult.WorkspaceUpdated(edited);
        if (edited.equals(known)) {
            return Made.nothing(updated);
        }
        return Made.unlessValidating(
                call,
                updated,
                () -> {
                    workspaces.update(edited);
                    changes.record(
                            edited.id(),
                            call.by(),
                            AuditAction.WORKSPACE_UPDATED,
                            edited.name(),
                            changedSettings(known, edited),
                            now);
                });
    }

    private static String changedSettings(Workspace known, Workspace edited) {
        List<String> changed = new ArrayList<>();
        if (edited.emailsWhenUnset() != known.emailsWhenUnset()) {
            changed.add("emails_when_unset became " + edited.emailsWhenUnset());
        }
        if (edited.allowedListOn() != known.allowedListOn()) {
            changed.add("allowed_list_on became " + edited.allowedListOn());
        }
        if (!edited.timeZone().equals(known.timeZone())) {
            changed.add("time_zone became " + edited.timeZone().getId());
        }
        if (!edited.addressField().equals(known.addressField())) {
            changed.add("address_field became \"" + edited.addressField() + "\"");
        }
        if (!edited.attributeSchema().equals(known.attributeSchema())) {
            changed.add(SchemaChange.text(known.attributeSchema(), edited.attributeSchema()));
        }
        return String.join(", ", changed);
    }

    /// Creates a key of the workspace.
    ///
    /// @param expireTime never when absent
    public AccessResult.OfNewKey createKey(
            WorkspaceId workspace,
            String displayName,
            Set<Role> roles,
            @Nullable Instant expireTime,
            ChangeCall call) {
        KeySecret secret = KeySecret.generate(random);
        var id = new ApiKeyId(changes.newId());
        return changes.make(
                ChangeTopic.ACCESS,
                now -> {
                    ApiKey key = key(id, workspace, displayName, roles, secret, now, expireTime);
                    if (!ExpireTimes.mayBe(expireTime, now)) {
                        return Made.nothing(new AccessResult.ExpireTimeOutOfRange());
                    }
                    return Made.unlessValidating(
                            call,
                            new AccessResult.KeyCreated(key, secret),
                            () -> add(key, call, now));
                });
    }

    public Optional<ApiKey> getKey(WorkspaceId workspace, ApiKeyId id) {
        return keys.find(workspace, id);
    }

    public Page<ApiKey> listKeys(WorkspaceId workspace, ListRequest request) {
        return Page.of(request, ApiKeys.FIELDS, query -> keys.list(workspace, query));
    }

    /// Makes a key useless, on every node within two seconds, for good.
    public AccessResult.OfRevocation revokeKey(
            WorkspaceId workspace, ApiKeyId id, ChangeCall call) {
        return changes.make(ChangeTopic.ACCESS, now -> revoke(workspace, id, call, now));
    }

    public Page<AuditEntry> listAuditEntries(WorkspaceId workspace, ListRequest request) {
        return Page.of(request, AuditEntries.FIELDS, query -> audit.list(workspace, query));
    }

    private AccessResult.OfNewWorkspace createWorkspace(
            WorkspaceId id, UnaryOperator<Workspace> edit, KeySecret secret, ChangeCall call) {
        var keyId = new ApiKeyId(changes.newId());
        return changes.make(
                ChangeTopic.ACCESS,
                now -> {
                    var unedited = Workspace.created(id, id.value(), now);
                    Workspace workspace = edit.apply(unedited);
                    ApiKey key = key(keyId, id, FIRST_KEY, Set.of(Role.OWNER), secret, now, null);
                    var created = new AccessResult.WorkspaceCreated(workspace, key, secret);
                    if (call.validateOnly()) {
                        return Made.nothing(
                                workspaces.find(id).isPresent()
                                        ? new AccessResult.WorkspaceExists(id)
                                        : created);
                    }
                    if (!workspaces.insert(workspace)) {
                        return Made.nothing(new AccessResult.WorkspaceExists(id));
                    }
                    changes.record(
                            id,
                            call.by(),
                            AuditAction.WORKSPACE_CREATED,
                            workspace.name(),
                            changedSettings(unedited, workspace),
                            now);
                    add(key, call, now);
                    return Made.effective(created);
                });
    }

    /// Owners are locked first, so that two calls cannot revoke each other's last owner.
    private Made<AccessResult.OfRevocation> revoke(
            WorkspaceId workspace, ApiKeyId id, ChangeCall call, Instant now) {
        List<ApiKey> owners = keys.lockOwners(workspace);
        Optional<ApiKey> found = keys.find(workspace, id);
        if (found.isEmpty()) {
            return Made.nothing(new AccessResult.KeyNotFound());
        }
        ApiKey key = found.get();
        if (key.isLastOwner(owners, now)) {
            return Made.nothing(new AccessResult.LastOwnerKey(key));
        }
        ApiKey revoked = key.revoked(now);
        if (revoked.equals(key)) {
            return Made.nothing(new AccessResult.KeyRevoked(revoked));
        }
        return Made.unlessValidating(
                call,
                new AccessResult.KeyRevoked(revoked),
                () -> {
                    keys.update(revoked);
                    record(revoked, call, AuditAction.API_KEY_REVOKED, "", now);
                });
    }

    private void add(ApiKey key, ChangeCall call, Instant now) {
        keys.insert(key);
        record(
                key,
                call,
                AuditAction.API_KEY_CREATED,
                "roles "
                        + String.join(", ", key.roles().stream().map(Role::name).sorted().toList()),
                now);
    }

    private void record(
            ApiKey key, ChangeCall call, AuditAction action, String detail, Instant now) {
        String name = key.id().nameIn(key.workspace());
        changes.record(key.workspace(), call.by(), action, name, detail, now);
    }

    private static ApiKey key(
            ApiKeyId id,
            WorkspaceId workspace,
            String displayName,
            Set<Role> roles,
            KeySecret secret,
            Instant now,
            @Nullable Instant expireTime) {
        return new ApiKey(
                id,
                workspace,
                displayName,
                roles,
                secret.shown(),
                KeyHash.of(secret.value()),
                now,
                expireTime,
                null);
    }
}
