package io.campanile.grpc.trigger;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import io.campanile.application.broadcast.ExecutionTrail;
import io.campanile.application.broadcast.FanOut;
import io.campanile.application.store.NodeClock;
import io.campanile.domain.access.Role;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.profile.Identity;
import io.campanile.grpc.testing.GrpcFakes;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.trigger.Triggers;
import io.campanile.v1.CancelExecutionRequest;
import io.campanile.v1.CancelExecutionResponse;
import io.campanile.v1.Execution;
import io.campanile.v1.GetExecutionRequest;
import io.campanile.v1.PauseExecutionRequest;
import io.campanile.v1.PauseExecutionResponse;
import io.campanile.v1.ResumeExecutionRequest;
import io.campanile.v1.TriggerServiceGrpc;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Broadcasts of a [GrpcWorld], named as the API names them, and what may be done to them.
record TestBroadcasts(GrpcWorld world) {
    TriggerServiceGrpc.TriggerServiceBlockingStub as(Role role) {
        return world.stub(TriggerServiceGrpc::newBlockingStub, role);
    }

    /// One to so many people, whose messages are written.
    String written(int members) {
        return written(members, trigger -> trigger);
    }

    String written(int members, UnaryOperator<Triggers> with) {
        var audience = new AudienceId(UUID.randomUUID());
        List<List<Identity>> people = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            people.add(List.of(new Identity("crmId", "p" + i)));
        }
        world.fakes.store.addAudience(audience, people);
        String name = stored(trigger -> with.apply(trigger).to(audience, ""));
        fanOut();
        return name;
    }

    /// An execution for those it names, which is no broadcast.
    String unitary() {
        return stored(trigger -> trigger);
    }

    String stored(UnaryOperator<Triggers> trigger) {
        return OWN + "/executions/" + world.stored(trigger).id();
    }

    void fanOut() {
        new FanOut(
                        world.fakes.store.broadcasts(),
                        world.fakes.store.broadcastPauses(),
                        new InMemoryTransactions(),
                        new ExecutionTrail(world.fakes.audit, UUID::randomUUID),
                        NodeClock.believed(GrpcFakes.CLOCK),
                        Runnable::run)
                .run();
    }

    Execution get(String name) {
        return as(Role.VIEWER).getExecution(GetExecutionRequest.newBuilder().setName(name).build());
    }

    PauseExecutionResponse pause(String name) {
        return as(Role.OPERATOR)
                .pauseExecution(PauseExecutionRequest.newBuilder().setName(name).build());
    }

    Execution resumed(String name) {
        return as(Role.OPERATOR)
                .resumeExecution(ResumeExecutionRequest.newBuilder().setName(name).build());
    }

    CancelExecutionResponse cancel(String name) {
        return as(Role.TRIGGER)
                .cancelExecution(CancelExecutionRequest.newBuilder().setName(name).build());
    }
}
