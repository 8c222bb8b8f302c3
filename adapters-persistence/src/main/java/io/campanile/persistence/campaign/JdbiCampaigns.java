package io.campanile.persistence.campaign;

import io.campanile.application.campaign.port.CampaignVersion;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.query.Query;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockedRow;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.Store;
import io.campanile.persistence.delivery.ControlGate;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Campaigns and their revisions on PostgreSQL.
public final class JdbiCampaigns implements Campaigns {
    private static final SqlList LISTS =
            new SqlList(
                    Campaigns.FIELDS,
                    Map.ofEntries(
                            Map.entry("create_time", "c.create_time"),
                            Map.entry("update_time", "c.update_time"),
                            Map.entry("display_name", "c.display_name"),
                            Map.entry("name", "c.chosen_id"),
                            Map.entry("tags", "c.tags"),
                            Map.entry(
                                    "channel_configuration",
                                    "coalesce(r.definition, c.draft) ->> 'channelConfiguration'"),
                            Map.entry("topic", "coalesce(r.definition, c.draft) ->> 'topic'"),
                            Map.entry("audience", "coalesce(r.definition, c.draft) ->> 'audience'"),
                            Map.entry(
                                    "rule_sets",
                                    "ARRAY(SELECT jsonb_array_elements_text("
                                            + "coalesce(r.definition, c.draft) -> 'ruleSets'))"),
                            Map.entry("state", "c.state"),
                            Map.entry("category", "c.category"),
                            Map.entry("has_draft", "(c.draft IS NOT NULL)::text")),
                    "c.chosen_id");

    private final Store store;

    public JdbiCampaigns(Store store) {
        this.store = store;
    }

    private static final String BY_NAME =
            CampaignRows.SELECT + "WHERE c.workspace_id = :workspace AND c.chosen_id = :chosenId";

    private static final String BY_ID = CampaignRows.SELECT + "WHERE c.campaign_id = :id";

    @Override
    public Optional<Campaign> find(CampaignName name) {
        return store.inStatement(handle -> find(handle, name));
    }

    private static Optional<Campaign> find(Handle handle, CampaignName name) {
        return handle.createQuery(BY_NAME)
                .bind("workspace", name.workspace().value())
                .bind("chosenId", name.campaign())
                .map((row, _) -> CampaignRows.campaign(row))
                .findOne();
    }

    @Override
    public Optional<Campaign> find(CampaignId id) {
        return store.inStatement(handle ->
                handle.createQuery(BY_ID)
                        .bind("id", id.value())
                        .map((row, _) -> CampaignRows.campaign(row))
                        .findOne());
    }

    private static final String LOCK =
            """
            SELECT c.campaign_id
            FROM campaign c
            WHERE c.workspace_id = :workspace AND c.chosen_id = :chosenId
            FOR UPDATE
            """;

    // Read by a second statement: one that waited for the lock would join the campaign as it is now
    // with the revision that was live before.
    @Override
    public Optional<Campaign> lock(CampaignName name) {
        return store.inTransaction(handle -> {
            boolean found =
                    handle.createQuery(LOCK)
                            .bind("workspace", name.workspace().value())
                            .bind("chosenId", name.campaign())
                            .mapTo(UUID.class)
                            .findOne()
                            .isPresent();
            return found ? find(handle, name) : Optional.empty();
        });
    }

    private static final String INSERT =
            """
            INSERT INTO campaign (campaign_id, workspace_id, chosen_id, category, display_name, description, tags, state,
              pause_mode, live_revision, draft, stop_to_cancel, stop_in_hand_over, start_time, end_time, version,
              create_time, update_time)
            VALUES (:id, :workspace, :chosenId, :category, :displayName, :description, :tags, :state,
              :pauseMode, :liveRevision, :draft::jsonb, :stopToCancel, :stopInHandOver, :startTime, :endTime, :version,
              :createTime, :updateTime)
            ON CONFLICT DO NOTHING
            """;

    @Override
    public boolean insert(Campaign.Draft campaign) {
        return store.inStatement(
                handle -> CampaignRows.bind(handle.createUpdate(INSERT), campaign).execute() == 1);
    }

