package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

class SmtpConnectionsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration CHECK_AFTER_IDLE = Duration.ofSeconds(10);
    private static final Duration OLDEST = Duration.ofMinutes(10);

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
    private final AtomicLong time = new AtomicLong();
    private final SmtpConnections connections = connections(OLDEST, time::get);

    private SmtpConnections connections(Duration oldest, LongSupplier nanoTime) {
        return new SmtpConnections(
                new SmtpEndpoint(plain(server.port()), limits(2, 2), null, ""),
                new SmtpConnections.Rules(2, CHECK_AFTER_IDLE, oldest, Duration.ofSeconds(10)),
                nanoTime);
    }

    @AfterEach
    void closeEverything() {
        connections.close();
        server.close();
    }

    private static void use(SmtpConnections connections) throws Exception {
        try (SmtpConnections.Lease lease = connections.borrow(() -> {})) {
            lease.whole();
        }
    }

    private void useTwoAtOnce() throws Exception {
        try (SmtpConnections.Lease lease = connections.borrow(() -> {})) {
            use(connections);
            lease.whole();
        }
    }

    private long checks() {
        return server.commands().stream().filter("NOOP"::equals).count();
    }

    @Test
    void checkAConnectionThatIdledForLong() throws Exception {
        use(connections);
        time.addAndGet(CHECK_AFTER_IDLE.toNanos());
        use(connections);
        assertThat(checks()).isZero();

        time.addAndGet(CHECK_AFTER_IDLE.toNanos() + 1);
        use(connections);

        assertThat(checks()).isEqualTo(1);
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void replaceAConnectionThatDoesNotAnswerTheCheck() throws Exception {
        use(connections);
        server.when(Stage.NOOP).once().cut();
        time.addAndGet(CHECK_AFTER_IDLE.toNanos() + 1);

        use(connections);

        assertThat(server.connectionsAccepted()).isEqualTo(2);
        assertThat(connections.open()).isEqualTo(1);
    }

    @Test
    void replaceAConnectionThatIsOld() throws Exception {
        use(connections);
        time.addAndGet(OLDEST.toNanos() + 1);

        use(connections);

        assertThat(server.connectionsAccepted()).isEqualTo(2);
        assertThat(connections.open()).isEqualTo(1);
    }

    @Test
    void closeEveryOldOneThoughOnlyOneIsNeeded() throws Exception {
        useTwoAtOnce();
        time.addAndGet(OLDEST.toNanos() + 1);

        use(connections);

        assertThat(connections.open()).isEqualTo(1);
        await().atMost(DEADLINE).until(() -> server.connectionsOpen() == 1);
    }

    @Test
    void tryEveryAddressOfTheRelayAndBeginWithTheOneThatWorked() throws Exception {
        InetAddress nobody = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        InetAddress relay = InetAddress.getLoopbackAddress();
        var endpoint =
                new SmtpEndpoint(
                        plain(server.port()),
                        limits(2, 2),
                        null,
                        "",
                        _ -> new InetAddress[] {nobody, relay});

        endpoint.connect().quit();

        assertThat(server.connectionsAccepted()).isEqualTo(1);
        assertThat(endpoint.addresses()).containsExactly(relay, nobody);
        assertThat(endpoint.addresses())
                .allSatisfy(address -> assertThat(address.getHostName()).isEqualTo("localhost"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "421 4.3.2 shutting down\r\n", "554 not here\r\n"})
    void tryAnAddressLastThatListensAndDoesNotServe(String greeting) throws Exception {
        InetAddress sick = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        InetAddress relay = InetAddress.getLoopbackAddress();
        try (var listener = new ServerSocket(server.port(), 5, sick)) {
            Thread.ofVirtual().start(() -> greet(listener, greeting));
            var endpoint =
                    new SmtpEndpoint(
                            plain(server.port()),
                            limits(2, 2),
                            null,
                            "",
                            _ -> new InetAddress[] {sick, relay});

            assertThatThrownBy(endpoint::connect).isInstanceOf(ConnectionFailed.class);
            assertThat(endpoint.addresses()).containsExactly(relay, sick);
            endpoint.connect().quit();
            assertThat(endpoint.addresses()).containsExactly(relay, sick);
        }
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }

    /// Says no more than this to whoever comes first.
    private static void greet(ServerSocket listener, String greeting) {
        try (var socket = listener.accept()) {
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepWhatIsNotOldYet() throws Exception {
        useTwoAtOnce();
        time.addAndGet(OLDEST.toNanos());

        connections.closeOld();

        assertThat(connections.open()).isEqualTo(2);
    }

    @Test
    void closeOldOnesThoughNobodyNeedsOneAnyMore() throws Exception {
        SmtpConnections shortLived = connections(Duration.ofMillis(50), System::nanoTime);
        for (int round = 1; round <= 2; round++) {
            use(shortLived);

            await().atMost(DEADLINE).until(() -> shortLived.open() == 0);
            await().atMost(DEADLINE).until(() -> server.connectionsOpen() == 0);
            assertThat(server.connectionsAccepted()).isEqualTo(round);
        }
    }
}
