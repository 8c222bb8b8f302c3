package io.campanile.grpc.trigger;

import io.campanile.application.access.Caller;
import io.campanile.application.broadcast.PauseExecution;
import io.campanile.application.message.CancelExecution;
import io.campanile.application.message.LookUpExecutions;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.query.Page;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.RequestSizes;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.CancelExecutionRequest;
import io.campanile.v1.CancelExecutionResponse;
import io.campanile.v1.Execution;
import io.campanile.v1.GetExecutionRequest;
import io.campanile.v1.ListExecutionsRequest;
import io.campanile.v1.ListExecutionsResponse;
import io.campanile.v1.PauseExecutionRequest;
import io.campanile.v1.PauseExecutionResponse;
import io.campanile.v1.ResumeExecutionRequest;
import io.campanile.v1.StreamTriggersRequest;
import io.campanile.v1.StreamTriggersResponse;
import io.campanile.v1.TriggerAudienceRequest;
import io.campanile.v1.TriggerAudienceResponse;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.campanile.v1.WatchExecutionRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import java.time.InstantSource;

/// `TriggerService`. Triggers run on the thread that read them and never block.
public final class TriggerGrpcService extends TriggerServiceGrpc.TriggerServiceImplBase {
    private final TriggerCalls calls;
    private final LookUpExecutions executions;
    private final CancelExecution cancellation;
    private final ExecutionWatches watches;
    private final BroadcastCalls broadcasts;
    private final Drain drain;
    private final InstantSource clock;

    public TriggerGrpcService(
            UseCases useCases,
            ExecutionWatches watches,
            RequestSyntax syntax,
            Drain drain,
            InstantSource clock) {
        this.calls = new TriggerCalls(useCases.triggers(), syntax, clock);
        this.executions = useCases.executions();
        this.cancellation = useCases.cancellation();
        this.watches = watches;
        this.broadcasts = new BroadcastCalls(useCases.audienceTriggers(), useCases.pauses(), clock);
        this.drain = drain;
        this.clock = clock;
    }

    /// What it calls.
    public record UseCases(
            Triggers triggers,
            LookUpExecutions executions,
            CancelExecution cancellation,
            AudienceTriggers audienceTriggers,
            PauseExecution pauses) {}

    @Override
    public void triggerCampaign(
            TriggerCampaignRequest request, StreamObserver<TriggerCampaignResponse> observer) {
        TriggerCommand command;
        try {
            command = calls.command(request, Callers.current());
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        }
        calls.trigger(
                command,
                result -> Unary.respond(observer, () -> TriggerProtos.answer(command, result)));
    }

    @Override
    public StreamObserver<StreamTriggersRequest> streamTriggers(
            StreamObserver<StreamTriggersResponse> observer) {
        var call = (ServerCallStreamObserver<StreamTriggersResponse>) observer;
        TriggerStream stream =
                new TriggerStream(calls, Callers.session(), RequestSizes.held(), drain, call);
        stream.start();
        return stream;
    }

    @Override
    public void getExecution(GetExecutionRequest request, StreamObserver<Execution> observer) {
        Unary.respond(observer, () -> look(request.getName()).execution());
    }

    private ExecutionWatch.Look look(String name) {
        WorkspaceId workspace = Names.workspace(name);
        ExecutionView view =
                executions
                        .find(workspace, Names.execution(name))
                        .orElseThrow(() -> GrpcErrors.notFound(name));
        return new ExecutionWatch.Look(
                ExecutionProtos.execution(workspace, view, clock.instant()), view.isSettled());
    }

    @Override
    public void listExecutions(
            ListExecutionsRequest request, StreamObserver<ListExecutionsResponse> observer) {
        Unary.respond(observer, () -> list(request));
    }

    private ListExecutionsResponse list(ListExecutionsRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        Page.Found<ExecutionView> page =
                Pages.found(executions.list(workspace, Pages.request(request)));
        var response = ListExecutionsResponse.newBuilder().setNextPageToken(page.nextPageToken());
        for (ExecutionView view : page.entries()) {
            response.addExecutions(ExecutionProtos.execution(workspace, view, clock.instant()));
        }
        return response.build();
    }

    @Override
    public void watchExecution(WatchExecutionRequest request, StreamObserver<Execution> observer) {
        var call = (ServerCallStreamObserver<Execution>) observer;
        CallerSession session = Callers.session();
        var watch =
                new ExecutionWatch(
                        session.caller().workspace(),
                        () -> look(request.getName()),
                        session::require,
                        call);
        Runnable end = () -> watch.end(GrpcErrors.shuttingDown());
        Runnable forget =
                () -> {
                    watches.remove(watch);
                    drain.unregister(end);
                };
        call.setOnCancelHandler(forget);
        call.setOnCloseHandler(forget);
        try {
            watches.add(watch);
            drain.register(end);
        } catch (StatusRuntimeException e) {
            watch.end(e);
        }
    }

    @Override
    public void triggerAudience(
            TriggerAudienceRequest request, StreamObserver<TriggerAudienceResponse> observer) {
        Unary.respond(observer, () -> broadcasts.trigger(request, calls.deadline()));
    }

    @Override
    public void pauseExecution(
            PauseExecutionRequest request, StreamObserver<PauseExecutionResponse> observer) {
        Unary.respond(observer, () -> broadcasts.pause(request));
    }

    @Override
    public void resumeExecution(
            ResumeExecutionRequest request, StreamObserver<Execution> observer) {
        Unary.respond(observer, () -> broadcasts.resume(request));
    }

    @Override
    public void cancelExecution(
            CancelExecutionRequest request, StreamObserver<CancelExecutionResponse> observer) {
        Unary.respond(observer, () -> cancel(request));
    }

    private CancelExecutionResponse cancel(CancelExecutionRequest request) {
        String name = request.getName();
        WorkspaceId workspace = Names.workspace(name);
        ExecutionId execution = Names.execution(name);
        Caller caller = Callers.current();
        CancelExecution.Cancelled cancelled =
                cancellation
                        .cancel(workspace, execution, caller.actor(), request.getValidateOnly())
                        .orElseThrow(() -> GrpcErrors.notFound(name));
        return CancelExecutionResponse.newBuilder()
                .setExecution(
                        ExecutionProtos.execution(
                                workspace, cancelled.execution(), clock.instant()))
                .setCancelledCount(cancelled.counts().cancelled())
                .setInHandOverCount(cancelled.counts().inHandOver())
                .build();
    }
}
