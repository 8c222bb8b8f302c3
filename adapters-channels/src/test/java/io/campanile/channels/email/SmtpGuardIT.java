package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.NOON;
import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.plain;
import static io.campanile.testkit.delivery.ProviderContract.WANTED;
import static io.campanile.testkit.delivery.ProviderContract.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpRule;
import io.campanile.testkit.smtp.SmtpServerOptions;
import io.campanile.testkit.smtp.Stage;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// What counts against a provider, so that it gets fewer mails or none, and what does not.
class SmtpGuardIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @AutoClose private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @Test
    void throttlingSlowsThePaceDown() {
        // To the used connection and to the fresh one in its place.
        server.when(Stage.MAIL).after(3).times(2).reply("421 4.7.0 too many messages");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < 4; mail++) {
                assertThat(provider.acquire(1)).isEqualTo(1);
                provider.handOver(email("ann@example.com"), WANTED);
                provider.release(1);
            }

            assertThat(provider.status().pace()).isBetween(0.5, 4.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"reply, true", "replyAndCut, true", "reply, false", "replyAndCut, false"})
    void aServerThatTakesSoManyMailsForEachConnectionDoesNotThrottle(
            String ending, boolean pipelining) {
        SmtpServerOptions open = SmtpServerOptions.OPEN;
        try (var relay =
                ScriptedSmtpServer.start(
                        pipelining ? open : open.withoutPipelining().withoutEightBit())) {
            endAfterThreeMails(relay, ending);
            try (Provider provider = SmtpTests.provider(plain(relay.port()), limits(1, 1))) {
                for (int mail = 0; mail < 5; mail++) {
                    assertThat(provider.handOver(email("ann@example.com"), WANTED))
                            .isInstanceOf(AttemptOutcome.Taken.class);
                }

                assertThat(provider.status().pace()).isZero();
            }
            assertThat(relay.mails()).hasSize(5);
            assertThat(relay.connectionsAccepted()).isEqualTo(2);
        }
    }

    private static void endAfterThreeMails(ScriptedSmtpServer relay, String ending) {
        SmtpRule rule = relay.when(Stage.MAIL).after(3).once();
        String line = "421 4.7.0 too many messages in this connection";
        if (ending.equals("reply")) {
            rule.reply(line);
        } else {
            rule.replyAndCut(line);
        }
    }

    @Test
    void greylistingHoldsUpNoOtherRecipient() {
        server.when(Stage.RCPT).reply("451 4.7.1 greylisted, try again in 300 seconds");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            handOver(provider, 60);

            assertThat(provider.status().pace()).isZero();
            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
        }
    }

    @Test
    void theBreakerOpensAndClosesAgainAfterTwoMails() {
        server.refuseConnections();
        var time = new AtomicLong();
        DeliveryLimits limits = limits(1, 4);
        try (Provider provider = provider(limits, time)) {
            handOverUntilTheBreakerOpens(provider);
            assertThat(provider.acquire(1)).isZero();
            assertThat(provider.retryIn()).isPositive();

            server.acceptConnections();
            await().atMost(LONG)
                    .until(() -> {
                        time.addAndGet(limits.breakerWait().toNanos());
                        if (provider.acquire(1) == 1) {
                            provider.handOver(email("ann@example.com"), WANTED);
                            provider.release(1);
                        }
                        return provider.status().breaker() == Breaker.CLOSED;
                    });
        }
        assertThat(server.mails()).hasSize(2);
    }

    @Test
    void whoWatchesOnlyTheStatusSeesWhenAProbeMayGo() {
        server.refuseConnections();
        var time = new AtomicLong();
        DeliveryLimits limits = limits(1, 4);
        try (Provider provider = provider(limits, time)) {
            handOverUntilTheBreakerOpens(provider);
            assertThat(provider.status().breaker()).isEqualTo(Breaker.OPEN);

            time.addAndGet(limits.breakerWait().toNanos() + 1);
            assertThat(provider.status().breaker()).isEqualTo(Breaker.HALF_OPEN);
        }
    }

    /// Else each would fail for good, one after the other.
    @ParameterizedTest
    @CsvSource({
        "MAIL, 553 5.7.1 sender not owned by user",
        "MAIL, 550 5.4.5 daily quota exceeded",
        "RCPT, 554 5.7.1 Relay access denied",
        "RCPT, 504 5.5.2 Helo command rejected: need a whole host name",
        "RCPT, 550 Sender verify failed",
        "DOT, 554 Message rejected: Sending paused for this account.",
        "DOT, 554 5.2.252 SendAsDenied; news@example.com not allowed to send as x@example.com",
    })
    void aRelayThatRefusesUsOpensTheBreaker(Stage stage, String line) {
        server.when(stage).reply(line);
        try (Provider provider = provider(limits(1, 1), new AtomicLong())) {
            for (int mail = 0; mail < 10; mail++) {
                assertThat(provider.handOver(email("ann@example.com"), WANTED))
                        .isInstanceOf(AttemptOutcome.Busy.class);
            }

            assertThat(provider.status().breaker()).isEqualTo(Breaker.OPEN);
        }
    }

    /// Else each would be taken for a busy address, and tried as fast as before.
    @ParameterizedTest
    @CsvSource({
        "MAIL, 450 4.7.1 no",
        "MAIL, 450 4.1.8 Sender address rejected: Domain not found",
        "RCPT, 450 4.7.25 Client host rejected: cannot find your hostname",
        "RCPT, 450 4.7.1 Helo command rejected: Host not found",
    })
    void aRelayThatPutsUsOffOpensTheBreaker(Stage stage, String line) {
        server.when(stage).reply(line);
        try (Provider provider = provider(limits(1, 1), new AtomicLong())) {
            handOver(provider, 10);

            assertThat(provider.status().breaker()).isEqualTo(Breaker.OPEN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 450 4.7.1 Error: too much mail from 192.0.2.1",
        "RCPT, 450 4.7.1 Error: too much mail from 192.0.2.1",
        "CONNECT, 432 4.3.2 Concurrent connections limit exceeded",
    })
    void aLimitOfOursSlowsThePaceDown(Stage stage, String line) {
        server.when(stage).reply(line);
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            provider.handOver(email("ann@example.com"), WANTED);

            assertThat(provider.status().pace()).isPositive();
        }
    }

    @Test
    void aPasswordThatIsWrongIsTriedByFewAndThenLessAndLessOften() throws Exception {
        int connections = 8;
        var limits =
                new DeliveryLimits(connections, 128, 0, LONG, LONG, 50, Duration.ofSeconds(10));
        var time = new AtomicLong();
        try (var relay = ScriptedSmtpServer.start(SmtpServerOptions.OPEN.signedInAs("me", "new"));
                Provider provider = signingIn(relay, limits, time)) {
            relay.when(Stage.AUTH).reply("535 5.7.8 wrong password");
            assertThat(handOverAll(provider))
                    .hasSize(128)
                    .containsOnly(SmtpTests.busy(Reason.PROVIDER_MISCONFIGURED, 535, "5.7.8"));
            assertThat(logins(relay)).isBetween(1L, (long) connections);

            long before = logins(relay);
            for (int second = 0; second < 3_600; second++) {
                time.addAndGet(Duration.ofSeconds(1).toNanos());
                assertThat(handOverAll(provider)).hasSizeLessThan(2);
            }
            assertThat(logins(relay) - before).isBetween(8L, 10L);

            relay.behave();
            time.addAndGet(Duration.ofMinutes(15).toNanos() + 1);
            assertThat(handOverAll(provider).getFirst()).isInstanceOf(AttemptOutcome.Taken.class);
            assertThat(handOverAll(provider)).hasSize(2);
            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
        }
    }

    @Test
    void whatWaitsForAConnectionIsNotTriedOnceTheBreakerIsOpen() throws Exception {
        var limits = new DeliveryLimits(1, 64, 0, LONG, LONG, 50, LONG);
        server.when(Stage.CONNECT).replyAndCut("554 5.3.2 go away");
        try (Provider provider = provider(limits, new AtomicLong())) {
            List<AttemptOutcome> outcomes = handOverAll(provider);

            assertThat(outcomes).hasSize(64);
            assertThat(outcomes)
                    .filteredOn(outcome -> !outcome.equals(new AttemptOutcome.NotBegun()))
                    .hasSizeLessThan(20)
                    .containsOnly(SmtpTests.busy(Reason.PROVIDER_MISCONFIGURED, 554, "5.3.2"));
            assertThat(provider.status().breaker()).isEqualTo(Breaker.OPEN);
        }
        assertThat(server.connectionsAccepted()).isLessThan(20);
    }

    private Provider provider(DeliveryLimits limits, AtomicLong time) {
        return SmtpTests.provider(
                plain(server.port()), limits, InstantSource.fixed(NOON), time::get);
    }

    private static Provider signingIn(
            ScriptedSmtpServer relay, DeliveryLimits limits, AtomicLong time) {
        SmtpServer server =
                SmtpTests.server(
                        relay.port(),
                        SmtpServer.Security.PLAINTEXT,
                        true,
                        "",
                        SmtpTests.credentials("me", "new"));
        return SmtpTests.provider(server, limits, InstantSource.fixed(NOON), time::get);
    }

    private static long logins(ScriptedSmtpServer relay) {
        return relay.commands().stream().filter(command -> command.startsWith("AUTH")).count();
    }

    private static void handOver(Provider provider, int mails) {
        for (int mail = 0; mail < mails; mail++) {
            provider.handOver(email("ann@example.com"), WANTED);
        }
    }

    private static void handOverUntilTheBreakerOpens(Provider provider) {
        while (provider.status().breaker() == Breaker.CLOSED) {
            provider.handOver(email("ann@example.com"), WANTED);
        }
    }

    /// As many as it gives permits for, at once.
    private static List<AttemptOutcome> handOverAll(Provider provider) throws Exception {
        int permits = provider.acquire(128);
        List<Future<AttemptOutcome>> running = new ArrayList<>();
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int mail = 0; mail < permits; mail++) {
                running.add(
                        hands.submit(() -> provider.handOver(email("ann@example.com"), WANTED)));
            }
        }
        provider.release(permits);
        return running.stream().map(Future::resultNow).toList();
    }

    @Test
    void refusalsOfRecipientsDoNotOpenTheBreaker() {
        server.when(Stage.RCPT).reply("550 5.1.1 unknown");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            handOver(provider, 60);

            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
        }
    }

    @Test
    void aMailThatCannotBeWrittenFailsAloneAndOnTheSameConnection() {
        var broken = new AtomicBoolean();
        // Before the mail expires, but no date that can be written.
        InstantSource time = () -> broken.get() ? Instant.MAX.minusSeconds(1) : NOON;
        try (Provider provider =
                SmtpTests.provider(plain(server.port()), limits(1, 1), time, System::nanoTime)) {
            provider.handOver(email("ann@example.com"), WANTED);

            broken.set(true);
            for (int mail = 0; mail < 60; mail++) {
                assertThat(provider.handOver(email("ann@example.com"), WANTED))
                        .isEqualTo(
                                new AttemptOutcome.Refused(
                                        Reason.RENDERING_FAILED, ProviderReply.NONE));
            }

            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
            broken.set(false);
            assertThat(provider.handOver(email("ann@example.com"), WANTED))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }
}
