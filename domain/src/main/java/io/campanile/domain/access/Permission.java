package io.campanile.domain.access;

/// What a method of the API asks of its caller.
public enum Permission {
    /// Read everything in the workspace but keys and the audit trail.
    VIEW,
    /// Trigger campaigns, follow, pause and cancel executions, write profiles, consents and members
    /// of audiences, look at those, and report what became of messages.
    TRIGGER,
    /// Write campaigns, drafts and audiences.
    EDIT,
    /// Make a campaign or a revision live.
    ACTIVATE,
    /// Pause, resume, stop and archive what is live; write both lists of addresses, and what is
    /// known about people.
    OPERATE,
    /// Write channel configurations, their credentials, and rule sets.
    CONFIGURE,
    /// Keys, workspaces and the audit trail.
    ADMINISTER
}
