package io.campanile.grpc;

import io.campanile.grpc.call.RequestBudget;
import io.campanile.grpc.call.RequestSyntax;

import java.time.InstantSource;

/// The services with a budget of a test's own.
public final class BudgetedServices {
    /// Everybody's, as it takes long to make.
    private static final RequestSyntax SYNTAX = GrpcServices.syntax();

    private BudgetedServices() {}

    public static GrpcServices of(
            GrpcServices.UseCases useCases, RequestBudget budget, InstantSource clock) {
        return new GrpcServices(useCases, SYNTAX, budget, clock);
    }
}
