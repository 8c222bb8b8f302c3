package io.campanile.grpc.resource;

import com.google.rpc.PreconditionFailure;

import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.use.CampaignUse;
import io.campanile.domain.use.Uses;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;

/// Whoever keeps a resource from being deleted or deactivated, in errors.
public final class UseErrors {
    private UseErrors() {}

    public static List<PreconditionFailure.Violation> violations(WorkspaceId workspace, Uses uses) {
        return uses.all().stream().map(use -> violation(workspace, use)).toList();
    }

    private static PreconditionFailure.Violation violation(WorkspaceId workspace, CampaignUse use) {
        return PreconditionFailure.Violation.newBuilder()
                .setType("CAMPAIGN")
                .setSubject(new CampaignName(workspace, use.campaign()).toString())
                .setDescription(
                        switch (use.tie()) {
                            case LIVE -> "Its live revision names it.";
                            case OPEN -> "Messages or broadcasts of it are open that need it.";
                            case DRAFT -> "Its draft names it.";
                            case FORMER -> "A revision of it names it.";
                        })
                .build();
    }

    /// Names an audience whose rule asks for the listed members of another.
    public static PreconditionFailure.Violation violation(AudienceName asker) {
        return PreconditionFailure.Violation.newBuilder()
                .setType("AUDIENCE")
                .setSubject(asker.toString())
                .setDescription("Its rule asks who is listed in it.")
                .build();
    }
}
