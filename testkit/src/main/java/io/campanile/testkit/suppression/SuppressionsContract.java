package io.campanile.testkit.suppression;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.ExpireTimes;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.FoundPages;
import io.campanile.testkit.store.OwnWorkspaces;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What every [Suppressions] must do. Each test has workspaces of its own, so that they can share a
/// store.
public abstract class SuppressionsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final WorkspaceId other = OwnWorkspaces.next();

    protected abstract Suppressions suppressions();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    @BeforeEach
    void createTheWorkspaces() {
        givenWorkspace(workspace);
        givenWorkspace(other);
    }

    @Test
    void findsAnEntryByIdAndByTargetWithinItsWorkspaceOnly() {
        Suppression entry = added(workspace, "ada@example.com", NOON, NOON.plusSeconds(60));

        assertThat(suppressions().find(workspace, entry.id())).contains(entry);
        assertThat(suppressions().find(workspace, entry.target())).contains(entry);
        assertThat(suppressions().find(other, entry.id())).isEmpty();
        assertThat(suppressions().find(other, entry.target())).isEmpty();
    }

    @Test
    void keepsOneEntryForATarget() {
        added(workspace, "ada@example.com", NOON, null);

        assertThat(enter(suppressions(), entry(workspace, "ADA@example.com", NOON, null)))
                .isFalse();
        assertThat(enter(suppressions(), entry(other, "ada@example.com", NOON, null))).isTrue();
    }

    @Test
    void addsManyInPlaceOfThoseThatExpired() {
        Suppression inForce = added(workspace, "ada@example.com", NOON, NOON.plusSeconds(61));
        Suppression expired = added(workspace, "eve@example.com", NOON, NOON.plusSeconds(60));
        added(other, "bob@example.com", NOON, null);
        Instant later = NOON.plusSeconds(60);
        Suppression ada = entry(workspace, "ada@example.com", later, null);
        Suppression eve = entry(workspace, "eve@example.com", later, later.plusSeconds(9));
        Suppression bob = entry(workspace, "bob@example.com", later, null);

        assertThat(suppressions().insertAll(List.of(ada, eve, bob), Set.of(), later))
                .containsExactlyInAnyOrder(eve.id(), bob.id());

        assertThat(suppressions().find(workspace, ada.target())).contains(inForce);
        assertThat(suppressions().find(workspace, eve.target())).contains(eve);
        assertThat(suppressions().find(workspace, expired.id())).isEmpty();
        assertThat(suppressions().find(workspace, bob.target())).contains(bob);
        assertThat(suppressions().insertAll(List.of(), Set.of(), later)).isEmpty();
    }

    @Test
    void keepsTheLastTimeThereIs() {
        Suppression ada = entry(workspace, "ada@example.com", NOON, ExpireTimes.LATEST);
        Suppression eve = added(workspace, "eve@example.com", NOON, ExpireTimes.LATEST);

        assertThat(suppressions().insertAll(List.of(ada), Set.of(), NOON))
                .containsExactly(ada.id());

        assertThat(suppressions().find(workspace, eve.target())).contains(eve);
        assertThat(suppressions().find(workspace, ada.target())).contains(ada);
    }

    @Test
    void addsManyInPlaceOfThoseThatAreNamed() {
        Suppression named = added(workspace, "ada@example.com", NOON, NOON.plusSeconds(61));
        Suppression kept = added(workspace, "eve@example.com", NOON, NOON.plusSeconds(61));
        Suppression ada = entry(workspace, "ada@example.com", NOON, null);
        Suppression eve = entry(workspace, "eve@example.com", NOON, null);

        assertThat(suppressions().insertAll(List.of(ada, eve), Set.of(named.id()), NOON))
                .containsExactly(ada.id());

        assertThat(suppressions().find(workspace, ada.target())).contains(ada);
        assertThat(suppressions().find(workspace, eve.target())).contains(kept);
    }

    @Test
    void findsManyByTheirTargets() {
        Suppression ada = added(workspace, "ada@example.com", NOON, NOON.plusSeconds(60));
        added(workspace, "bob@example.com", NOON, null);
        added(other, "eve@example.com", NOON, null);
        SuppressionTarget eve = SuppressionTarget.parse("eve@example.com").orElseThrow();

        assertThat(suppressions().find(workspace, List.of(ada.target(), eve)))
                .isEqualTo(Map.of(ada.target(), ada));
        assertThat(suppressions().find(workspace, List.of())).isEmpty();
    }

    @Test
    void deletesWithinTheWorkspaceOnly() {
        Suppression entry = added(workspace, "example.com", NOON, null);

        assertThat(suppressions().delete(other, entry.id())).isFalse();
        assertThat(suppressions().delete(workspace, entry.id())).isTrue();
        assertThat(suppressions().delete(workspace, entry.id())).isFalse();
        assertThat(suppressions().find(workspace, entry.target())).isEmpty();
    }

    @Test
    void forgetsWhatExpiredBefore() {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        Suppression expired = added(workspace, "ada@example.com", longAgo, longAgo.plusSeconds(8));
        Suppression later = added(workspace, "eve@example.com", longAgo, longAgo.plusSeconds(9));
        Suppression forEver = added(workspace, "bob@example.com", longAgo, null);

        while (suppressions().forget(longAgo.plusSeconds(9), 1) > 0) {
            // One at a time.
        }

        assertThat(suppressions().find(workspace, expired.id())).isEmpty();
        assertThat(suppressions().find(workspace, later.id())).contains(later);
        assertThat(suppressions().find(workspace, forEver.id())).contains(forEver);
    }

    @Test
    void listsNewestFirst() {
        Suppression older = added(workspace, "ada@example.com", NOON, null);
        Suppression newer =
                added(workspace, "example.org", NOON.plusSeconds(1), NOON.plusSeconds(9));
        added(other, "eve@example.com", NOON, null);

        assertThat(listed("")).containsExactly(newer, older);
        assertThat(listed("target = \"ada@example.com\"")).containsExactly(older);
        assertThat(listed("reason = HARD_BOUNCE")).isEmpty();
        assertThat(listed("expire_time < \"2026-03-01T12:01:00Z\"")).containsExactly(newer);
    }

    private Suppression added(
            WorkspaceId in, String target, Instant createTime, @Nullable Instant expireTime) {
        Suppression entry = entry(in, target, createTime, expireTime);
        assertThat(enter(suppressions(), entry)).isTrue();
        return entry;
    }

    private static Suppression entry(
            WorkspaceId in, String target, Instant createTime, @Nullable Instant expireTime) {
        return aSuppression(target, createTime)
                .in(in)
                .noting("asked by phone")
                .until(expireTime)
                .build();
    }

    private List<Suppression> listed(String filter) {
        Page<Suppression> page =
                Page.of(
                        new ListRequest(filter, "", 0, ""),
                        Suppressions.FIELDS,
                        query -> suppressions().list(workspace, query));
        return FoundPages.entries(page);
    }
}
