package io.campanile.application.channel.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Channel configurations; their rows are what marks lock shared. Thread-safe; joins the running
/// transaction, if any; throws [io.campanile.application.store.StoreUnavailable] when the database
/// is away.
public interface ChannelConfigurations {
    /// What lists can be filtered and ordered by.
    ListFields<ChannelConfiguration> FIELDS =
            ListFields.<ChannelConfiguration>orderedBy(
                            new SortOrder("name", false),
                            configuration -> configuration.name().channelConfiguration())
                    .sortable("name", configuration -> configuration.name().channelConfiguration())
                    .sortableTime("create_time", ChannelConfiguration::createTime)
                    .sortableTime("update_time", ChannelConfiguration::updateTime)
                    .sortableText(
                            "display_name",
                            configuration -> configuration.definition().displayName())
                    .choice("state", ChannelConfiguration.State.class)
                    .choice("category", Category.class)
                    .build();

    Optional<ChannelConfiguration> find(ChannelConfigurationName name);

    /// All of all workspaces that can be read, in the order of their ids.
    ///
    /// @param unreadable told of each of the others, and why
    List<ChannelConfiguration> all(BiConsumer<ConfigurationVersion, RuntimeException> unreadable);

    /// Which attributes of people the workspace's configurations take addresses from, by dotted
    /// path, also those of configurations that cannot be read otherwise.
    Set<String> addressFields(WorkspaceId workspace);

    /// The configuration, locked against other changes and against marks until the end of the
    /// running transaction.
    Optional<ChannelConfiguration> lock(ChannelConfigurationName name);

    /// The configuration, as it stays until the end of the running transaction: whoever locks it
    /// waits for that; marks do not, and others may share it.
    Optional<ChannelConfiguration> share(ChannelConfigurationName name);

    /// Adds a configuration.
    ///
    /// @return false, and nothing is written, when the name is taken
    boolean insert(ChannelConfiguration configuration);

    /// Replaces the configuration with the same id, which was locked.
    void update(ChannelConfiguration configuration);

    void delete(ChannelConfigurationId id);

    /// Fields: see [#FIELDS].
    List<ChannelConfiguration> list(WorkspaceId workspace, Query query);
}
