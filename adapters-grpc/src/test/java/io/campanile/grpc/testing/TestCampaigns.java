package io.campanile.grpc.testing;

import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import io.campanile.application.access.ChangeCall;
import io.campanile.domain.access.Actor;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.GrpcServices;
import io.campanile.testkit.campaign.CampaignBuilder;

import java.util.List;

/// The campaigns of a [GrpcWorld]: in each workspace a live one, a draft and one that was stopped.
public final class TestCampaigns {
    /// The live one of the workspace that the keys are for.
    public static final String RECEIPT = OWN + "/campaigns/receipt";

    private TestCampaigns() {}

    static void populate(GrpcServices.UseCases useCases) {
        ChangeCall call = ChangeCall.by(Actor.SYSTEM);
        for (WorkspaceId workspace : List.of(WorkspaceId.DEFAULT, GrpcWorld.OTHER)) {
            for (String name : List.of("receipt", "unfinished", "stopped")) {
                CampaignBuilder campaign = aCampaign().in(workspace).named(name);
                useCases.campaigns()
                        .campaigns()
                        .create(
                                campaign.name(),
                                campaign.draft().header().category(),
                                campaign.properties(),
                                campaign.definition(),
                                call);
                if (!name.equals("unfinished")) {
                    useCases.campaigns().states().activate(campaign.name(), call);
                }
                if (name.equals("stopped")) {
                    useCases.campaigns().states().stop(campaign.name(), call);
                }
            }
        }
    }
}
