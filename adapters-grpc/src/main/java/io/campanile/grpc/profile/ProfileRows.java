package io.campanile.grpc.profile;

import io.campanile.application.profile.ImportProfiles.NumberedRow;
import io.campanile.application.profile.ProfileResult;
import io.campanile.application.profile.ProfileRow;
import io.campanile.application.profile.Whom;
import io.campanile.application.profile.port.Profiles;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.Profile;
import io.campanile.v1.ViolationReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The rows of a request: those that can be learned from, and what is wrong with the others.
final class ProfileRows {
    private final WorkspaceId workspace;
    private final List<NumberedRow> rows = new ArrayList<>();
    private final TreeMap<Long, FieldProblem> problems = new TreeMap<>();

    private ProfileRows(WorkspaceId workspace) {
        this.workspace = workspace;
    }

    /// @param first the place of the first row
    /// @param syntax what is wrong with the form of a row
    static ProfileRows of(
            WorkspaceId workspace,
            List<Profile> profiles,
            long first,
            Function<Profile, List<FieldProblem>> syntax) {
        var rows = new ProfileRows(workspace);
        for (int i = 0; i < profiles.size(); i++) {
            rows.add(first + i, profiles.get(i), syntax.apply(profiles.get(i)));
        }
        return rows;
    }

    private void add(long place, Profile profile, List<FieldProblem> found) {
        if (!found.isEmpty()) {
            problems.put(place, new ProfileRefused(found.getFirst()).within(path(place)));
            return;
        }
        try {
            DetailsChange learned = DetailsProtos.change(profile);
            List<Identity> identities = ProfileProtos.identities(profile);
            rows.add(new NumberedRow(place, new ProfileRow(identities, learned, whom(profile))));
        } catch (ProfileRefused e) {
            problems.put(place, e.within(path(place)));
        }
    }

    private Whom whom(Profile profile) throws ProfileRefused {
        if (!profile.getEtag().isEmpty()) {
            throw new ProfileRefused(
                    new FieldProblem(
                            "etag",
                            ViolationReason.VIOLATION_REASON_SYNTAX,
                            "is taken by UpsertProfile only"));
        }
        String name = profile.getName();
        if (name.isEmpty()) {
            return new Whom.Anybody();
        }
        ProfileProtos.requireNameIn(workspace, name);
        return Names.optionalProfile(name)
                .map(Whom.Named::new)
                .orElseThrow(() -> new ProfileRefused(ProfileProtos.NO_SUCH_NAME));
    }

    /// Those to be learned from.
    List<NumberedRow> rows() {
        return rows;
    }

    /// What is wrong with the rows, in their order.
    ///
    /// @param results what became of the last of those to be learned from
    List<FieldProblem> problems(List<ProfileResult> results) {
        int skipped = rows.size() - results.size();
        for (int i = 0; i < results.size(); i++) {
            long place = rows.get(skipped + i).number();
            problem(results.get(i))
                    .ifPresent(wrong -> problems.put(place, wrong.within(path(place))));
        }
        return List.copyOf(problems.values());
    }

    /// What is wrong when the rows together name more identities than can be learned at once; the
    /// name of a profile stands for one more, by which it is locked.
    List<FieldProblem> tooMany() {
        long identities =
                rows.stream().flatMap(next -> next.row().identities().stream()).distinct().count();
        long names =
                rows.stream()
                        .map(next -> next.row().whom())
                        .filter(Whom.Named.class::isInstance)
                        .distinct()
                        .count();
        return identities + names <= Profiles.MOST_LOCKED
                ? List.of()
                : List.of(
                        new FieldProblem(
                                "profiles",
                                ViolationReason.VIOLATION_REASON_OUT_OF_RANGE,
                                "name more identities than can be learned at once: "
                                        + Profiles.MOST_LOCKED));
    }

    private static Optional<ProfileRefused> problem(ProfileResult result) {
        return switch (result) {
            case ProfileResult.Known _ -> Optional.empty();
            case ProfileResult.Clash _ ->
                    refused(
                            "identities",
                            ViolationReason.VIOLATION_REASON_IDENTITY_CLASH,
                            "are of two persons, or of another one than the name");
            case ProfileResult.Nobody _ ->
                    Optional.of(new ProfileRefused(ProfileProtos.NO_SUCH_NAME));
            case ProfileResult.AttributesRefused(var violations) ->
                    Optional.of(AttributeProblems.of(violations.getFirst()));
            case ProfileResult.TooManyIdentities _ ->
                    refused(
                            "identities",
                            ViolationReason.VIOLATION_REASON_OUT_OF_RANGE,
                            "would be more than a profile holds: "
                                    + io.campanile.domain.profile.Profile.MOST_IDENTITIES);
            case ProfileResult.AttributesTooLarge _ ->
                    refused(
                            "attributes",
                            ViolationReason.VIOLATION_REASON_OUT_OF_RANGE,
                            "would be larger than a profile holds: "
                                    + Attributes.LARGEST
                                    + " bytes");
            case ProfileResult.KnownAlready _,
                    ProfileResult.EtagMismatch _,
                    ProfileResult.TooManyContacts _ ->
                    throw new IllegalStateException("what no row asks for");
        };
    }

    private static Optional<ProfileRefused> refused(
            String field, ViolationReason reason, String description) {
        return Optional.of(new ProfileRefused(new FieldProblem(field, reason, description)));
    }

    private static String path(long place) {
        return "profiles[" + place + "]";
    }
}