    private static final String UPDATE =
            """
            UPDATE campaign
            SET display_name = :displayName, description = :description, tags = :tags, state = :state,
              pause_mode = :pauseMode, live_revision = :liveRevision, draft = :draft::jsonb,
              stop_to_cancel = :stopToCancel, stop_in_hand_over = :stopInHandOver, start_time = :startTime,
              end_time = :endTime, version = :version, update_time = :updateTime
            WHERE campaign_id = :id
            """;

    @Override
    public void update(Campaign campaign) {
        LockedRow.requireMet(
                store.inStatement(handle ->
                        CampaignRows.bind(handle.createUpdate(UPDATE), campaign).execute()),
                campaign.name());
    }

    @Override
    public void delete(CampaignId id) {
        store.inTransaction(handle -> {
            ControlGate.enter(handle, id.value());
            return handle.createUpdate("DELETE FROM campaign WHERE campaign_id = :id")
                    .bind("id", id.value())
                    .execute();
        });
    }

    @Override
    public List<Campaign> list(WorkspaceId workspace, Query query) {
        return LISTS.page(
                store,
                CampaignRows.SELECT_WITHOUT_CONTENT + "WHERE c.workspace_id = :workspace",
                workspace,
                query,
                (row, _) -> CampaignRows.campaign(row));
    }

    private static final String ADD_REVISION =
            """
            INSERT INTO campaign_revision (campaign_id, revision, definition, activated_by, rollback_of, create_time)
            VALUES (:id, :revision, :definition::jsonb, :activatedBy, nullif(:rollbackOf, 0), :createTime)
            """;

    @Override
    public void addRevision(CampaignId id, Revision revision) {
        store.inStatement(handle ->
                handle.createUpdate(ADD_REVISION)
                        .bind("id", id.value())
                        .bind("revision", revision.number())
                        .bind("definition", DefinitionJson.write(revision.definition()))
                        .bind("activatedBy", revision.createdBy().toString())
                        .bind("rollbackOf", revision.rollbackOf())
                        .bind("createTime", revision.createTime())
                        .execute());
    }

    private static final String REVISIONS =
            """
            SELECT r.revision, r.definition, r.activated_by, r.rollback_of, r.create_time
            FROM campaign_revision r
            WHERE r.campaign_id = :id AND r.revision BETWEEN :lowest AND :highest
            ORDER BY r.revision DESC
            LIMIT :limit
            """;

    @Override
    public Optional<Revision> revision(CampaignId id, int number) {
        return revisions(id, number, number, 1).stream().findFirst();
    }

    @Override
    public List<Revision> revisions(CampaignId id, int below, int limit) {
        return revisions(id, 1, below - 1, limit);
    }

    private List<Revision> revisions(CampaignId id, int lowest, int highest, int limit) {
        return store.inStatement(handle ->
                handle.createQuery(REVISIONS)
                        .bind("id", id.value())
                        .bind("lowest", lowest)
                        .bind("highest", highest)
                        .bind("limit", limit)
                        .map((row, _) -> CampaignRows.revision(row))
                        .list());
    }

    private static final String RUNNING =
            """
            SELECT c.campaign_id, c.version
            FROM campaign c
            WHERE c.state IN ('SCHEDULED', 'LIVE', 'PAUSED')
            """;

    @Override
    public List<CampaignVersion> running() {
        return store.inStatement(handle ->
                handle.createQuery(RUNNING)
                        .map((row, _) ->
                                new CampaignVersion(
                                        new CampaignId(row.getObject("campaign_id", UUID.class)),
                                        row.getLong("version")))
                        .list());
    }

    @Override
    public List<CampaignName> due(Instant now, Set<CampaignName> but, int limit) {
        return store.inStatement(handle -> DueRows.due(handle, now, but, limit));
    }

    @Override
    public List<CampaignName> purgeable(Instant archivedBefore, Set<CampaignName> but, int limit) {
        return store.inTransaction(handle -> DueRows.purgeable(handle, archivedBefore, but, limit));
    }
}
