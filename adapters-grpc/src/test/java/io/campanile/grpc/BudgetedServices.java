package io.campanile.grpc;

import io.campanile.application.store.NodeClock;
import io.campanile.grpc.call.RequestSizes;
import io.campanile.grpc.call.RequestSyntax;

/// The services with limits of a test's own.
public final class BudgetedServices {
    /// Everybody's, as it takes long to make.
    private static final RequestSyntax SYNTAX = GrpcServices.syntax();

    private BudgetedServices() {}

    public static GrpcServices of(
            GrpcServices.UseCases useCases, RequestSizes sizes, NodeClock clock) {
        return new GrpcServices(useCases, SYNTAX, sizes, clock);
    }
}
