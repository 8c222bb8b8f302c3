package io.campanile.application.campaign;

import io.campanile.domain.access.AuditAction;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.Campaign.Activated;
import io.campanile.domain.campaign.CampaignCommand;

/// How commands on campaigns read in the audit trail.
final class CampaignAudit {
    private CampaignAudit() {}

    static AuditAction action(CampaignCommand command) {
        return switch (command.action()) {
            case UPDATE -> AuditAction.CAMPAIGN_UPDATED;
            case DELETE -> AuditAction.CAMPAIGN_DELETED;
            case ACTIVATE -> AuditAction.CAMPAIGN_ACTIVATED;
            case PAUSE -> AuditAction.CAMPAIGN_PAUSED;
            case RESUME -> AuditAction.CAMPAIGN_RESUMED;
            case STOP -> AuditAction.CAMPAIGN_STOPPED;
            case ROLLBACK -> AuditAction.CAMPAIGN_ROLLED_BACK;
            case DUPLICATE -> AuditAction.CAMPAIGN_CREATED;
            case ARCHIVE -> AuditAction.CAMPAIGN_ARCHIVED;
            case CREATE_DRAFT -> AuditAction.CAMPAIGN_DRAFT_CREATED;
            case DISCARD_DRAFT -> AuditAction.CAMPAIGN_DRAFT_DISCARDED;
        };
    }

    static String detail(CampaignCommand command, Campaign changed) {
        return switch (command) {
            case CampaignCommand.Activate _ when changed instanceof Activated activated ->
                    "revision %d, %s".formatted(activated.live().number(), changed.state());
            case CampaignCommand.Rollback(var target, _, _)
                    when changed instanceof Activated activated ->
                    "revision %d repeats revision %d"
                            .formatted(activated.live().number(), target.number());
            case CampaignCommand.Pause(var mode) -> "mode " + mode;
            case CampaignCommand.Stop(var counts) ->
                    "to cancel %s, in hand-over %d"
                            .formatted(
                                    counts.toCancel().isPresent()
                                            ? counts.toCancel().getAsLong()
                                            : "uncounted",
                                    counts.inHandOver());
            case CampaignCommand.Activate _,
                    CampaignCommand.Rollback _,
                    CampaignCommand.Update _,
                    CampaignCommand.Delete _,
                    CampaignCommand.Resume _,
                    CampaignCommand.Duplicate _,
                    CampaignCommand.Archive _,
                    CampaignCommand.CreateDraft _,
                    CampaignCommand.DiscardDraft _ ->
                    "";
        };
    }
}
