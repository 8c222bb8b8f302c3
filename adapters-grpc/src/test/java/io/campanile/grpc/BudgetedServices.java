package io.campanile.grpc;

import io.campanile.grpc.call.RequestSizes;
import io.campanile.grpc.call.RequestSyntax;

import java.time.InstantSource;

/// The services with limits of a test's own.
public final class BudgetedServices {
    /// Everybody's, as it takes long to make.
    private static final RequestSyntax SYNTAX = GrpcServices.syntax();

    private BudgetedServices() {}

    public static GrpcServices of(
            GrpcServices.UseCases useCases, RequestSizes sizes, InstantSource clock) {
        return new GrpcServices(useCases, SYNTAX, sizes, clock);
    }
}
