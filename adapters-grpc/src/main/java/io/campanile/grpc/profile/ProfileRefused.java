package io.campanile.grpc.profile;

import io.campanile.grpc.call.FieldProblem;

/// Ends the reading of a profile, or of what is added to one, at its first fault.
final class ProfileRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient FieldProblem problem;

    /// @param problem with the field relative to the profile, or to the request
    ProfileRefused(FieldProblem problem) {
        super("profile refused", null, false, false);
        this.problem = problem;
    }

    /// What is wrong, where it is no part of a profile.
    FieldProblem problem() {
        return problem;
    }

    /// What is wrong, where the profile stands at a path.
    FieldProblem within(String path) {
        return new FieldProblem(
                path + "." + problem.field(), problem.reason(), problem.description());
    }
}
