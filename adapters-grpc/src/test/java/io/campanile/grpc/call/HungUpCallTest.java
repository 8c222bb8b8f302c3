package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Who waits for a caller learns when the caller has hung up.
class HungUpCallTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @Test
    void tellsWhetherTheCallerIsGone() {
        world.triggers.hold();
        try (CancellableContext call = Context.current().withCancellation()) {
            call.run(() ->
                    world.stub(TriggerServiceGrpc::newStub, Role.TRIGGER)
                            .triggerCampaign(TriggerRequests.valid().build(), new NoAnswer()));
            await(() -> world.triggers.taken.size() == 1);
            BooleanSupplier isGone = world.triggers.taken.getFirst().patience().isGone();
            assertThat(isGone.getAsBoolean()).isFalse();

            call.cancel(null);

            await(isGone);
        }
    }

    private static final class NoAnswer implements StreamObserver<TriggerCampaignResponse> {
        @Override
        public void onNext(TriggerCampaignResponse answer) {
            throw new AssertionError("nobody answers");
        }

        @Override
        public void onError(Throwable hungUp) {}

        @Override
        public void onCompleted() {}
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
