package io.campanile.grpc.call;

import io.campanile.application.access.Caller;
import io.campanile.domain.access.Permission;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;

/// Whose key the running call carries.
public final class Callers {
    private static final Context.Key<CallerSession> SESSION = Context.key("campanile-caller");

    private Callers() {}

    /// The key of the running call.
    public static Caller current() {
        return session().caller();
    }

    /// Whether the caller may see whom data is about.
    public static boolean mayIdentify() {
        return current().may(Permission.OPERATE);
    }

    public static CallerSession session() {
        CallerSession session = SESSION.get();
        if (session == null) {
            throw new IllegalStateException("outside a call, or of a service without gate");
        }
        return session;
    }

    /// What an owner of another workspace is told of a method for those of `workspaces/default`.
    public static StatusRuntimeException defaultWorkspaceNeeded(MethodDescriptor<?, ?> method) {
        return GateErrors.defaultWorkspaceNeeded(method.getFullMethodName());
    }

    static Context with(CallerSession session) {
        return Context.current().withValue(SESSION, session);
    }
}
