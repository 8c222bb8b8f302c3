package io.campanile.grpc.call;

import com.google.protobuf.Message;

import io.campanile.application.access.Caller;
import io.campanile.domain.access.Permission;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/// What every call passes before its handler: the node serves, the deadline lies ahead, the key is
/// valid and has a role for the method, the request can be read, keeps the rules of the protos and
/// is about the key's own workspace.
public final class Gate {
    private final MethodRules rules = new MethodRules();
    private final KeyCheck keys;
    private final RequestSyntax syntax;
    private final Drain drain;

    public Gate(KeyCheck keys, RequestSyntax syntax, Drain drain) {
        this.keys = keys;
        this.syntax = syntax;
        this.drain = drain;
    }

    /// The service behind the gate.
    public ServerServiceDefinition guard(BindableService service) {
        return GuardedService.of(service, this::guard);
    }

    private <Q extends Message, A> ServerMethodDefinition<Parsed<Q>, A> guard(
            ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
        MethodRule rule = rules.of(descriptor);
        var checked =
                descriptor.toBuilder(
                                new CheckedMarshaller<>(descriptor.getRequestMarshaller()),
                                descriptor.getResponseMarshaller())
                        .build();
        return ServerMethodDefinition.create(
                checked,
                (call, headers) ->
                        start(
                                rule,
                                new GatedCall<>(call, descriptor),
                                headers,
                                method.getServerCallHandler()));
    }

    private <Q extends Message, A> ServerCall.Listener<Parsed<Q>> start(
            MethodRule rule,
            GatedCall<Q, A> call,
            Metadata headers,
            ServerCallHandler<Q, A> handler) {
        try {
            Caller caller = admit(rule, headers);
            RequestSizes.guard(call, caller.workspace());
            Context context = Callers.with(new CallerSession(caller, headers, keys));
            Context previous = context.attach();
            try {
                ServerCall.Listener<Q> listener = handler.startCall(call, headers);
                return new GatedListener<>(
                        call, listener, context, q -> check(rule, caller, q), itemAnswer(rule));
            } finally {
                context.detach(previous);
            }
        } catch (RuntimeException e) {
            Refusals.close(call, Failures.of(e));
            return new ServerCall.Listener<>() {};
        }
    }

    @SuppressWarnings("unchecked") // The rule of a method makes that method's answers.
    private static <A> @Nullable Function<StatusRuntimeException, A> itemAnswer(MethodRule rule) {
        return (Function<StatusRuntimeException, A>) (Function<?, ?>) rule.itemAnswer();
    }

    private Caller admit(MethodRule rule, Metadata headers) {
        if (drain.started()) {
            throw GrpcErrors.shuttingDown();
        }
        UnreadableHeaders.refuse(headers);
        Deadline deadline = Context.current().getDeadline();
        if (deadline != null && deadline.isExpired()) {
            throw GrpcErrors.deadlinePassed();
        }
        Caller known = keys.known(headers);
        Caller caller = known != null ? known : keys.require(headers);
        for (Permission permission : rule.anyOf()) {
            if (caller.may(permission)) {
                return caller;
            }
        }
        throw GateErrors.roleMissing(rule.method().getFullMethodName(), rule.anyOf());
    }

    private @Nullable StatusRuntimeException check(
            MethodRule rule, Caller caller, Message request) {
        return switch (rule.checking()) {
            case HANDLER -> null;
            case GATE -> {
                List<FieldProblem> problems = syntax.check(request);
                String name = rule.resource().apply(request);
                yield problems.isEmpty() && name.isEmpty()
                        ? null
                        : OwnResource.refusal(problems, caller, name);
            }
        };
    }
}
