package io.campanile.grpc.trigger;

import io.campanile.application.access.Caller;
import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.grpc.call.OwnResource;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.v1.TriggerCampaignRequest;
import io.grpc.Context;
import io.grpc.Deadline;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What single triggers and those of a stream have in common.
final class TriggerCalls {
    private final Triggers triggers;
    private final TriggerProtos protos;
    private final InstantSource clock;

    TriggerCalls(Triggers triggers, RequestSyntax syntax, InstantSource clock) {
        this.triggers = triggers;
        this.protos = new TriggerProtos(syntax);
        this.clock = clock;
    }

    /// The command of a request whose envelope is right.
    ///
    /// @throws io.grpc.StatusRuntimeException when it is not, or is not about the caller's
    ///   workspace
    TriggerCommand command(TriggerCampaignRequest request, Caller caller) {
        OwnResource.require(protos.checkEnvelope(request), caller, request.getCampaign());
        return protos.command(
                request, new CallerPatience(deadline(), Context.current()::isCancelled));
    }

    void trigger(TriggerCommand command, Consumer<TriggerResult> answer) {
        triggers.trigger(command, answer);
    }

    /// When the caller stops waiting; absent for never.
    @Nullable Instant deadline() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? null
                : clock.instant().plusNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
    }
}
