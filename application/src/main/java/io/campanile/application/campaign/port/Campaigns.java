package io.campanile.application.campaign.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.channel.Category;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Campaigns and their revisions. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Campaigns {
    /// What lists can be filtered and ordered by. Channel configuration, topic, audience and rule
    /// sets are those of the live revision, of the draft before the first activation; of names the
    /// last part.
    ListFields<Campaign> FIELDS =
            ListFields.<Campaign>orderedBy(
                            new SortOrder("create_time", true),
                            campaign -> campaign.name().campaign())
                    .sortableTime("create_time", campaign -> campaign.header().createTime())
                    .sortableTime("update_time", campaign -> campaign.header().updateTime())
                    .sortableText(
                            "display_name",
                            campaign -> campaign.header().properties().displayName())
                    .sortable("name", campaign -> campaign.name().campaign())
                    .textList("tags")
                    .text("channel_configuration")
                    .text("topic")
                    .text("audience")
                    .textList("rule_sets")
                    .choice("state", Campaign.State.class)
                    .choice("category", Category.class)
                    .flag("has_draft")
                    .build();

    Optional<Campaign> find(CampaignName name);

    Optional<Campaign> find(CampaignId id);

    /// The campaign, locked against other changes until the end of the running transaction.
    Optional<Campaign> lock(CampaignName name);

    /// Adds a campaign.
    ///
    /// @return false, and nothing is written, when the name is taken
    boolean insert(Campaign.Draft campaign);

    /// Replaces the campaign with the same id, which was locked; its live revision must have been
    /// added.
    void update(Campaign campaign);

    /// Removes the campaign, its revisions and its control row.
    void delete(CampaignId id);

    /// The campaigns without their contents. Fields: see [#FIELDS]. Times of the cursor are exact
    /// to the microsecond.
    List<Campaign> list(WorkspaceId workspace, Query query);

    /// Adds a revision; revisions never change.
    ///
    /// @throws IllegalStateException when the number is taken
    void addRevision(CampaignId id, Revision revision);

    Optional<Revision> revision(CampaignId id, int number);

    /// Revisions with a smaller number, newest first.
    List<Revision> revisions(CampaignId id, int below, int limit);

    /// Id and version of every campaign in state `SCHEDULED`, `LIVE` or `PAUSED`.
    List<CampaignVersion> running();

    /// At most `limit` campaigns whose start or end time has come and that do not show it yet.
    ///
    /// @param but campaigns to leave out
    List<CampaignName> due(Instant now, Set<CampaignName> but, int limit);

    /// At most `limit` campaigns archived before then of which no message and no execution is kept
    /// any more. Others must stay, because without its campaign nobody would find a message again,
    /// not even to erase whom it names. A campaign may be named some time later than it could be,
    /// but not never.
    ///
    /// @param but campaigns to leave out
    List<CampaignName> purgeable(Instant archivedBefore, Set<CampaignName> but, int limit);
}
