package io.campanile.grpc.call;

import com.google.protobuf.Message;

import io.campanile.domain.access.Permission;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.function.Function;

/// What a method asks of its callers.
///
/// @param anyOf the permissions of which the key needs one
/// @param resource finds the name the request is about, whose workspace must be the key's own;
///   empty when it is about nothing that lies in a workspace
/// @param checking who checks the request's syntax
/// @param itemAnswer for streams: the answer to a request that cannot be read, so that it does not
///   end the stream
record MethodRule(
        MethodDescriptor<?, ?> method,
        Set<Permission> anyOf,
        Function<Message, String> resource,
        Checking checking,
        @Nullable Function<StatusRuntimeException, Object> itemAnswer) {

    /// Who checks a request's syntax.
    enum Checking {
        /// The gate, before the handler sees it.
        GATE,
        /// The handler, part by part, because a fault of one part does not spoil the others.
        HANDLER
    }
}
