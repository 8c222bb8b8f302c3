package io.campanile.grpc.call;

import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;

import java.util.Set;
import java.util.concurrent.Executor;

/// Where a call runs: triggers whose key is known on the thread that read them, as they never
/// block; everything else on a virtual thread of its own.
public final class CallExecutors implements ServerCallExecutorSupplier {
    private static final Set<String> NEVER_BLOCKING =
            Set.of(
                    TriggerServiceGrpc.getTriggerCampaignMethod().getFullMethodName(),
                    TriggerServiceGrpc.getStreamTriggersMethod().getFullMethodName());
    private static final Executor DIRECT = Runnable::run;

    private final KeyCheck keys;
    private final Executor virtualThreads;

    /// Executors that end with the server.
    ///
    /// @param virtualThreads starts one for every task
    public CallExecutors(KeyCheck keys, Executor virtualThreads) {
        this.keys = keys;
        this.virtualThreads = virtualThreads;
    }

    @Override
    public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
        boolean direct =
                NEVER_BLOCKING.contains(call.getMethodDescriptor().getFullMethodName())
                        && keys.known(headers) != null;
        return direct ? DIRECT : virtualThreads;
    }
}
