package io.campanile.bench.load;

import io.campanile.bench.process.Worker;
import io.campanile.v1.TriggerCampaignRequest;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;

import picocli.CommandLine.Command;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;

/// The least a gRPC server can do with a trigger: parse it and send it back, on the direct
/// executor.
@Command(name = "echo", hidden = true, description = "A gRPC server that echoes triggers.")
public final class Echo implements Callable<Integer> {
    static final MethodDescriptor<TriggerCampaignRequest, TriggerCampaignRequest> METHOD =
            MethodDescriptor.<TriggerCampaignRequest, TriggerCampaignRequest>newBuilder()
                    .setType(MethodType.UNARY)
                    .setFullMethodName("campanile.bench.Echo/Echo")
                    .setRequestMarshaller(
                            ProtoUtils.marshaller(TriggerCampaignRequest.getDefaultInstance()))
                    .setResponseMarshaller(
                            ProtoUtils.marshaller(TriggerCampaignRequest.getDefaultInstance()))
                    .build();

    /// Where it listens.
    public record Ready(String address) {}

    @Override
    public Integer call() throws Exception {
        Server server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .directExecutor()
                        .addService(
                                ServerServiceDefinition.builder("campanile.bench.Echo")
                                        .addMethod(
                                                METHOD,
                                                ServerCalls.asyncUnaryCall((request, observer) -> {
                                                    observer.onNext(request);
                                                    observer.onCompleted();
                                                }))
                                        .build())
                        .build()
                        .start();
        try {
            Worker.serve(
                    new Ready("127.0.0.1:" + server.getPort()), Ready.class, question -> question);
        } finally {
            server.shutdownNow();
        }
        return 0;
    }
}
