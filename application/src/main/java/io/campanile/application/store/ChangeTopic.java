package io.campanile.application.store;

/// What nodes keep copies of in memory.
public enum ChangeTopic {
    /// Campaigns and channel configurations.
    CAMPAIGNS,
    /// API keys and workspaces.
    ACCESS
}
