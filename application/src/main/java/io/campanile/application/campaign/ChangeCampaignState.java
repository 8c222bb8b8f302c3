package io.campanile.application.campaign;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.campaign.CampaignChanges.Prepared;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.domain.campaign.CampaignCommand;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.PauseMode;
import io.campanile.domain.campaign.Revision;

import java.util.Optional;

/// What moves a campaign from state to state. Thread-safe.
public final class ChangeCampaignState {
    private final Campaigns campaigns;
    private final CampaignChanges changes;
    private final ReviewCampaign review;

    public ChangeCampaignState(
            Campaigns campaigns, CampaignChanges changes, ReviewCampaign review) {
        this.campaigns = campaigns;
        this.changes = changes;
        this.review = review;
    }

    /// Reviews the newest definition and, when nothing stands in the way, makes it live.
    public CampaignResult activate(CampaignName name, ChangeCall call) {
        return changes.change(
                name,
                call,
                (current, now) ->
                        new Prepared.Command(
                                new CampaignCommand.Activate(
                                        review.findings(current, current.newest(), now),
                                        call.by())));
    }

    /// Holds delivery. Once this returns, nothing is handed over but what the result names as in
    /// hand-over.
    public PauseResult pause(CampaignName name, PauseMode mode, ChangeCall call) {
        CampaignResult result =
                changes.change(
                        name,
                        call,
                        (_, _) -> new Prepared.Command(new CampaignCommand.Pause(mode)));
        return switch (result) {
            case CampaignResult.Done(var campaign) -> changes.paused(campaign);
            case CampaignResult.NotDone why -> new PauseResult.NotPaused(why);
        };
    }

    public CampaignResult resume(CampaignName name, ChangeCall call) {
        return changes.change(
                name, call, (_, _) -> new Prepared.Command(new CampaignCommand.Resume()));
    }

    /// Ends a campaign for good, whatever etag the caller has seen; repeated, it answers the same.
    /// Once this returns, nothing is handed over but what the counts name as in hand-over.
    public CampaignResult stop(CampaignName name, ChangeCall call) {
        return changes.change(
                name, call, (current, now) -> changes.stop(current, now, call.validateOnly()));
    }

    /// Makes an earlier revision's definition the next revision, if a review finds no error in it
    /// today.
    public CampaignResult rollBack(CampaignName name, int revision, ChangeCall call) {
        return changes.change(
                name,
                call,
                (current, now) -> {
                    Optional<Revision> target = campaigns.revision(current.id(), revision);
                    return target.<Prepared>map(found ->
                                    new Prepared.Command(
                                            new CampaignCommand.Rollback(
                                                    found,
                                                    review.findings(
                                                            current, found.definition(), now),
                                                    call.by())))
                            .orElseGet(() ->
                                    new Prepared.Answer(
                                            new CampaignResult.RevisionNotFound(name, revision)));
                });
    }

    public CampaignResult archive(CampaignName name, ChangeCall call) {
        return changes.change(
                name, call, (_, _) -> new Prepared.Command(new CampaignCommand.Archive()));
    }
}
