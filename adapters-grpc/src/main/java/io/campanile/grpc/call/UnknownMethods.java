package io.campanile.grpc.call;

import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;

/// Answers for methods that do not exist, in the form every other error has.
public final class UnknownMethods extends HandlerRegistry {
    private static final Marshaller<InputStream> UNREAD =
            new Marshaller<>() {
                @Override
                public InputStream stream(InputStream value) {
                    return value;
                }

                @Override
                public InputStream parse(InputStream stream) {
                    return stream;
                }
            };

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(
            String methodName, @Nullable String authority) {
        MethodDescriptor<InputStream, InputStream> method =
                MethodDescriptor.newBuilder(UNREAD, UNREAD)
                        .setType(MethodType.UNKNOWN)
                        .setFullMethodName(methodName)
                        .build();
        return ServerMethodDefinition.create(
                method,
                (call, _) -> {
                    Refusals.close(call, GateErrors.methodUnknown(methodName));
                    return new ServerCall.Listener<>() {};
                });
    }
}
