package io.campanile.application.audience;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.audience.port.AudienceRules;
import io.campanile.application.audience.port.AudienceRules.Check;
import io.campanile.application.audience.port.Audiences;
import io.campanile.domain.audience.AttributeUse;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.MemberReference;
import io.campanile.domain.audience.ReviewedAudience;
import io.campanile.domain.audience.RuleProblem;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Looks at audiences and at what is to be their rule. Changes nothing. Thread-safe.
public final class AudienceReview {
    private final Audiences audiences;
    private final AudienceRules rules;
    private final Workspaces workspaces;

    public AudienceReview(Audiences audiences, AudienceRules rules, Workspaces workspaces) {
        this.audiences = audiences;
        this.rules = rules;
        this.workspaces = workspaces;
    }

    /// What a campaign's review has to know; nothing when there is no such audience. Whether a rule
    /// matches anybody is not asked: that may take longer than a campaign that goes live can wait.
    public Optional<ReviewedAudience> review(AudienceName name) {
        return audiences.find(name).map(this::review);
    }

    /// As [#review(AudienceName)], of an audience that nobody deletes until the end of the running
    /// transaction.
    public Optional<ReviewedAudience> reviewShared(AudienceName name) {
        return audiences.share(name).map(this::review);
    }

    private ReviewedAudience review(Audience audience) {
        return new ReviewedAudience(
                audience,
                !audience.isByRule() && audiences.isEmpty(audience),
                audience.isByRule() ? dangling(audience) : List.of());
    }

    private List<MemberReference> dangling(Audience audience) {
        // Not its attributes: people may be as they were before the schema.
        return dangling(audience.name(), references(audience), audiences::find);
    }

    private List<MemberReference> references(Audience audience) {
        return switch (rules.check(audience.rule())) {
            case Check.Valid(var references, var _) -> references;
            case Check.Invalid _ ->
                    throw new IllegalStateException("what was a rule is none: " + audience.name());
        };
    }

    /// What is wrong with a rule that an audience is to have; empty when nothing is. Audiences
    /// whose members it asks for stay as they are until the end of the running transaction.
    List<RuleProblem> problems(AudienceName of, String rule) {
        return switch (rules.check(rule)) {
            case Check.Invalid(var problems) -> problems;
            case Check.Valid(var references, var attributes) ->
                    Stream.concat(
                                    dangling(of, references, audiences::lock).stream()
                                            .map(MemberReference::problem),
                                    disagreeing(of.workspace(), attributes).stream())
                            .sorted(RuleProblem.ORDER)
                            .toList();
        };
    }

    /// The audiences whose rules ask for the listed members of this one.
    List<AudienceName> askers(AudienceName of) {
        return audiences.withInRule(of.workspace(), of.audience()).stream()
                .filter(other -> mayAskFor(of, other.rule()))
                .map(Audience::name)
                .toList();
    }

    /// A rule that is none any more may be mended.
    private boolean mayAskFor(AudienceName of, String rule) {
        return switch (rules.check(rule)) {
            case Check.Valid(var references, var _) ->
                    references.stream().anyMatch(each -> each.audience().equals(of.audience()));
            case Check.Invalid _ -> true;
        };
    }

    private List<RuleProblem> disagreeing(WorkspaceId workspace, List<AttributeUse> attributes) {
        if (attributes.isEmpty()) {
            return List.of();
        }
        return AttributeUse.problems(attributes, workspaces.attributeSchema(workspace));
    }

    private static List<MemberReference> dangling(
            AudienceName of,
            List<MemberReference> references,
            Function<AudienceName, Optional<Audience>> look) {
        List<Audience> existing =
                references.stream()
                        .map(MemberReference::audience)
                        .distinct()
                        .sorted()
                        .flatMap(id -> look.apply(new AudienceName(of.workspace(), id)).stream())
                        .toList();
        return MemberReference.dangling(references, of, existing);
    }
}
