package io.campanile.persistence.channel;

import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.channel.port.ConfigurationVersion;
import io.campanile.application.query.Query;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockedRow;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.ControlGate;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/// Channel configurations on PostgreSQL. Whatever changes a row first queues at the gate where the
/// marks that share it queue.
public final class JdbiChannelConfigurations implements ChannelConfigurations {
    private static final SqlList LISTS =
            new SqlList(
                    ChannelConfigurations.FIELDS,
                    Map.of(
                            "name", "f.chosen_id",
                            "create_time", "f.create_time",
                            "update_time", "f.update_time",
                            "display_name", "f.display_name",
                            "state", "f.state",
                            "category", "f.category"),
                    "f.chosen_id");

    private final Store store;

    public JdbiChannelConfigurations(Store store) {
        this.store = store;
    }

    private static final String BY_NAME =
            ConfigurationRows.SELECT
                    + "WHERE f.workspace_id = :workspace AND f.chosen_id = :chosenId";

    private static final String BY_ID =
            ConfigurationRows.SELECT + "WHERE f.channel_configuration_id = :id";

    private static final String ALL =
            ConfigurationRows.SELECT + "ORDER BY f.channel_configuration_id";

    @Override
    public Optional<ChannelConfiguration> find(ChannelConfigurationName name) {
        return store.inStatement(handle ->
                handle.createQuery(BY_NAME)
                        .bind("workspace", name.workspace().value())
                        .bind("chosenId", name.channelConfiguration())
                        .map((row, _) -> ConfigurationRows.configuration(row))
                        .findOne());
    }

    @Override
    public List<ChannelConfiguration> all(
            BiConsumer<ConfigurationVersion, RuntimeException> unreadable) {
        List<Optional<ChannelConfiguration>> rows =
                store.inStatement(handle ->
                        handle.createQuery(ALL)
                                .map((row, _) -> ConfigurationRows.ifReadable(row, unreadable))
                                .list());
        return rows.stream().flatMap(Optional::stream).toList();
    }

    private static final String ADDRESS_FIELDS =
            """
            SELECT DISTINCT f.definition ->> 'addressField'
            FROM channel_configuration f
            WHERE f.workspace_id = :workspace AND f.definition ->> 'addressField' <> ''
            """;

    @Override
    public Set<String> addressFields(WorkspaceId workspace) {
        return store.inStatement(handle ->
                handle.createQuery(ADDRESS_FIELDS)
                        .bind("workspace", workspace.value())
                        .mapTo(String.class)
                        .set());
    }

    // No lock on the row or at the gate: who holds one of those shared and waits for a campaign's
    // gate would wait for marks that wait for them. So who changes the row waits here first, where
    // marks never come.
    private static final String ENTER =
            "SELECT pg_advisory_xact_lock(hashtextextended('campanile configuration ' || :id::text,"
                    + " 0))";

    private static final String ENTER_SHARED =
            "SELECT pg_advisory_xact_lock_shared(hashtextextended('campanile configuration ' ||"
                    + " :id::text, 0))";

    private static final String ID =
            """
            SELECT f.channel_configuration_id
            FROM channel_configuration f
            WHERE f.workspace_id = :workspace AND f.chosen_id = :chosenId
            """;

    @Override
    public Optional<ChannelConfiguration> lock(ChannelConfigurationName name) {
        return store.inTransaction(handle -> {
            Optional<UUID> id = enter(handle, ENTER, name);
            id.ifPresent(found -> ControlGate.enter(handle, found));
            return id.flatMap(found -> find(handle, BY_ID + " FOR UPDATE", found));
        });
    }

    @Override
    public Optional<ChannelConfiguration> share(ChannelConfigurationName name) {
        return store.inTransaction(
                handle -> enter(handle, ENTER_SHARED, name).flatMap(id -> find(handle, BY_ID, id)));
    }

    private static Optional<UUID> enter(
            Handle handle, String enter, ChannelConfigurationName name) {
        Optional<UUID> id =
                handle.createQuery(ID)
                        .bind("workspace", name.workspace().value())
                        .bind("chosenId", name.channelConfiguration())
                        .mapTo(UUID.class)
                        .findOne();
        id.ifPresent(
                found -> handle.createQuery(enter).bind("id", found).mapTo(String.class).list());
        return id;
    }

    private static Optional<ChannelConfiguration> find(Handle handle, String query, UUID id) {
        return handle.createQuery(query)
                .bind("id", id)
                .map((row, _) -> ConfigurationRows.configuration(row))
                .findOne();
    }

    private static final String INSERT =
            """
            INSERT INTO channel_configuration (channel_configuration_id, workspace_id, chosen_id, display_name, channel,
              category, state, definition, secret_key_id, secret, version, create_time, update_time)
            VALUES (:id, :workspace, :chosenId, :displayName, :channel,
              :category, :state, :definition::jsonb, :secretKeyId, :secret, :version, :createTime, :updateTime)
            ON CONFLICT DO NOTHING
            """;

    @Override
    public boolean insert(ChannelConfiguration configuration) {
        return store.inStatement(handle ->
                ConfigurationRows.bind(handle.createUpdate(INSERT), configuration).execute() == 1);
    }

    private static final String UPDATE =
            """
            UPDATE channel_configuration
            SET display_name = :displayName, state = :state, definition = :definition::jsonb,
              secret_key_id = :secretKeyId, secret = :secret, version = :version, update_time = :updateTime
            WHERE channel_configuration_id = :id
            """;

    @Override
    public void update(ChannelConfiguration configuration) {
        int updated =
                store.inTransaction(handle -> {
                    ControlGate.enter(handle, configuration.id().value());
                    return ConfigurationRows.bind(handle.createUpdate(UPDATE), configuration)
                            .execute();
                });
        LockedRow.requireMet(updated, configuration.name());
    }

    private static final String DELETE =
            """
            DELETE FROM channel_configuration
            WHERE channel_configuration_id = :id
            """;

    @Override
    public void delete(ChannelConfigurationId id) {
        store.inTransaction(handle -> {
            ControlGate.enter(handle, id.value());
            return handle.createUpdate(DELETE).bind("id", id.value()).execute();
        });
    }

    @Override
    public List<ChannelConfiguration> list(WorkspaceId workspace, Query query) {
        return LISTS.page(
                store,
                ConfigurationRows.SELECT + "WHERE f.workspace_id = :workspace",
                workspace,
                query,
                (row, _) -> ConfigurationRows.configuration(row));
    }
}
