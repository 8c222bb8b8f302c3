package io.campanile.application.access;

/// What somebody who may set a node up gets by an owner key that they name for a workspace.
public enum OwnerKey {
    /// It opens the workspace: it did already, or it does from now on.
    OPENS,
    /// It was revoked, and stays so.
    REVOKED,
    EXPIRED,
    OF_ANOTHER_WORKSPACE,
    WITHOUT_THE_ROLE,
    /// There is no such workspace.
    OF_NO_WORKSPACE
}
