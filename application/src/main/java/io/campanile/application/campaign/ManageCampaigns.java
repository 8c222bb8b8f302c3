package io.campanile.application.campaign;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.campaign.CampaignChanges.Prepared;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.query.Filter;
import io.campanile.application.query.FilterInvalid;
import io.campanile.application.query.FilterNames;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignCommand;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignHeader;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.CampaignProperties;
import io.campanile.domain.campaign.Difference;
import io.campanile.domain.campaign.Differences;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.channel.Category;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What authors do with campaigns. Thread-safe.
public final class ManageCampaigns {
    private final Campaigns campaigns;
    private final CampaignChanges changes;

    public ManageCampaigns(Campaigns campaigns, CampaignChanges changes) {
        this.campaigns = campaigns;
        this.changes = changes;
    }

    public CampaignResult create(
            CampaignName name,
            Category category,
            CampaignProperties properties,
            CampaignDefinition definition,
            ChangeCall call) {
        CampaignHeader header =
                CampaignHeader.created(
                        newId(), name, category, properties, changes.changes().now());
        return changes.create(new Campaign.Draft(header, definition), call);
    }

    public Optional<Campaign> get(CampaignName name) {
        return campaigns.find(name);
    }

    /// Archived campaigns are listed only when the filter speaks of `state`.
    /// `channel_configuration`, `audience` and `rule_sets` are compared with the last part of a
    /// name or the whole.
    public Page<Campaign> list(WorkspaceId workspace, ListRequest request) {
        return Page.of(
                request,
                Campaigns.FIELDS,
                query -> campaigns.list(workspace, query.with(asked(workspace, query.filter()))));
    }

    /// Changes properties and draft.
    ///
    /// @param edit makes what is to be of what is; runs within the transaction and may throw
    public CampaignResult update(
            CampaignName name, UnaryOperator<CampaignEdit> edit, ChangeCall call) {
        return changes.change(
                name,
                call,
                (current, now) -> {
                    CampaignDefinition draft = current.draft();
                    CampaignEdit edited =
                            edit.apply(new CampaignEdit(current.header().properties(), draft));
                    CampaignDefinition changed =
                            Objects.equals(edited.draft(), draft) ? null : edited.draft();
                    return new Prepared.Command(
                            new CampaignCommand.Update(edited.properties(), changed));
                });
    }

    public CampaignResult delete(CampaignName name, ChangeCall call) {
        return changes.change(
                name, call, (_, _) -> new Prepared.Command(new CampaignCommand.Delete()));
    }

    /// Makes a draft campaign of another's newest definition.
    ///
    /// @param copy the name of the new campaign, in the same workspace
    /// @param displayName of the new campaign; the original's when empty
    public CampaignResult duplicate(
            CampaignName name, CampaignName copy, String displayName, ChangeCall call) {
        if (!name.workspace().equals(copy.workspace())) {
            throw new IllegalArgumentException("a copy stays in the workspace: " + copy);
        }
        CampaignId id = newId();
        return changes.change(
                name,
                copy,
                call,
                (_, _) ->
                        new Prepared.Command(new CampaignCommand.Duplicate(id, copy, displayName)));
    }

    public CampaignResult createDraft(CampaignName name, ChangeCall call) {
        return changes.change(
                name, call, (_, _) -> new Prepared.Command(new CampaignCommand.CreateDraft()));
    }

    public CampaignResult discardDraft(CampaignName name, ChangeCall call) {
        return changes.change(
                name, call, (_, _) -> new Prepared.Command(new CampaignCommand.DiscardDraft()));
    }

    /// A campaign's revisions, newest first, each compared with the one before; nothing when there
    /// is no such campaign.
    ///
    /// @param below only revisions with a smaller number
    public Optional<List<RevisionView>> revisions(CampaignName name, int below, int limit) {
        return campaigns
                .find(name)
                .map(campaign ->
                        compared(campaigns.revisions(campaign.id(), below, limit + 1), limit));
    }

    /// A campaign's revision of that number, compared with the one before; nothing when there is no
    /// such campaign or it has no such revision.
    public Optional<RevisionView> revision(CampaignName name, int number) {
        return revisions(name, number + 1, 1).stream()
                .flatMap(List::stream)
                .filter(view -> view.revision().number() == number)
                .findFirst();
    }

    private CampaignId newId() {
        return new CampaignId(changes.changes().newId());
    }

    private static List<RevisionView> compared(List<Revision> newestFirst, int limit) {
        List<RevisionView> views = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, newestFirst.size()); i++) {
            Revision revision = newestFirst.get(i);
            List<Difference> differences =
                    i + 1 == newestFirst.size()
                            ? List.of()
                            : Differences.between(
                                    newestFirst.get(i + 1).definition(), revision.definition());
            views.add(new RevisionView(revision, differences));
        }
        return views;
    }

    private static Filter asked(WorkspaceId workspace, Filter filter) {
        return withoutArchived(
                filter.reworded(
                                "channel_configuration",
                                lastPart(workspace, "channelConfigurations"))
                        .reworded("audience", lastPart(workspace, "audiences"))
                        .reworded("rule_sets", lastPart(workspace, "ruleSets")));
    }

    /// What is no name of the collection, although it looks like one, would match nothing.
    private static UnaryOperator<String> lastPart(WorkspaceId workspace, String collection) {
        return name -> {
            String last = FilterNames.lastPart(workspace, collection, name);
            if (last.contains("/")) {
                throw new FilterInvalid(
                        "%s is none of %s/%s/…, nor the last part of one."
                                .formatted(name, workspace.name(), collection));
            }
            return last;
        };
    }

    private static Filter withoutArchived(Filter filter) {
        if (filter.mentions("state")) {
            return filter;
        }
        var notArchived =
                new Filter.Comparison(
                        "state",
                        Filter.Operator.NOT_EQUAL,
                        new Filter.Value.Text(Campaign.State.ARCHIVED.name()));
        return new Filter.And(List.of(filter, notArchived));
    }
}
