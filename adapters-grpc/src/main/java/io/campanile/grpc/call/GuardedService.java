package io.campanile.grpc.call;

import com.google.protobuf.Message;

import io.grpc.BindableService;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;

import java.util.List;

/// A service of which every method is behind a guard.
final class GuardedService {
    /// Puts something before the handler of a method.
    interface Guard {
        <Q extends Message, A> ServerMethodDefinition<?, A> guard(
                ServerMethodDefinition<Q, A> method);
    }

    private GuardedService() {}

    static ServerServiceDefinition of(BindableService service, Guard guard) {
        ServerServiceDefinition open = service.bindService();
        List<ServerMethodDefinition<?, ?>> methods =
                open.getMethods().stream()
                        .<ServerMethodDefinition<?, ?>>map(method -> guarded(method, guard))
                        .toList();
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(open.getServiceDescriptor().getName())
                        .setSchemaDescriptor(open.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder guarded =
                ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(guarded::addMethod);
        return guarded.build();
    }

    @SuppressWarnings("unchecked") // Every request of these services is a protobuf message.
    private static <A> ServerMethodDefinition<?, A> guarded(
            ServerMethodDefinition<?, A> method, Guard guard) {
        return guard.guard((ServerMethodDefinition<Message, A>) method);
    }
}
