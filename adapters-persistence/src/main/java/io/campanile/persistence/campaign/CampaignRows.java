package io.campanile.persistence.campaign;

import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.Campaign.Activated;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignHeader;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.CampaignProperties;
import io.campanile.domain.campaign.PauseMode;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.channel.Category;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/// Rows of `campaign` and `campaign_revision`, to and fro.
final class CampaignRows {
    /// What [#campaign] reads, of a campaign `c` and its live revision `r`.
    static final String SELECT = select("c.draft", "r.definition");

    /// The same without the contents, which can be as large as all the rest of a page.
    static final String SELECT_WITHOUT_CONTENT =
            select("c.draft - 'content' AS draft", "r.definition - 'content' AS definition");

    private CampaignRows() {}

    private static String select(String draft, String definition) {
        return """
        SELECT c.campaign_id, c.workspace_id, c.chosen_id, c.category, c.display_name, c.description, c.tags, c.state,
          c.pause_mode, %s, c.stop_to_cancel, c.stop_in_hand_over, c.version,
          c.create_time AS campaign_create_time, c.update_time,
          r.revision, %s, r.activated_by, r.rollback_of, r.create_time
        FROM campaign c
        LEFT JOIN campaign_revision r ON r.campaign_id = c.campaign_id AND r.revision = c.live_revision
        """
                .formatted(draft, definition);
    }

    static Campaign campaign(ResultSet row) throws SQLException {
        CampaignHeader header = header(row);
        String draftJson = row.getString("draft");
        CampaignDefinition draft = draftJson == null ? null : DefinitionJson.read(draftJson);
        Campaign.State state = Campaign.State.valueOf(row.getString("state"));
        return switch (state) {
            case DRAFT -> new Campaign.Draft(header, present(draft));
            case SCHEDULED -> new Campaign.Scheduled(header, revision(row), draft);
            case LIVE -> new Campaign.Live(header, revision(row), draft);
            case PAUSED ->
                    new Campaign.Paused(header, revision(row), draft, present(pauseMode(row)));
            case STOPPED ->
                    new Campaign.Stopped(header, revision(row), draft, present(counts(row)));
            case COMPLETED -> new Campaign.Completed(header, revision(row), draft, pauseMode(row));
            case ARCHIVED -> new Campaign.Archived(header, revision(row), draft, counts(row));
        };
    }

    static Revision revision(ResultSet row) throws SQLException {
        return new Revision(
                row.getInt("revision"),
                DefinitionJson.read(row.getString("definition")),
                time(row, "create_time"),
                new Actor(row.getString("activated_by")),
                row.getInt("rollback_of"));
    }

    static CampaignName name(ResultSet row) throws SQLException {
        return new CampaignName(
                new WorkspaceId(row.getString("workspace_id")), row.getString("chosen_id"));
    }

    private static CampaignHeader header(ResultSet row) throws SQLException {
        return new CampaignHeader(
                new CampaignId(row.getObject("campaign_id", UUID.class)),
                name(row),
                Category.valueOf(row.getString("category")),
                new CampaignProperties(
                        row.getString("display_name"),
                        row.getString("description"),
                        List.of((String[]) row.getArray("tags").getArray())),
                time(row, "campaign_create_time"),
                time(row, "update_time"),
                row.getLong("version"));
    }

    private static @Nullable PauseMode pauseMode(ResultSet row) throws SQLException {
        String mode = row.getString("pause_mode");
        return mode == null ? null : PauseMode.valueOf(mode);
    }

    private static @Nullable StopCounts counts(ResultSet row) throws SQLException {
        Long toCancel = row.getObject("stop_to_cancel", Long.class);
        Long inHandOver = row.getObject("stop_in_hand_over", Long.class);
        if (inHandOver == null) {
            return null;
        }
        return toCancel == null
                ? StopCounts.uncounted(inHandOver)
                : new StopCounts(toCancel, inHandOver);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a campaign's row does not fit its state");
        }
        return value;
    }

    /// Binds every column of `campaign` by its name in camel case.
    static <S extends SqlStatement<S>> S bind(S statement, Campaign campaign) {
        CampaignHeader header = campaign.header();
        return bindState(statement, campaign)
                .bind("id", header.id().value())
                .bind("workspace", header.name().workspace().value())
                .bind("chosenId", header.name().campaign())
                .bind("category", header.category().name())
                .bind("displayName", header.properties().displayName())
                .bind("description", header.properties().description())
                .bind("tags", SqlArrays.texts(header.properties().tags(), tag -> tag))
                .bind("version", header.version())
                .bind("createTime", header.createTime())
                .bind("updateTime", header.updateTime());
    }

    private static <S extends SqlStatement<S>> S bindState(S statement, Campaign campaign) {
        Revision live = campaign instanceof Activated activated ? activated.live() : null;
        Schedule schedule = live == null ? Schedule.ALWAYS : live.definition().schedule();
        CampaignDefinition draft = campaign.draft();
        StopCounts counts = counts(campaign);
        PauseMode pause = campaign.pause();
        return statement
                .bind("state", campaign.state().name())
                .bind("pauseMode", pause == null ? null : pause.name())
                .bind("liveRevision", live == null ? null : live.number())
                .bind("draft", draft == null ? null : DefinitionJson.write(draft))
                .bind("stopToCancel", toCancel(counts))
                .bind("stopInHandOver", counts == null ? null : counts.inHandOver())
                .bind("startTime", schedule.startTime())
                .bind("endTime", schedule.endTime());
    }

    private static @Nullable Long toCancel(@Nullable StopCounts counts) {
        return counts == null || counts.toCancel().isEmpty()
                ? null
                : (Long) counts.toCancel().getAsLong();
    }

    private static @Nullable StopCounts counts(Campaign campaign) {
        return switch (campaign) {
            case Campaign.Stopped stopped -> stopped.counts();
            case Campaign.Archived archived -> archived.counts();
            case Campaign.Draft _,
                    Campaign.Scheduled _,
                    Campaign.Live _,
                    Campaign.Paused _,
                    Campaign.Completed _ ->
                    null;
        };
    }
}
