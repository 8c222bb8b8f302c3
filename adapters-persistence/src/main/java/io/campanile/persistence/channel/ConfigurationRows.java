package io.campanile.persistence.channel;

import io.campanile.application.channel.port.ConfigurationVersion;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationDefinition;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Json;

import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/// Rows of `channel_configuration`, to and fro.
final class ConfigurationRows {
    /// What [#configuration] reads.
    static final String SELECT =
            """
            SELECT f.channel_configuration_id, f.workspace_id, f.chosen_id, f.display_name, f.category, f.state,
              f.definition, f.secret_key_id, f.secret, f.version, f.create_time, f.update_time
            FROM channel_configuration f
            """;

    private ConfigurationRows() {}

    /// What [#configuration] reads, or nothing where it cannot be read.
    ///
    /// @param unreadable told why
    static Optional<ChannelConfiguration> ifReadable(
            ResultSet row, BiConsumer<ConfigurationVersion, RuntimeException> unreadable)
            throws SQLException {
        try {
            return Optional.of(configuration(row));
        } catch (RuntimeException e) {
            unreadable.accept(
                    new ConfigurationVersion(
                            new WorkspaceId(row.getString("workspace_id")),
                            id(row),
                            row.getLong("version")),
                    e);
            return Optional.empty();
        }
    }

    private static ChannelConfigurationId id(ResultSet row) throws SQLException {
        return new ChannelConfigurationId(row.getObject("channel_configuration_id", UUID.class));
    }

    static ChannelConfiguration configuration(ResultSet row) throws SQLException {
        return new ChannelConfiguration(
                id(row),
                new ChannelConfigurationName(
                        new WorkspaceId(row.getString("workspace_id")), row.getString("chosen_id")),
                Category.valueOf(row.getString("category")),
                definition(row),
                ChannelConfiguration.State.valueOf(row.getString("state")),
                row.getLong("version"),
                row.getObject("create_time", OffsetDateTime.class).toInstant(),
                row.getObject("update_time", OffsetDateTime.class).toInstant());
    }

    private static ConfigurationDefinition definition(ResultSet row) throws SQLException {
        return ConfigurationJson.definition(
                row.getString("display_name"),
                Json.parse(row.getString("definition")),
                secret(row));
    }

    private static @Nullable SealedSecret secret(ResultSet row) throws SQLException {
        String keyId = row.getString("secret_key_id");
        return keyId == null ? null : new SealedSecret(keyId, row.getBytes("secret"));
    }

    /// Binds every column by its name in camel case.
    static <S extends SqlStatement<S>> S bind(S statement, ChannelConfiguration configuration) {
        ConfigurationDefinition definition = configuration.definition();
        SmtpServer.Credentials credentials = definition.smtp().credentials();
        return statement
                .bind("id", configuration.id().value())
                .bind("workspace", configuration.name().workspace().value())
                .bind("chosenId", configuration.name().channelConfiguration())
                .bind("displayName", definition.displayName())
                .bind("channel", configuration.channel().name())
                .bind("category", configuration.category().name())
                .bind("state", configuration.state().name())
                .bind("definition", ConfigurationJson.write(definition))
                .bind("secretKeyId", credentials == null ? null : credentials.password().keyId())
                .bind("secret", credentials == null ? null : credentials.password().bytes())
                .bind("version", configuration.version())
                .bind("createTime", configuration.createTime())
                .bind("updateTime", configuration.updateTime());
    }
}
