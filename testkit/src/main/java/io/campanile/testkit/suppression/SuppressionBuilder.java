package io.campanile.testkit.suppression;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// Suppressions that are valid from the start: entered by hand, without a note, for ever.
public final class SuppressionBuilder {
    private final SuppressionTarget target;
    private final Instant createTime;
    private WorkspaceId workspace = WorkspaceId.DEFAULT;
    private SuppressionReason reason = SuppressionReason.MANUAL;
    private String note = "";
    private @Nullable Instant expireTime;

    private SuppressionBuilder(SuppressionTarget target, Instant createTime) {
        this.target = target;
        this.createTime = createTime;
    }

    /// A suppression of an address or a domain, as people write them.
    public static SuppressionBuilder aSuppression(String target, Instant createTime) {
        return aSuppression(SuppressionTarget.parse(target).orElseThrow(), createTime);
    }

    public static SuppressionBuilder aSuppression(EmailAddress address, Instant createTime) {
        return aSuppression(SuppressionTarget.of(address), createTime);
    }

    public static SuppressionBuilder aSuppression(SuppressionTarget target, Instant createTime) {
        return new SuppressionBuilder(target, createTime);
    }

    public SuppressionBuilder in(WorkspaceId newWorkspace) {
        workspace = newWorkspace;
        return this;
    }

    public SuppressionBuilder because(SuppressionReason newReason) {
        reason = newReason;
        return this;
    }

    public SuppressionBuilder noting(String newNote) {
        note = newNote;
        return this;
    }

    /// For ever when it is absent.
    public SuppressionBuilder until(@Nullable Instant newExpireTime) {
        expireTime = newExpireTime;
        return this;
    }

    public Suppression build() {
        return new Suppression(
                new SuppressionId(UUID.randomUUID()),
                workspace,
                target,
                reason,
                note,
                createTime,
                expireTime);
    }
}
