package io.campanile.grpc;

import io.campanile.grpc.call.CallExecutors;
import io.campanile.grpc.call.CallThreads;
import io.campanile.grpc.call.HeaderSizes;
import io.campanile.grpc.call.LazyGzip;
import io.campanile.grpc.call.RequestSizes;
import io.campanile.grpc.call.UnknownMethods;
import io.campanile.grpc.call.UnreadableHeaders;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The listener of the gRPC API: the services, health and reflection. Starts when made.
public final class GrpcServer {
    /// None: the transport would refuse with a bare status. [RequestSizes] keeps the limit of what
    /// comes, and the marshallers that of what is unpacked.
    private static final int TRANSPORT_LIMIT_BYTES = Integer.MAX_VALUE;

    /// Far above what [HeaderSizes] lets pass, so that it refuses in the transport's place.
    private static final int METADATA_LIMIT_BYTES = 128 << 10;

    private static final int CALLS_PER_CONNECTION = 2_000;

    /// As many calls as a connection may have, given up each second, such as because their
    /// deadlines pass. Whoever gives up faster makes the node work without ever waiting for it.
    private static final int RESETS = CALLS_PER_CONNECTION * 10;

    private static final int RESETS_SECONDS = 10;
    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(1);
    private static final Duration KEEPALIVE = Duration.ofMinutes(1);
    private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PERMITTED_KEEPALIVE = Duration.ofSeconds(20);

    private static final Logger LOG = System.getLogger(GrpcServer.class.getName());

    private final GrpcServices services;
    private final HealthStatusManager health = new HealthStatusManager();
    private final ExecutorService virtualThreads = CallThreads.executor();
    private final Thread healthWatch;
    private final Thread arrivalWatch;
    private final Server server;

    /// Starts to listen.
    ///
    /// @param healthy whether calls can be served; asked every second, may block
    /// @throws IOException when the address is unknown or taken, or a certificate cannot be read
    public GrpcServer(ListenAddress address, GrpcServices services, BooleanSupplier healthy)
            throws IOException {
        this.services = services;
        this.server = builder(address).build().start();
        this.healthWatch = Thread.ofVirtual().name("grpc-health").start(() -> watchHealth(healthy));
        this.arrivalWatch =
                CallThreads.named("grpc-arrivals").start(services.sizes().arrivals()::endLateOnes);
    }

    private NettyServerBuilder builder(ListenAddress address) throws IOException {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(resolved(address))
                        .executor(virtualThreads)
                        .callExecutor(new CallExecutors(services.keys(), virtualThreads))
                        .fallbackHandlerRegistry(new UnknownMethods())
                        .intercept(new HeaderSizes())
                        .decompressorRegistry(LazyGzip.registry())
                        .addStreamTracerFactory(new UnreadableHeaders())
                        .addStreamTracerFactory(services.sizes())
                        .maxInboundMessageSize(TRANSPORT_LIMIT_BYTES)
                        .maxInboundMetadataSize(METADATA_LIMIT_BYTES)
                        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                        .maxRstFramesPerWindow(RESETS, RESETS_SECONDS)
                        .keepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
                        .keepAliveTimeout(KEEPALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .permitKeepAliveTime(PERMITTED_KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .maxConnectionAge(address.maxConnectionAge().toSeconds(), TimeUnit.SECONDS)
                        // New calls go elsewhere from then on. Running ones are not cut: a watch
                        // or an import may take hours.
                        .maxConnectionAgeGrace(Long.MAX_VALUE, TimeUnit.NANOSECONDS)
                        .addService(services.open(health.getHealthService()))
                        .addService(services.open(ProtoReflectionServiceV1.newInstance()));
        services.definitions().forEach(builder::addService);
        ListenAddress.Tls tls = address.tls();
        if (tls != null) {
            builder.sslContext(sslContext(tls));
        }
        return builder;
    }

    private static InetSocketAddress resolved(ListenAddress address) throws IOException {
        var resolved = new InetSocketAddress(address.host(), address.port());
        if (resolved.isUnresolved()) {
            throw new UnknownHostException("no address is known for that name");
        }
        return resolved;
    }

    private static SslContext sslContext(ListenAddress.Tls tls) throws IOException {
        SslContextBuilder context =
                SslContextBuilder.forServer(tls.certificates().toFile(), tls.privateKey().toFile());
        if (tls.clientAuthorities() != null) {
            context.trustManager(tls.clientAuthorities().toFile()).clientAuth(ClientAuth.REQUIRE);
        }
        return GrpcSslContexts.configure(context).build();
    }

    /// The port it listens on.
    public int port() {
        return server.getPort();
    }

    private void watchHealth(BooleanSupplier healthy) {
        try {
            while (!server.isShutdown()) {
                tellHealth(isHealthy(healthy) ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
                Thread.sleep(HEALTH_INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Probes ask for the whole server, clients for the service they use: it is the same.
    private void tellHealth(ServingStatus status) {
        services.definitions()
                .forEach(service ->
                        health.setStatus(service.getServiceDescriptor().getName(), status));
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    }

    /// A check that fails is an answer: the watch goes on, or the last answer would stand for ever.
    private static boolean isHealthy(BooleanSupplier healthy) {
        try {
            return healthy.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "health check failed error=" + e.getClass().getName());
            return false;
        }
    }

    /// Refuses new calls with `SHUTTING_DOWN`, lets those in flight finish, and ends.
    ///
    /// @param most how long to wait for calls in flight before they are cut off
    public void stop(Duration most) {
        health.enterTerminalState();
        services.drain();
        server.shutdown();
        try {
            if (!server.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                LOG.log(Level.WARNING, "calls were cut off after {0}", most);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        healthWatch.interrupt();
        arrivalWatch.interrupt();
        services.close();
        // Not close(): it would wait for handlers of calls that were cut off.
        virtualThreads.shutdownNow();
    }
}
