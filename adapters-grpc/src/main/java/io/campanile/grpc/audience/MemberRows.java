package io.campanile.grpc.audience;

import com.google.rpc.BadRequest;

import io.campanile.application.audience.port.MemberKey;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.resource.Identities;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.AudienceMember;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The members that a request names: those that can be looked up, and what is wrong with the
/// others.
final class MemberRows {
    private final List<MemberKey> keys = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();
    private final List<BadRequest.FieldViolation> violations = new ArrayList<>();

    private MemberRows() {}

    /// Rows whose form was found right.
    static MemberRows of(WorkspaceId workspace, List<AudienceMember> members) {
        return of(workspace, members, 0, _ -> List.of());
    }

    /// Rows of an import.
    ///
    /// @param first the place of the first one
    /// @param syntax what is wrong with the form of a row
    static MemberRows of(
            WorkspaceId workspace,
            List<AudienceMember> members,
            long first,
            Function<AudienceMember, List<FieldProblem>> syntax) {
        var rows = new MemberRows();
        for (int i = 0; i < members.size(); i++) {
            rows.add(workspace, members.get(i), first + i, syntax.apply(members.get(i)));
        }
        return rows;
    }

    private void add(
            WorkspaceId workspace, AudienceMember member, long place, List<FieldProblem> problems) {
        Optional<FieldProblem> problem = problems.stream().findFirst().or(() -> fault(member));
        if (problem.isPresent()) {
            violations.add(at(place, problem.get()));
            return;
        }
        key(workspace, member)
                .ifPresentOrElse(
                        key -> {
                            keys.add(key);
                            places.add(place);
                        },
                        () -> violations.add(nobody(place)));
    }

    private static Optional<FieldProblem> fault(AudienceMember member) {
        return member.hasIdentity()
                ? Identities.problem("identity", member.getIdentity())
                : Optional.empty();
    }

    private static BadRequest.FieldViolation at(long place, FieldProblem problem) {
        String field = problem.field().isEmpty() ? "" : "." + problem.field();
        return new FieldProblem(field(place) + field, problem.reason(), problem.description())
                .toProto();
    }

    /// Those to be looked up.
    List<MemberKey> keys() {
        return keys;
    }

    /// What is wrong with the rows.
    ///
    /// @param unknown places among the keys of those that point at nobody
    List<BadRequest.FieldViolation> violations(List<Integer> unknown) {
        List<BadRequest.FieldViolation> all = new ArrayList<>(violations);
        unknown.forEach(key -> all.add(nobody(places.get(key))));
        return all;
    }

    private static Optional<MemberKey> key(WorkspaceId workspace, AudienceMember member) {
        if (member.hasIdentity()) {
            return Optional.of(
                    new MemberKey.OfIdentity(Identities.comparable(member.getIdentity())));
        }
        if (!Names.workspace(member.getProfile()).equals(workspace)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MemberKey.OfProfile(Names.profile(member.getProfile())));
        } catch (StatusRuntimeException _) {
            // It has the form of a name and is the name of nothing.
            return Optional.empty();
        }
    }

    /// Whom the row was for is not repeated: an identity is personal.
    private static BadRequest.FieldViolation nobody(long place) {
        return new FieldProblem(
                        field(place),
                        ViolationReason.VIOLATION_REASON_REFERENCE_NOT_FOUND,
                        "is nobody's: there is no such profile")
                .toProto();
    }

    private static String field(long place) {
        return "members[" + place + "]";
    }
}
