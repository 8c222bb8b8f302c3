package io.campanile.bench.load;

import io.campanile.bench.process.Worker;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// The load generator as a process.
@Command(name = "load", hidden = true, description = "Makes calls, as it is asked on stdin.")
public final class LoadCommand implements Callable<Integer> {
    private static final int CHANNELS = 2;

    @Option(names = "--server", required = true)
    private String server = "";

    @Option(names = "--echo", defaultValue = "")
    private String echo = "";

    @Option(names = "--smtp", defaultValue = "0")
    private int smtpPort;

    @Option(names = "--campaign", required = true)
    private String campaign = "";

    @Option(names = "--context", required = true)
    private String context = "";

    private final List<ManagedChannel> channels = new ArrayList<>();

    /// Nothing to say.
    public record Ready(boolean ready) {}

    @Override
    public Integer call() throws Exception {
        List<Channel> toServer = connect(server);
        List<Channel> toEcho = echo.isEmpty() ? List.of() : connect(echo);
        var requests = new Requests(campaign, context);
        try {
            Worker.serve(
                    new Ready(true),
                    LoadJob.class,
                    job ->
                            switch (job.way()) {
                                case SMTP -> new DirectMails(smtpPort, requests).send(job);
                                case ECHO -> run(job, echoCalls(toEcho), requests);
                                case UNARY -> run(job, triggerCalls(toServer), requests);
                                case STREAM -> run(job, new StreamCalls(toServer), requests);
                            });
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
        return 0;
    }

    private static LoadResult run(LoadJob job, Calls calls, Requests requests)
            throws InterruptedException {
        return new Load(job, calls, requests).run();
    }

    private static Calls echoCalls(List<Channel> channels) {
        return new UnaryCalls<>(channels, Echo.METHOD, _ -> true);
    }

    private static Calls triggerCalls(List<Channel> channels) {
        return new UnaryCalls<>(
                channels,
                TriggerServiceGrpc.getTriggerCampaignMethod(),
                response ->
                        response.getResultsCount() == 1 && response.getResults(0).hasAccepted());
    }

    /// The echo gets the key too, so that its requests are as large.
    private List<Channel> connect(String address) {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + System.getenv("CAMPANILE_API_KEY"));
        ClientInterceptor key = MetadataUtils.newAttachHeadersInterceptor(headers);
        var connected = new ArrayList<Channel>();
        for (int i = 0; i < CHANNELS; i++) {
            ManagedChannel channel =
                    NettyChannelBuilder.forTarget(address)
                            .usePlaintext()
                            .directExecutor()
                            .disableRetry()
                            .build();
            channels.add(channel);
            connected.add(ClientInterceptors.intercept(channel, key));
        }
        return connected;
    }
}
