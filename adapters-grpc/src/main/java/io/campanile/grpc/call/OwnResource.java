package io.campanile.grpc.call;

import io.campanile.application.access.Caller;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What comes first about any request, wherever it is checked: that it is well-formed, and that
/// what it is about lies in the caller's own workspace. What does not, does not exist for it.
public final class OwnResource {
    private static final String WORKSPACES = "workspaces/";

    private OwnResource() {}

    /// Throws what [#refusal] finds.
    public static void require(List<FieldProblem> syntax, Caller caller, String name) {
        StatusRuntimeException refusal = refusal(syntax, caller, name);
        if (refusal != null) {
            throw refusal;
        }
    }

    /// Why the request is refused; nothing when it is not.
    ///
    /// @param syntax what is wrong with its form
    /// @param name what it is about
    static @Nullable StatusRuntimeException refusal(
            List<FieldProblem> syntax, Caller caller, String name) {
        if (!syntax.isEmpty()) {
            return GateErrors.syntaxViolations(syntax);
        }
        return liesInWorkspace(caller, name) ? null : GrpcErrors.notFound(name);
    }

    private static boolean liesInWorkspace(Caller caller, String name) {
        String own = caller.workspace().value();
        int end = WORKSPACES.length() + own.length();
        return name.startsWith(WORKSPACES)
                && name.startsWith(own, WORKSPACES.length())
                && (name.length() == end || name.charAt(end) == '/');
    }
}
