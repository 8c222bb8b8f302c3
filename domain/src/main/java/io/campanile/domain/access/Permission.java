package io.campanile.domain.access;

/// What a method of the API asks of its caller.
public enum Permission {
    /// Read everything in the workspace but keys and the audit trail.
    VIEW,
    /// Trigger campaigns, follow and cancel the executions.
    TRIGGER,
    /// Write campaigns and drafts.
    EDIT,
    /// Make a campaign or a revision live.
    ACTIVATE,
    /// Pause, resume, stop and archive what is live.
    OPERATE,
    /// Write channel configurations and their credentials.
    CONFIGURE,
    /// Keys, workspaces and the audit trail.
    ADMINISTER
}
