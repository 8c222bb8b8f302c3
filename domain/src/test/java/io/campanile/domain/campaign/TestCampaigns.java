package io.campanile.domain.campaign;

import static io.campanile.domain.campaign.DefinitionBuilder.aDefinition;

import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.Campaign.State;
import io.campanile.domain.campaign.CampaignRefusal.Reason;
import io.campanile.domain.channel.Category;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A campaign in every state, and what comes of calls for it at noon.
final class TestCampaigns {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Actor SOMEBODY = Actor.SYSTEM;

    private TestCampaigns() {}

    /// A campaign in the state of that name; `+DRAFT` with a draft beside the live revision,
    /// `+PAUSE` when it was paused as it ended.
    static Campaign inState(String state) {
        CampaignHeader header = draft(Schedule.ALWAYS).header();
        Revision live = first(Schedule.ALWAYS);
        @Nullable CampaignDefinition draft =
                state.endsWith("+DRAFT") ? aDefinition().over("draft-mail").build() : null;
        boolean paused = state.endsWith("+PAUSE");
        var later = new Schedule(NOON.plusSeconds(60), null);
        return switch (State.valueOf(state.replaceFirst("\\+.*", ""))) {
            case DRAFT -> draft(Schedule.ALWAYS);
            case SCHEDULED -> new Campaign.Scheduled(header, first(later), draft);
            case LIVE -> new Campaign.Live(header, live, draft);
            case PAUSED -> new Campaign.Paused(header, live, draft, PauseMode.HOLD);
            case STOPPED -> new Campaign.Stopped(header, live, null, StopCounts.NONE);
            case COMPLETED ->
                    new Campaign.Completed(header, live, null, paused ? PauseMode.HOLD : null);
            case ARCHIVED -> new Campaign.Archived(header, live, null, null);
        };
    }

    static Campaign.Draft draft(Schedule schedule) {
        return new Campaign.Draft(
                CampaignHeader.created(
                        new CampaignId(new UUID(0, 1)),
                        new CampaignName(WorkspaceId.DEFAULT, "receipt"),
                        Category.TRANSACTIONAL,
                        properties(),
                        NOON),
                aDefinition().during(schedule).build());
    }

    static Revision first(Schedule schedule) {
        return Revision.first(aDefinition().during(schedule).build(), NOON, SOMEBODY);
    }

    static CampaignProperties properties() {
        return new CampaignProperties("Receipt", "", new ArrayList<>(List.of("shop")));
    }

    static Campaign changed(Campaign campaign, CampaignCommand command) {
        return ((CampaignDecision.Changed) CampaignLifecycle.decide(campaign, command, NOON))
                .campaign();
    }

    /// The state after a call, `=` where nothing changes, `gone`, `copy`, or why it was refused,
    /// with `-` for the state.
    static String outcome(CampaignDecision decision) {
        return switch (decision) {
            case CampaignDecision.Changed(var campaign) -> campaign.state().name();
            case CampaignDecision.Unchanged _ -> "=";
            case CampaignDecision.Deleted _ -> "gone";
            case CampaignDecision.Duplicated _ -> "copy";
            case CampaignDecision.Refused(var refusal) ->
                    refusal.reason() == Reason.CAMPAIGN_STATE_CONFLICT
                            ? "-"
                            : refusal.reason().name().replace("CAMPAIGN_", "");
        };
    }
}
