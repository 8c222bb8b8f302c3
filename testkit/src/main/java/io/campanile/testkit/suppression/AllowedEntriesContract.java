package io.campanile.testkit.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.FoundPages;
import io.campanile.testkit.store.OwnWorkspaces;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What every [AllowedEntries] must do. Each test has workspaces of its own, so that they can share
/// a store.
public abstract class AllowedEntriesContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final WorkspaceId other = OwnWorkspaces.next();

    protected abstract AllowedEntries entries();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    @BeforeEach
    void createTheWorkspaces() {
        givenWorkspace(workspace);
        givenWorkspace(other);
    }

    @Test
    void findsAnEntryByIdAndByTargetWithinItsWorkspaceOnly() {
        AllowedEntry entry = added(workspace, "ada@example.com", NOON);

        assertThat(entries().find(workspace, entry.id())).contains(entry);
        assertThat(entries().find(workspace, entry.target())).contains(entry);
        assertThat(entries().find(other, entry.id())).isEmpty();
        assertThat(entries().find(other, entry.target())).isEmpty();
    }

    @Test
    void keepsOneEntryForATarget() {
        added(workspace, "ada@example.com", NOON);

        AllowedEntry again = entry(workspace, "ADA@example.com", NOON, null);
        AllowedEntry elsewhere = entry(other, "ada@example.com", NOON, null);
        assertThat(entries().insertAll(List.of(again), NOON)).isEmpty();
        assertThat(entries().insertAll(List.of(elsewhere), NOON)).containsExactly(elsewhere.id());
    }

    @Test
    void addsManyInPlaceOfThoseThatExpired() {
        AllowedEntry inForce = added(workspace, "ada@example.com", NOON, NOON.plusSeconds(61));
        AllowedEntry expired = added(workspace, "eve@example.com", NOON, NOON.plusSeconds(60));
        added(other, "bob@example.com", NOON);
        Instant later = NOON.plusSeconds(60);
        AllowedEntry ada = entry(workspace, "ada@example.com", later, null);
        AllowedEntry eve = entry(workspace, "eve@example.com", later, later.plusSeconds(9));
        AllowedEntry bob = entry(workspace, "bob@example.com", later, null);

        assertThat(entries().insertAll(List.of(ada, eve, bob), later))
                .containsExactlyInAnyOrder(eve.id(), bob.id());

        assertThat(entries().find(workspace, ada.target())).contains(inForce);
        assertThat(entries().find(workspace, eve.target())).contains(eve);
        assertThat(entries().find(workspace, expired.id())).isEmpty();
        assertThat(entries().find(workspace, bob.target())).contains(bob);
        assertThat(entries().insertAll(List.of(), later)).isEmpty();
    }

    @Test
    void deletesWithinTheWorkspaceOnly() {
        AllowedEntry entry = added(workspace, "example.com", NOON);

        assertThat(entries().delete(other, entry.id())).isFalse();
        assertThat(entries().delete(workspace, entry.id())).isTrue();
        assertThat(entries().delete(workspace, entry.id())).isFalse();
        assertThat(entries().find(workspace, entry.target())).isEmpty();
    }

    @Test
    void forgetsWhatExpiredBefore() {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        AllowedEntry expired = added(workspace, "ada@example.com", longAgo, longAgo.plusSeconds(8));
        AllowedEntry later = added(workspace, "eve@example.com", longAgo, longAgo.plusSeconds(9));
        AllowedEntry forEver = added(workspace, "bob@example.com", longAgo);

        while (entries().forget(longAgo.plusSeconds(9), 1) > 0) {
            // One at a time.
        }

        assertThat(entries().find(workspace, expired.id())).isEmpty();
        assertThat(entries().find(workspace, later.id())).contains(later);
        assertThat(entries().find(workspace, forEver.id())).contains(forEver);
    }

    @Test
    void listsNewestFirst() {
        AllowedEntry older = added(workspace, "ada@example.com", NOON);
        AllowedEntry newer =
                added(workspace, "example.org", NOON.plusSeconds(1), NOON.plusSeconds(9));
        added(other, "eve@example.com", NOON);

        assertThat(listed("")).containsExactly(newer, older);
        assertThat(listed("target = \"ada@example.com\"")).containsExactly(older);
        assertThat(listed("expire_time < \"2026-03-01T12:01:00Z\"")).containsExactly(newer);
    }

    private AllowedEntry added(WorkspaceId in, String target, Instant createTime) {
        return added(in, target, createTime, null);
    }

    private AllowedEntry added(
            WorkspaceId in, String target, Instant createTime, @Nullable Instant expireTime) {
        AllowedEntry entry = entry(in, target, createTime, expireTime);
        assertThat(entries().insertAll(List.of(entry), createTime)).containsExactly(entry.id());
        return entry;
    }

    private static AllowedEntry entry(
            WorkspaceId in, String target, Instant createTime, @Nullable Instant expireTime) {
        return new AllowedEntry(
                new AllowedEntryId(UUID.randomUUID()),
                in,
                SuppressionTarget.parse(target).orElseThrow(),
                "staging",
                createTime,
                expireTime);
    }

    private List<AllowedEntry> listed(String filter) {
        return FoundPages.entries(
                Page.of(
                        new ListRequest(filter, "", 0, ""),
                        AllowedEntries.FIELDS,
                        query -> entries().list(workspace, query)));
    }
}
