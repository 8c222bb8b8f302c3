package io.campanile.domain.access;

import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What Campanile knows of a key; the key itself was shown once.
///
/// @param prefix the key's first characters, so that people can tell keys apart
/// @param expireTime when it stops to work by itself; never when absent
/// @param revokeTime when somebody revoked it; not revoked when absent
public record ApiKey(
        ApiKeyId id,
        WorkspaceId workspace,
        String displayName,
        Set<Role> roles,
        String prefix,
        KeyHash hash,
        Instant createTime,
        @Nullable Instant expireTime,
        @Nullable Instant revokeTime) {

    /// Whether a key works; the same names as in the API.
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public ApiKey {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("a key without a role opens nothing");
        }
    }

    /// Where the key stands.
    public State state(Instant now) {
        if (revokeTime != null) {
            return State.REVOKED;
        }
        return expireTime == null || now.isBefore(expireTime) ? State.ACTIVE : State.EXPIRED;
    }

    public boolean isValid(Instant now) {
        return state(now) == State.ACTIVE;
    }

    public boolean isOwner() {
        return roles.contains(Role.OWNER);
    }

    /// Whether it is the last key that lets an owner in. Keys that will expire do not count as
    /// others, because one day nobody could get in.
    ///
    /// @param owners the keys of owners that were not revoked
    public boolean isLastOwner(List<ApiKey> owners, Instant now) {
        return isOwner()
                && isValid(now)
                && owners.stream()
                        .noneMatch(other -> other.expireTime() == null && !other.id().equals(id));
    }

    /// The key from now on useless; a revoked key keeps its first revocation.
    public ApiKey revoked(Instant now) {
        return revokeTime != null
                ? this
                : new ApiKey(
                        id,
                        workspace,
                        displayName,
                        roles,
                        prefix,
                        hash,
                        createTime,
                        expireTime,
                        now);
    }
}
