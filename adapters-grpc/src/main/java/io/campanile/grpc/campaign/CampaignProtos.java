package io.campanile.grpc.campaign;

import io.campanile.application.campaign.CampaignEdit;
import io.campanile.application.campaign.PauseResult;
import io.campanile.application.store.NodeClock;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignLifecycle;
import io.campanile.domain.campaign.CampaignProperties;
import io.campanile.domain.campaign.PauseMode;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.channel.Category;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.resource.Categories;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.PauseCampaignResponse;
import io.campanile.v1.StopCampaignResponse;

import java.time.Instant;

/// Campaigns between protobuf and the domain.
final class CampaignProtos {
    private final NodeClock clock;

    CampaignProtos(NodeClock clock) {
        this.clock = clock;
    }

    /// The whole campaign, as of now. Its version is the one that is stored, or changes would
    /// refuse what the clock has moved and no job has stored yet.
    io.campanile.v1.Campaign campaign(Campaign stored) {
        Instant now = clock.instant();
        Campaign campaign = stored.asOf(now, clock.isInDoubt());
        var proto =
                io.campanile.v1.Campaign.newBuilder()
                        .setName(campaign.name().toString())
                        .setState(
                                Enums.proto(
                                        io.campanile.v1.Campaign.State.class,
                                        "STATE_",
                                        campaign.state()))
                        .setCreateTime(Times.timestamp(campaign.header().createTime()))
                        .setUpdateTime(Times.timestamp(stored.header().updateTime()))
                        .setEtag(Edits.etag(stored.version()));
        CampaignDefinition draft = campaign.draft();
        if (draft != null) {
            proto.setDraft(definition(campaign, draft));
        }
        if (campaign instanceof Campaign.Activated activated) {
            proto.setLive(definition(campaign, activated.live().definition()))
                    .setLiveRevision(Names.revision(campaign.name(), activated.live().number()));
        }
        PauseMode pause = campaign.pause();
        if (pause != null) {
            proto.setPauseMode(
                    Enums.proto(io.campanile.v1.Campaign.PauseMode.class, "PAUSE_MODE_", pause));
        }
        CampaignLifecycle.availableActions(campaign, now).stream()
                .sorted()
                .forEach(action ->
                        proto.addAvailableActions(
                                Enums.proto(
                                        io.campanile.v1.Campaign.Action.class, "ACTION_", action)));
        return proto.build();
    }

    private static io.campanile.v1.CampaignDefinition definition(
            Campaign campaign, CampaignDefinition definition) {
        return DefinitionProtos.definition(campaign.name().workspace(), definition)
                .mergeFrom(properties(campaign.header().properties()))
                .setCategory(Categories.proto(campaign.header().category()))
                .build();
    }

    /// The campaign as lists show it: without contents.
    io.campanile.v1.Campaign overview(Campaign campaign) {
        var proto = campaign(campaign).toBuilder();
        if (proto.hasDraft()) {
            proto.getDraftBuilder().clearContent();
        }
        if (proto.hasLive()) {
            proto.getLiveBuilder().clearContent();
        }
        return proto.build();
    }

    PauseCampaignResponse paused(PauseResult.Paused paused) {
        var response =
                PauseCampaignResponse.newBuilder()
                        .setCampaign(campaign(paused.campaign()))
                        .setInHandOverCount(paused.inHandOver());
        paused.held().ifPresent(response::setHeldCount);
        return response.build();
    }

    StopCampaignResponse stopped(Campaign campaign) {
        StopCounts counts =
                campaign instanceof Campaign.Stopped stopped ? stopped.counts() : StopCounts.NONE;
        var response =
                StopCampaignResponse.newBuilder()
                        .setCampaign(campaign(campaign))
                        .setInHandOverCount(counts.inHandOver());
        counts.toCancel().ifPresent(response::setToCancelCount);
        return response.build();
    }

    /// What of a campaign can be edited, for a field mask to work on.
    static io.campanile.v1.Campaign editable(
            WorkspaceId workspace, Category category, CampaignEdit edit) {
        CampaignDefinition draft = edit.draft();
        var definition =
                draft == null
                        ? io.campanile.v1.CampaignDefinition.newBuilder()
                        : DefinitionProtos.definition(workspace, draft);
        return io.campanile.v1.Campaign.newBuilder()
                .setDraft(
                        definition
                                .mergeFrom(properties(edit.properties()))
                                .setCategory(Categories.proto(category)))
                .build();
    }

    private static io.campanile.v1.CampaignDefinition properties(CampaignProperties properties) {
        return io.campanile.v1.CampaignDefinition.newBuilder()
                .setDisplayName(properties.displayName())
                .setDescription(properties.description())
                .addAllTags(properties.tags())
                .build();
    }

    static CampaignProperties properties(io.campanile.v1.CampaignDefinition definition) {
        return new CampaignProperties(
                definition.getDisplayName(), definition.getDescription(), definition.getTagsList());
    }

    static PauseMode pauseMode(io.campanile.v1.Campaign.PauseMode mode) {
        return switch (mode) {
            case PAUSE_MODE_HOLD -> PauseMode.HOLD;
            case PAUSE_MODE_REFUSE -> PauseMode.REFUSE;
            case PAUSE_MODE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked pause mode");
        };
    }
}
