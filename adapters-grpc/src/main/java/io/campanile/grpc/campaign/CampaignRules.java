package io.campanile.grpc.campaign;

import com.google.protobuf.FieldMask;

import io.campanile.domain.profile.Identity;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Categories;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.Campaign;
import io.campanile.v1.CampaignDefinition;
import io.campanile.v1.Category;
import io.campanile.v1.RollbackCampaignRequest;
import io.campanile.v1.ViolationReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the protos cannot say about campaigns, because it depends on the call.
final class CampaignRules {
    /// What belongs to a campaign as a whole, although drafts carry it.
    private static final Set<String> PROPERTIES =
            Set.of("draft.display_name", "draft.description", "draft.tags", "draft.category");

    private CampaignRules() {}

    static boolean onlyProperties(FieldMask paths) {
        return PROPERTIES.containsAll(paths.getPathsList());
    }

    static void requireNew(CampaignDefinition draft) {
        List<FieldProblem> problems = problems(draft);
        if (draft.getCategory() == Category.CATEGORY_UNSPECIFIED) {
            problems.add(required("campaign.draft.category"));
        }
        refuse(problems);
    }

    static void requireWhole(CampaignDefinition draft) {
        refuse(problems(draft));
    }

    private static List<FieldProblem> problems(CampaignDefinition draft) {
        List<FieldProblem> problems = new ArrayList<>();
        if (draft.getDisplayName().isBlank()) {
            problems.add(required("campaign.draft.display_name"));
        }
        Identity.namespaceFault(draft.getIdentityNamespace())
                .ifPresent(fault ->
                        problems.add(
                                new FieldProblem(
                                        "campaign.draft.identity_namespace",
                                        ViolationReason.VIOLATION_REASON_SYNTAX,
                                        fault)));
        return problems;
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw GrpcErrors.fieldViolations(problems);
        }
    }

    static void requireSameCategory(
            FieldMask paths, Campaign source, io.campanile.domain.campaign.Campaign known) {
        boolean given = source.getDraft().getCategory() != Category.CATEGORY_UNSPECIFIED;
        boolean named =
                paths.getPathsList().contains("draft.category")
                        || (given && paths.getPathsList().contains("draft"));
        if (named
                && source.getDraft().getCategory() != Categories.proto(known.header().category())) {
            throw GrpcErrors.fieldViolation(
                    "campaign.draft.category",
                    ViolationReason.VIOLATION_REASON_FIELD_IMMUTABLE,
                    "cannot be changed after creation");
        }
    }

    /// The number of the revision, which must be one of the campaign.
    static int revisionOf(RollbackCampaignRequest request) {
        String prefix = request.getName() + "/revisions/";
        if (!request.getRevision().startsWith(prefix)) {
            throw GrpcErrors.fieldViolation(
                    "revision",
                    ViolationReason.VIOLATION_REASON_REFERENCE_NOT_FOUND,
                    "is not a revision of the campaign");
        }
        return Names.revision(request.getRevision());
    }

    private static FieldProblem required(String field) {
        return new FieldProblem(field, ViolationReason.VIOLATION_REASON_REQUIRED, "is required");
    }
}
