package io.campanile.domain.access;

import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.UUID;

/// One line of the audit trail, written in the transaction of what it tells about.
///
/// @param id a UUIDv7
/// @param resource the full name, such as `workspaces/default/campaigns/receipt`
/// @param detail one line for people, without secrets and personal data; empty for none
public record AuditEntry(
        UUID id,
        WorkspaceId workspace,
        Instant time,
        Actor actor,
        AuditAction action,
        String resource,
        String detail) {}
