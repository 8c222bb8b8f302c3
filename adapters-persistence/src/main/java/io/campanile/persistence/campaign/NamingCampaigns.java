package io.campanile.persistence.campaign;

import io.campanile.domain.use.CampaignUse;
import io.campanile.domain.use.Uses;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Sql;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.statement.Query;

import java.util.Map;

/// Finds campaigns whose definitions name something, on PostgreSQL.
final class NamingCampaigns {
    private final Store store;
    private final String find;

    /// Finds by this condition.
    ///
    /// @param names whether the definition `%s` names `:name`
    /// @param mayNeed whether a message in the queue `q` may need what is named; the more it leaves
    ///   out, the fewer are looked up
    NamingCampaigns(Store store, String names, String mayNeed) {
        this.store = store;
        this.find = find(mayNeed, names.formatted("c.draft"), names.formatted("r.definition"));
    }

    private static String find(String mayNeed, String draftNames, String revisionNames) {
        return Sql.of(
                NamingCampaigns.class,
                "naming-campaigns.sql",
                Map.of(
                        "mayNeed",
                        mayNeed,
                        "draftNames",
                        draftNames,
                        "revisionNames",
                        revisionNames));
    }

    Uses of(WorkspaceId workspace, String name) {
        return store.inStatement(handle ->
                uses(
                        handle.createQuery(find)
                                .bind("workspace", workspace.value())
                                .bind("name", name)));
    }

    /// Of rows with `chosen_id` and `tie`.
    static Uses uses(Query query) {
        return new Uses(
                query.map((row, _) ->
                                new CampaignUse(
                                        row.getString("chosen_id"),
                                        CampaignUse.Tie.valueOf(row.getString("tie"))))
                        .list());
    }
}
