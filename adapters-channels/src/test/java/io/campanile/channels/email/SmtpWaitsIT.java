package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.busy;
import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.plain;
import static io.campanile.testkit.delivery.ProviderContract.WANTED;
import static io.campanile.testkit.delivery.ProviderContract.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.Reason;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.Stage;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Mails that wait for one of our own connections.
class SmtpWaitsIT {
    /// A whole attempt, of which some have to come to their end.
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Duration LONG = Duration.ofSeconds(30);

    @AutoClose private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    /// The first of a process takes longest.
    @BeforeAll
    static void handsOverOneMail() {
        try (var first = ScriptedSmtpServer.start()) {
            assertThat(SmtpTests.handOver(first, oneConnection(LONG)))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
    }

    private static DeliveryLimits oneConnection(Duration attempt) {
        return new DeliveryLimits(1, 24, 0, attempt, LONG, 50, Duration.ofMillis(200));
    }

    @Test
    void whatWaitsForOurOwnConnectionLongerThanAnAttemptIsHandedOver() throws Exception {
        Duration attempt = Duration.ofSeconds(2);
        server.when(Stage.DOT).once().stall();
        try (Provider provider = SmtpTests.provider(plain(server.port()), oneConnection(attempt));
                var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AttemptOutcome>> outcomes = handOver(provider, hands, 24);
            await().atMost(LONG).until(() -> server.stalled() == 1);
            await().pollDelay(attempt.plusMillis(200)).until(() -> true);
            server.release();

            for (Future<AttemptOutcome> outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(AttemptOutcome.Taken.class);
            }
            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
        }
    }

    @Test
    void whatGotNoConnectionInTimeIsTriedLaterAndIsNoFaultOfTheServer() throws Exception {
        server.when(Stage.DOT).once().stall();
        try (Provider provider = SmtpTests.provider(plain(server.port()), oneConnection(SHORT));
                var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AttemptOutcome> first = handOver(provider, hands, 1).getFirst();
            await().atMost(LONG).until(() -> server.stalled() == 1);

            for (Future<AttemptOutcome> outcome : handOver(provider, hands, 23)) {
                assertThat(outcome.get()).isEqualTo(busy(Reason.PROVIDER_BUSY, 0, ""));
            }

            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
            server.release();
            assertThat(first.get()).isInstanceOf(AttemptOutcome.Taken.class);
        }
    }

    @Test
    void whoIsSlowToSayWhetherAMailIsWantedTakesNoTimeOfTheServers() {
        try (Provider provider = SmtpTests.provider(plain(server.port()), oneConnection(SHORT))) {
            for (int mail = 0; mail < 2; mail++) {
                assertThat(
                                provider.handOver(
                                        email("ann@example.com"),
                                        () -> pause(SHORT.plusMillis(100), 1)))
                        .isInstanceOf(AttemptOutcome.Taken.class);
            }
        }
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void whoDoesNotSayInTimeWhetherAMailIsWantedIsNotInterruptedAndNoFaultOfTheServer()
            throws Exception {
        var answered = new CompletableFuture<Boolean>();
        Duration wait = oneConnection(SHORT).connectionWait();
        try (Provider provider = SmtpTests.provider(plain(server.port()), oneConnection(SHORT));
                var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AttemptOutcome> outcome =
                    hands.submit(() ->
                            provider.handOver(
                                    email("ann@example.com"),
                                    () -> answered.complete(pause(wait, 2))));

            assertThat(outcome.get()).isEqualTo(busy(Reason.PROVIDER_BUSY, 0, ""));
            assertThat(answered.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server.mails()).isEmpty();
    }

    /// Whether nobody has interrupted it.
    private static boolean pause(Duration time, int times) {
        try {
            Thread.sleep(time.multipliedBy(times));
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    @Test
    void whatExpiredWhileItWaitedForAConnectionIsNotSent() throws Exception {
        OutgoingEmail any = email("ann@example.com");
        var expired =
                new OutgoingEmail(
                        any.id(),
                        any.category(),
                        any.to(),
                        any.content(),
                        SmtpTests.NOON,
                        "",
                        any.campaign());
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            assertThat(provider.acquire(1)).isEqualTo(1);
            assertThat(provider.handOver(expired, WANTED)).isEqualTo(new AttemptOutcome.NotBegun());

            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
        }
        assertThat(server.mails()).isEmpty();
    }

    /// To connect anew can take as long as an attempt may.
    @Test
    void whatIsNotWantedAnyMoreOnceItsConnectionIsReplacedIsNotSent() {
        server.when(Stage.MAIL).after(1).once().replyAndCut("421 4.4.2 idle for too long");
        var asked = new AtomicInteger();
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            assertThat(provider.handOver(email("ann@example.com"), WANTED))
                    .isInstanceOf(AttemptOutcome.Taken.class);

            assertThat(
                            provider.handOver(
                                    email("ann@example.com"), () -> asked.incrementAndGet() < 2))
                    .isEqualTo(new AttemptOutcome.NotBegun());
            assertThat(provider.handOver(email("ann@example.com"), WANTED))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
        assertThat(server.mails()).hasSize(2);
        assertThat(server.connectionsAccepted()).as("the new one was whole").isEqualTo(2);
    }

    /// Each question for itself would be in time.
    @Test
    void whoIsAskedAgainHasTheRestOfTheWaitOnly() {
        server.when(Stage.MAIL).after(1).once().replyAndCut("421 4.4.2 idle for too long");
        Duration most = oneConnection(SHORT).connectionWait().multipliedBy(2).dividedBy(3);
        try (Provider provider = SmtpTests.provider(plain(server.port()), oneConnection(SHORT))) {
            assertThat(provider.handOver(email("ann@example.com"), WANTED))
                    .isInstanceOf(AttemptOutcome.Taken.class);

            assertThat(provider.handOver(email("ann@example.com"), () -> pause(most, 1)))
                    .isEqualTo(busy(Reason.PROVIDER_BUSY, 0, ""));
        }
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void nothingWaitsForAConnectionOfAProviderThatRetires() throws Exception {
        server.when(Stage.DOT).once().stall();
        try (Provider provider = SmtpTests.provider(plain(server.port()), oneConnection(LONG));
                var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AttemptOutcome> first = handOver(provider, hands, 1).getFirst();
            await().atMost(LONG).until(() -> server.stalled() == 1);
            List<Future<AttemptOutcome>> others = handOver(provider, hands, 3);

            provider.retire();

            for (Future<AttemptOutcome> outcome : others) {
                assertThat(outcome.get()).isEqualTo(new AttemptOutcome.NotBegun());
            }
            server.release();
            assertThat(first.get()).isInstanceOf(AttemptOutcome.Taken.class);
            assertThat(provider.status().connections()).isZero();
        }
        assertThat(server.mails()).hasSize(1);
    }

    private static List<Future<AttemptOutcome>> handOver(
            Provider provider, ExecutorService hands, int mails) {
        return IntStream.range(0, mails)
                .mapToObj(_ ->
                        hands.submit(() -> provider.handOver(email("ann@example.com"), WANTED)))
                .toList();
    }
}
