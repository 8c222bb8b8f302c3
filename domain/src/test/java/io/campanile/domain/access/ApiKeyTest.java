package io.campanile.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.ApiKey.State;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

class ApiKeyTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(1);

    private static ApiKey key(int id, Role role, @Nullable Instant expireTime) {
        return new ApiKey(
                new ApiKeyId(new UUID(0, id)),
                WorkspaceId.DEFAULT,
                "",
                Set.of(role),
                "cmp_" + id,
                KeyHash.of("cmp_" + id),
                NOON,
                expireTime,
                null);
    }

    @Test
    void worksUntilItExpiresOrIsRevoked() {
        ApiKey lasting = key(1, Role.VIEWER, null);
        ApiKey passing = key(2, Role.VIEWER, LATER);

        assertThat(lasting.state(LATER)).isEqualTo(State.ACTIVE);
        assertThat(passing.state(LATER.minusNanos(1))).isEqualTo(State.ACTIVE);
        assertThat(passing.state(LATER)).isEqualTo(State.EXPIRED);
        assertThat(lasting.revoked(NOON).state(NOON)).isEqualTo(State.REVOKED);
        assertThat(passing.revoked(NOON).state(LATER)).isEqualTo(State.REVOKED);
    }

    @Test
    void isTheLastOwnerBesideOthersThatWillExpire() {
        ApiKey owner = key(1, Role.OWNER, null);
        ApiKey passing = key(2, Role.OWNER, LATER);
        ApiKey other = key(3, Role.OWNER, null);

        assertThat(owner.isLastOwner(List.of(owner), NOON)).isTrue();
        assertThat(owner.isLastOwner(List.of(owner, passing), NOON)).isTrue();
        assertThat(owner.isLastOwner(List.of(owner, passing, other), NOON)).isFalse();
        assertThat(passing.isLastOwner(List.of(owner, passing), NOON)).isFalse();
        assertThat(passing.isLastOwner(List.of(passing), NOON)).isTrue();
    }

    @Test
    void isNoOwnerWithoutTheRoleOrWhenItDoesNotWork() {
        ApiKey expired = key(1, Role.OWNER, NOON);
        ApiKey revoked = key(2, Role.OWNER, null).revoked(NOON);
        ApiKey viewer = key(3, Role.VIEWER, null);

        assertThat(expired.isLastOwner(List.of(expired), NOON)).isFalse();
        assertThat(revoked.isLastOwner(List.of(), NOON)).isFalse();
        assertThat(viewer.isLastOwner(List.of(), NOON)).isFalse();
    }
}
