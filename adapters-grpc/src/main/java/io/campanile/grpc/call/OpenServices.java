package io.campanile.grpc.call;

import com.google.protobuf.Message;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;

/// Services that ask for no key, such as health: whoever can connect calls them, so that little is
/// read, and less unpacked than a few bytes of compression can become; nothing of it is counted
/// with what workspaces hold. Their streams end as the node stops, which would wait for a watch of
/// health as long as for any call.
public final class OpenServices {
    /// Far above the name of any service, or of a file of protos.
    static final int LIMIT_BYTES = 4 << 10;

    private final Drain drain;

    public OpenServices(Drain drain) {
        this.drain = drain;
    }

    /// The service with limits.
    public ServerServiceDefinition guard(BindableService service) {
        return GuardedService.of(service, this::guard);
    }

    private <Q extends Message, A> ServerMethodDefinition<Parsed<Q>, A> guard(
            ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
        var checked =
                descriptor.toBuilder(
                                new CheckedMarshaller<>(
                                        descriptor.getRequestMarshaller(), LIMIT_BYTES),
                                descriptor.getResponseMarshaller())
                        .build();
        return ServerMethodDefinition.create(
                checked,
                (call, headers) ->
                        start(
                                new OpenCall<>(call, descriptor),
                                headers,
                                method.getServerCallHandler()));
    }

    private <Q, A> ServerCall.Listener<Parsed<Q>> start(
            GatedCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> handler) {
        try {
            UnreadableHeaders.refuse(headers);
            RequestSizes.guardOpen(call, LIMIT_BYTES);
            ServerCall.Listener<Q> listener = handler.startCall(call, headers);
            var gated = new GatedListener<>(call, listener, Context.current(), _ -> null, null);
            return call.getMethodDescriptor().getType().serverSendsOneMessage()
                    ? gated
                    : endingWithTheNode(call, gated);
        } catch (RuntimeException e) {
            Refusals.close(call, Failures.of(e));
            return new ServerCall.Listener<>() {};
        }
    }

    private <Q, A> ServerCall.Listener<Parsed<Q>> endingWithTheNode(
            GatedCall<Q, A> call, ServerCall.Listener<Parsed<Q>> listener) {
        Runnable end = () -> Refusals.close(call, GrpcErrors.shuttingDown());
        drain.register(end);
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                drain.unregister(end);
                super.onCancel();
            }

            @Override
            public void onComplete() {
                drain.unregister(end);
                super.onComplete();
            }
        };
    }

    /// Their own statuses leave as they are: the protocols of these services say which.
    private static final class OpenCall<Q, A> extends GatedCall<Q, A> {
        OpenCall(ServerCall<?, A> call, MethodDescriptor<Q, A> method) {
            super(call, method);
        }

        @Override
        boolean mayLeave(Status status, Metadata trailers) {
            return true;
        }
    }
}
