package io.campanile.grpc.campaign;

import io.campanile.application.campaign.ManageCampaigns;
import io.campanile.application.campaign.RevisionView;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.CampaignRevision;
import io.campanile.v1.ListCampaignRevisionsRequest;
import io.campanile.v1.ListCampaignRevisionsResponse;

import java.util.List;

/// Pages of revisions, which end early where their contents would make the answer too large.
final class RevisionCalls {
    private static final int DEFAULT_REVISIONS = 20;
    private static final int MOST_REVISIONS = 100;

    private final ManageCampaigns campaigns;

    RevisionCalls(ManageCampaigns campaigns) {
        this.campaigns = campaigns;
    }

    ListCampaignRevisionsResponse list(ListCampaignRevisionsRequest request) {
        CampaignName name = Names.campaign(request.getParent());
        int size = size(request.getPageSize());
        int below = Pages.number(request, Integer.MAX_VALUE);
        List<RevisionView> views =
                campaigns
                        .revisions(name, below, size)
                        .orElseThrow(() -> GrpcErrors.notFound(request.getParent()));
        var response = ListCampaignRevisionsResponse.newBuilder();
        long bytes = 0;
        int last = 0;
        for (RevisionView view : views) {
            CampaignRevision revision = ReviewProtos.revision(name, view);
            bytes += revision.getSerializedSize();
            if (last > 0 && bytes > Pages.MOST_BYTES) {
                return response.setNextPageToken(Pages.numbered(request, last)).build();
            }
            response.addRevisions(revision);
            last = view.revision().number();
        }
        if (views.size() == size && last > 1) {
            response.setNextPageToken(Pages.numbered(request, last));
        }
        return response.build();
    }

    private static int size(int asked) {
        return asked == 0 ? DEFAULT_REVISIONS : Math.min(asked, MOST_REVISIONS);
    }
}
