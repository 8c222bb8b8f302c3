package io.campanile.grpc.resource;

import io.campanile.domain.campaign.CampaignName;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.ErrorReason;
import io.grpc.StatusRuntimeException;

import java.util.Map;

/// What a campaign is not ready or made for, as errors: several services refuse it.
public final class CampaignProblems {
    private CampaignProblems() {}

    public static StatusRuntimeException neverActivated(CampaignName campaign) {
        return refused(
                campaign,
                ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT,
                "the campaign was never activated");
    }

    public static StatusRuntimeException transactional(CampaignName campaign) {
        return refused(
                campaign,
                ErrorReason.ERROR_REASON_CAMPAIGN_TRANSACTIONAL,
                "only marketing campaigns are for audiences");
    }

    private static StatusRuntimeException refused(
            CampaignName campaign, ErrorReason reason, String text) {
        return GrpcErrors.failedPrecondition(reason, text, Map.of("campaign", campaign.toString()));
    }
}
