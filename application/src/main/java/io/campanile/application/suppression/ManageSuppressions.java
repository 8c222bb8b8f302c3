package io.campanile.application.suppression;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Change;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.query.Filter;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What people and services do with the suppression list. Every change counts for the next decision
/// on every node. Thread-safe.
public final class ManageSuppressions {
    private final Suppressions suppressions;
    private final BounceCounts bounces;
    private final Pseudonyms pseudonyms;
    private final Changes changes;

    public ManageSuppressions(
            Suppressions suppressions,
            BounceCounts bounces,
            Pseudonyms pseudonyms,
            Changes changes) {
        this.suppressions = suppressions;
        this.bounces = bounces;
        this.pseudonyms = pseudonyms;
        this.changes = changes;
    }

    /// An entry to be made.
    ///
    /// @param expireTime never when absent
    public record Entry(
            SuppressionTarget target,
            SuppressionReason reason,
            String note,
            @Nullable Instant expireTime)
            implements NewEntry {
        Suppression made(UUID id, WorkspaceId workspace, Instant now) {
            return new Suppression(
                    new SuppressionId(id), workspace, target, reason, note, now, expireTime);
        }

        @Override
        public String toString() {
            return target.masked();
        }
    }

    /// Puts a target on the list, in place of an entry for it that has expired or is weaker.
    public SuppressionResult create(WorkspaceId workspace, Entry entry, ChangeCall call) {
        var id = new SuppressionId(changes.newId());
        return changes.make(
                call,
                workspace,
                id.nameIn(workspace),
                new Change<>(
                        now -> insert(workspace, id, entry, call, now),
                        earlier -> current(workspace, SuppressionId.named(earlier)),
                        SuppressionResult.RequestIdReused::new));
    }

    public Optional<Suppression> get(WorkspaceId workspace, SuppressionId id) {
        return suppressions.find(workspace, id);
    }

    /// Whoever asks for an address finds what is kept under its pseudonym as well: it counts for
    /// the address.
    public Page<Suppression> list(WorkspaceId workspace, ListRequest request) {
        return Page.of(
                request,
                Suppressions.FIELDS,
                query ->
                        suppressions.list(workspace, query.with(asked(workspace, query.filter()))));
    }

    private Filter asked(WorkspaceId workspace, Filter filter) {
        return filter.reworded("target", SuppressionTarget::compared)
                .orEqual(
                        "target",
                        text ->
                                EmailAddress.parse(text)
                                        .map(address -> pseudonyms.of(workspace, address).value()));
    }

    /// Takes a target off the list; of an address, bounces are counted anew.
    public SuppressionResult delete(WorkspaceId workspace, SuppressionId id, ChangeCall call) {
        return changes.make(now -> delete(workspace, id, call, now));
    }

    private Made<SuppressionResult> insert(
            WorkspaceId workspace, SuppressionId id, Entry entry, ChangeCall call, Instant now) {
        if (!entry.mayBeMade(now)) {
            return Made.nothing(new SuppressionResult.ExpireTimeOutOfRange());
        }
        Optional<Suppression> existing = suppressions.find(workspace, entry.target());
        Suppression made = entry.made(id.value(), workspace, now);
        Optional<Suppression> wanted =
                existing.isEmpty() ? Optional.of(made) : existing.get().strengthenedBy(made, now);
        if (wanted.isEmpty()) {
            return Made.nothing(new SuppressionResult.Exists(existing.orElseThrow()));
        }
        if (call.validateOnly()) {
            return Made.nothing(new SuppressionResult.Done(wanted.get()));
        }
        Suppression suppression =
                SuppressionEntering.strongest(suppressions, workspace, now)
                        .enter(List.of(made))
                        .get(id);
        if (suppression == null) {
            // Somebody else was faster by a moment.
            return suppressions
                    .find(workspace, entry.target())
                    .<Made<SuppressionResult>>map(
                            other -> Made.nothing(new SuppressionResult.Exists(other)))
                    .orElseThrow(() -> new IllegalStateException("neither added nor there: " + id));
        }
        String detail = "reason " + suppression.reason();
        changes.record(
                workspace,
                call.by(),
                AuditAction.SUPPRESSION_CREATED,
                suppression.name(),
                detail,
                now);
        return Made.effective(new SuppressionResult.Done(suppression));
    }

    private SuppressionResult current(WorkspaceId workspace, SuppressionId id) {
        return suppressions
                .find(workspace, id)
                .<SuppressionResult>map(SuppressionResult.Done::new)
                .orElseGet(() -> new SuppressionResult.NotFound(workspace, id));
    }

    private Made<SuppressionResult> delete(
            WorkspaceId workspace, SuppressionId id, ChangeCall call, Instant now) {
        Optional<Suppression> entry = suppressions.find(workspace, id);
        if (entry.isEmpty()) {
            return Made.nothing(new SuppressionResult.NotFound(workspace, id));
        }
        if (call.validateOnly()) {
            return Made.nothing(new SuppressionResult.Done(entry.get()));
        }
        // In the order in which bounces lock.
        bounces.reset(List.of(new BouncedAddress(workspace, entry.get().target())));
        if (!suppressions.delete(workspace, id)) {
            return Made.nothing(new SuppressionResult.NotFound(workspace, id));
        }
        changes.record(
                workspace,
                call.by(),
                AuditAction.SUPPRESSION_DELETED,
                id.nameIn(workspace),
                "",
                now);
        return Made.effective(new SuppressionResult.Done(entry.get()));
    }
}
