package io.campanile.persistence.access;

import io.campanile.application.access.port.Workspaces;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.statement.Update;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Workspaces on PostgreSQL.
public final class JdbiWorkspaces implements Workspaces {
    private static final String FIND =
            """
            SELECT workspace_id, display_name, create_time, emails_when_unset, allowed_list_on, time_zone,
              address_field, attribute_schema
            FROM workspace
            WHERE workspace_id = :id
            """;

    private static final String INSERT =
            """
            INSERT INTO workspace (workspace_id, display_name, create_time, emails_when_unset, allowed_list_on, time_zone,
              address_field, attribute_schema)
            VALUES (:id, :displayName, :createTime, :emailsWhenUnset, :allowedListOn, :timeZone, :addressField, CAST(:attributeSchema AS jsonb))
            ON CONFLICT (workspace_id) DO NOTHING
            """;

    private static final String UPDATE =
            """
            UPDATE workspace
            SET display_name = :displayName, emails_when_unset = :emailsWhenUnset, allowed_list_on = :allowedListOn,
              time_zone = :timeZone, address_field = :addressField,
              attribute_schema = CAST(:attributeSchema AS jsonb)
            WHERE workspace_id = :id
            """;

    private static final String SCHEMAS =
            """
            SELECT workspace_id, attribute_schema
            FROM workspace
            WHERE jsonb_array_length(attribute_schema -> 'attributes') > 0 OR (attribute_schema -> 'unknownRefused')::boolean
            """;

    private final Store store;

    public JdbiWorkspaces(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Workspace> find(WorkspaceId id) {
        return find(id, FIND);
    }

    @Override
    public Optional<Workspace> lock(WorkspaceId id) {
        return find(id, FIND + " FOR NO KEY UPDATE");
    }

    private Optional<Workspace> find(WorkspaceId id, String query) {
        return store.inStatement(handle ->
                handle.createQuery(query)
                        .bind("id", id.value())
                        .map((row, _) ->
                                new Workspace(
                                        new WorkspaceId(row.getString("workspace_id")),
                                        row.getString("display_name"),
                                        RowTimes.time(row, "create_time"),
                                        row.getBoolean("emails_when_unset"),
                                        row.getBoolean("allowed_list_on"),
                                        ZoneId.of(row.getString("time_zone")),
                                        row.getString("address_field"),
                                        AttributeSchemaJson.read(
                                                row.getString("attribute_schema"))))
                        .findOne());
    }

    @Override
    public boolean insert(Workspace workspace) {
        int inserted =
                store.inStatement(handle ->
                        bind(handle.createUpdate(INSERT), workspace)
                                .bind("createTime", workspace.createTime())
                                .execute());
        return inserted == 1;
    }

    @Override
    public void update(Workspace workspace) {
        store.inStatement(handle -> bind(handle.createUpdate(UPDATE), workspace).execute());
    }

    @Override
    public Map<WorkspaceId, AttributeSchema> attributeSchemas() {
        return store.inStatement(handle ->
                handle.createQuery(SCHEMAS)
                        .map((row, _) ->
                                Map.entry(
                                        new WorkspaceId(row.getString("workspace_id")),
                                        AttributeSchemaJson.read(
                                                row.getString("attribute_schema"))))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Update bind(Update statement, Workspace workspace) {
        return statement
                .bind("id", workspace.id().value())
                .bind("displayName", workspace.displayName())
                .bind("emailsWhenUnset", workspace.emailsWhenUnset())
                .bind("allowedListOn", workspace.allowedListOn())
                .bind("timeZone", workspace.timeZone().getId())
                .bind("addressField", workspace.addressField())
                .bind("attributeSchema", AttributeSchemaJson.write(workspace.attributeSchema()));
    }
}
