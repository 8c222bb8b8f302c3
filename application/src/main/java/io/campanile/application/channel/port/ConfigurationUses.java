package io.campanile.application.channel.port;

import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.use.Uses;

/// Which campaigns depend on channel configurations. Thread-safe; joins the running transaction, if
/// any; throws [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface ConfigurationUses {
    /// The campaigns that depend on the channel configuration.
    Uses uses(ChannelConfigurationName configuration);
}
