package io.campanile.channels.email;

import static io.campanile.channels.email.SmtpTests.NOON;
import static io.campanile.channels.email.SmtpTests.limits;
import static io.campanile.channels.email.SmtpTests.plain;
import static io.campanile.channels.email.SmtpTests.timeLimits;
import static io.campanile.testkit.delivery.ProviderContract.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.RefusedPart;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpRule;
import io.campanile.testkit.smtp.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

class SmtpFaultsIT {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void stopServer() {
        server.close();
    }

    private AttemptOutcome handOver(DeliveryLimits limits) {
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits)) {
            return provider.handOver(email("ann@example.com"));
        }
    }

    private static AttemptOutcome busy(Reason reason, int code, String enhanced) {
        return new AttemptOutcome.Busy(reason, new ProviderReply(code, enhanced), null);
    }

    private static final AttemptOutcome UNREACHABLE =
            new AttemptOutcome.Busy(Reason.PROVIDER_UNREACHABLE, ProviderReply.NONE, null);
    private static final AttemptOutcome AMBIGUOUS =
            new AttemptOutcome.Ambiguous(ProviderReply.NONE);

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        server.refuseConnections();

        assertThat(handOver(limits(1, 1))).isEqualTo(UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void aCutBeforeTheFinalDotIsCertainlyNoHandOver(Stage stage) {
        server.when(stage).cut();

        assertThat(handOver(limits(1, 1))).isEqualTo(UNREACHABLE);
        assertThat(server.total()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void aStallBeforeTheFinalDotEndsWithTheAttemptsTimeLimit(Stage stage) {
        server.when(stage).stall();

        assertThat(handOver(timeLimits(SHORT, LONG))).isEqualTo(UNREACHABLE);
        await().atMost(LONG).until(() -> server.connectionsOpen() <= 1);
        server.behave();
        server.release();
        await().atMost(LONG).until(() -> server.connectionsOpen() == 0);
        assertThat(server.total()).isZero();
    }

    @Test
    void aCutAfterTheFinalDotIsAmbiguous() {
        server.when(Stage.DOT).cut();

        assertThat(handOver(limits(1, 1))).isEqualTo(AMBIGUOUS);
        assertThat(server.total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 2.0.0 taken", "251 2.1.5 forwarded", "252 2.0.0 taken"})
    void everyPositiveReplyToTheFinalDotMeansTaken(String line) {
        server.when(Stage.DOT).reply(line);

        assertThat(handOver(limits(1, 1))).isInstanceOf(AttemptOutcome.Taken.class);
    }

    @Test
    void aMailThatCannotBeWrittenFailsAloneAndOnTheSameConnection() {
        var broken = new AtomicBoolean();
        // Before the mail expires, but no date that can be written.
        InstantSource time = () -> broken.get() ? Instant.MAX.minusSeconds(1) : NOON;
        try (Provider provider =
                SmtpTests.provider(plain(server.port()), limits(1, 1), time, System::nanoTime)) {
            provider.handOver(email("ann@example.com"));

            broken.set(true);
            for (int mail = 0; mail < 60; mail++) {
                assertThat(provider.handOver(email("ann@example.com")))
                        .isEqualTo(
                                new AttemptOutcome.Refused(
                                        Reason.RENDERING_FAILED, ProviderReply.NONE));
            }

            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
            broken.set(false);
            assertThat(provider.handOver(email("ann@example.com")))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void aCutAfterTheMailWasTakenIsAmbiguous() {
        server.when(Stage.DOT).countAndCut();

        assertThat(handOver(limits(1, 1))).isEqualTo(AMBIGUOUS);
        assertThat(server.total()).isEqualTo(1);
    }

    @Test
    void aReplyToTheFinalDotThatNeverComesIsAmbiguous() {
        server.when(Stage.DOT).stall();

        assertThat(handOver(timeLimits(LONG, SHORT))).isEqualTo(AMBIGUOUS);
    }

    @Test
    void aCutInTheMiddleOfALargeMailIsCertainlyNoHandOver() {
        server.when(Stage.BODY).cut();
        var large = new RenderedEmail("s", "", "a line of text\n".repeat(600_000), "");
        var email =
                new OutgoingEmail(
                        new MessageId(new UUID(1, 2)),
                        Category.TRANSACTIONAL,
                        new EmailAddress("ann@example.com"),
                        large,
                        Instant.MAX,
                        "");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            assertThat(provider.handOver(email)).isEqualTo(UNREACHABLE);
        }
        assertThat(server.total()).isZero();
    }

    @Test
    void theReplyToTheFinalDotMayTakeLongerThanTheAttempt() throws Exception {
        Duration attempt = Duration.ofSeconds(2);
        server.when(Stage.DOT).once().stall();
        var helper =
                Thread.ofVirtual()
                        .start(() -> {
                            await().atMost(LONG).until(() -> server.stalled() == 1);
                            await().pollDelay(attempt.plusMillis(200)).until(() -> true);
                            server.release();
                        });

        assertThat(handOver(timeLimits(attempt, LONG))).isInstanceOf(AttemptOutcome.Taken.class);
        helper.join();
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 451 4.3.0 later, PROVIDER_BUSY, 451, 4.3.0",
        "RCPT, 450 4.2.1 later, ADDRESS_BUSY, 450, 4.2.1",
        "DATA, 451 4.3.2 later, PROVIDER_BUSY, 451, 4.3.2",
        "DOT, 452 4.3.1 full, PROVIDER_BUSY, 452, 4.3.1",
        "MAIL, 421 4.7.0 too many, PROVIDER_THROTTLED, 421, 4.7.0",
        "DOT, 421 4.7.0 too many, PROVIDER_THROTTLED, 421, 4.7.0",
        "CONNECT, 421 4.7.0 too many connections, PROVIDER_THROTTLED, 421, 4.7.0",
        "CONNECT, 450 4.7.1 greylisted, PROVIDER_BUSY, 450, 4.7.1",
        "CONNECT, 554 5.3.2 go away, PROVIDER_MISCONFIGURED, 554, 5.3.2",
        "MAIL, 530 5.7.0 sign in first, PROVIDER_MISCONFIGURED, 530, 5.7.0",
        "MAIL, 550 5.7.1 policy, PROVIDER_MISCONFIGURED, 550, 5.7.1",
        "MAIL, 550 5.1.1 unknown, PROVIDER_MISCONFIGURED, 550, 5.1.1",
        "RCPT, 554 5.7.1 Relay access denied, PROVIDER_MISCONFIGURED, 554, 5.7.1",
    })
    void aServerThatIsBusyIsTriedLater(
            Stage stage, String line, Reason reason, int code, String enhanced) {
        server.when(stage).reply(line);

        assertThat(handOver(limits(1, 1))).isEqualTo(busy(reason, code, enhanced));
        assertThat(server.total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 unknown, ADDRESS_REFUSED, 550, 5.1.1, RECIPIENT",
        "RCPT, 552 5.2.2 mailbox full, MESSAGE_REFUSED, 552, 5.2.2, RECIPIENT",
        "DATA, 554 5.5.0 no, MESSAGE_REFUSED, 554, 5.5.0, CONTENT",
        "DOT, 554 5.6.0 cannot read it, MESSAGE_REFUSED, 554, 5.6.0, CONTENT",
        "DOT, 550 5.1.1 unknown, ADDRESS_REFUSED, 550, 5.1.1, CONTENT",
        "DOT, 550 spam, POLICY_REFUSED, 550, '', CONTENT",
    })
    void aDefiniteNoIsFinal(
            Stage stage, String line, Reason reason, int code, String enhanced, RefusedPart part) {
        server.when(stage).reply(line);

        assertThat(handOver(limits(1, 1)))
                .isEqualTo(
                        new AttemptOutcome.Refused(
                                reason, new ProviderReply(code, enhanced), part));
        assertThat(server.total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, MAIL, 450 4.3.0 later, 450, 4.3.0",
        "1, MAIL, 450 4.3.0 later, 450, 4.3.0",
        "0, RCPT, 452 4.3.1 later, 452, 4.3.1",
        "1, RCPT, 452 4.3.1 later, 452, 4.3.1",
        "0, RCPT, 550 5.1.1 unknown, 550, 5.1.1",
        "1, RCPT, 550 5.1.1 unknown, 550, 5.1.1",
    })
    void whatTheServerSaidCountsAlthoughItClosesTheConnectionAfterIt(
            int mailsBefore, Stage stage, String line, int code, String enhanced) {
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < mailsBefore; mail++) {
                provider.handOver(email("ann@example.com"));
            }
            server.when(stage).once().replyAndCut(line);

            assertThat(provider.handOver(email("bob@example.com")).reply())
                    .isEqualTo(new ProviderReply(code, enhanced));
            assertThat(server.mails()).hasSize(mailsBefore);
            assertThat(provider.handOver(email("ann@example.com")))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
    }

    @Test
    void aConnectionIsNotUsedAgainAfterThe521ThatAnnouncesItsEnd() {
        server.when(Stage.RCPT).once().reply("521 5.3.2 no mail here");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            provider.handOver(email("ann@example.com"));
            provider.handOver(email("ann@example.com"));
        }
        assertThat(server.mails()).hasSize(1);
        assertThat(server.connectionsAccepted()).isEqualTo(2);
    }

    @Test
    void greylistingNamesTheTimeToComeBack() {
        server.when(Stage.RCPT)
                .firstOfEach()
                .reply("450 4.7.1 greylisted, try again in 300 seconds");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            assertThat(provider.handOver(email("ann@example.com")))
                    .isEqualTo(
                            new AttemptOutcome.Busy(
                                    Reason.ADDRESS_BUSY,
                                    new ProviderReply(450, "4.7.1"),
                                    Duration.ofMinutes(5)));
            assertThat(provider.handOver(email("ann@example.com")))
                    .isInstanceOf(AttemptOutcome.Taken.class);
        }
    }

    @Test
    void greylistingHoldsUpNoOtherRecipient() {
        server.when(Stage.RCPT).reply("451 4.7.1 greylisted, try again in 300 seconds");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < 60; mail++) {
                provider.handOver(email("ann@example.com"));
            }

            assertThat(provider.status().pace()).isZero();
            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
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
    void whatExpiredWhileItWaitedForAConnectionIsNotSent() throws Exception {
        OutgoingEmail any = email("ann@example.com");
        var expired =
                new OutgoingEmail(
                        any.id(), any.category(), any.to(), any.content(), SmtpTests.NOON, "");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            assertThat(provider.acquire(1)).isEqualTo(1);
            assertThat(provider.handOver(expired)).isEqualTo(busy(Reason.PROVIDER_BUSY, 0, ""));

            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
        }
        assertThat(server.mails()).isEmpty();
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
                assertThat(outcome.get()).isEqualTo(busy(Reason.PROVIDER_BUSY, 0, ""));
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
                .mapToObj(_ -> hands.submit(() -> provider.handOver(email("ann@example.com"))))
                .toList();
    }

    @Test
    void throttlingSlowsThePaceDown() {
        // To the used connection and to the fresh one in its place.
        server.when(Stage.MAIL).after(3).times(2).reply("421 4.7.0 too many messages");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < 4; mail++) {
                assertThat(provider.acquire(1)).isEqualTo(1);
                provider.handOver(email("ann@example.com"));
                provider.release(1);
            }

            assertThat(provider.status().pace()).isBetween(0.5, 4.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reply", "replyAndCut"})
    void aServerThatTakesSoManyMailsForEachConnectionDoesNotThrottle(String ending) {
        SmtpRule rule = server.when(Stage.MAIL).after(3).once();
        String line = "421 4.7.0 too many messages in this connection";
        if (ending.equals("reply")) {
            rule.reply(line);
        } else {
            rule.replyAndCut(line);
        }
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < 5; mail++) {
                assertThat(provider.handOver(email("ann@example.com")))
                        .isInstanceOf(AttemptOutcome.Taken.class);
            }

            assertThat(provider.status().pace()).isZero();
        }
        assertThat(server.mails()).hasSize(5);
        assertThat(server.connectionsAccepted()).isEqualTo(2);
    }

    @Test
    void theBreakerOpensAndClosesAgain() {
        server.refuseConnections();
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 4))) {
            while (provider.status().breaker() == Breaker.CLOSED) {
                provider.handOver(email("ann@example.com"));
            }
            assertThat(provider.acquire(1)).isZero();
            assertThat(provider.retryIn()).isPositive();

            server.acceptConnections();
            await().atMost(LONG)
                    .until(() -> {
                        if (provider.acquire(1) == 1) {
                            provider.handOver(email("ann@example.com"));
                            provider.release(1);
                        }
                        return provider.status().breaker() == Breaker.CLOSED;
                    });
        }
        assertThat(server.mails()).hasSize(3);
    }

    @Test
    void whoWatchesOnlyTheStatusSeesWhenAProbeMayGo() {
        server.refuseConnections();
        var time = new AtomicLong();
        DeliveryLimits limits = limits(1, 4);
        try (Provider provider =
                SmtpTests.provider(
                        plain(server.port()), limits, InstantSource.fixed(NOON), time::get)) {
            while (provider.status().breaker() == Breaker.CLOSED) {
                provider.handOver(email("ann@example.com"));
            }
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
    })
    void aRelayThatRefusesUsOpensTheBreaker(Stage stage, String line) {
        server.when(stage).reply(line);
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < 10; mail++) {
                assertThat(provider.handOver(email("ann@example.com")))
                        .isInstanceOf(AttemptOutcome.Busy.class);
            }

            assertThat(provider.status().breaker()).isEqualTo(Breaker.OPEN);
        }
    }

    @Test
    void refusalsOfRecipientsDoNotOpenTheBreaker() {
        server.when(Stage.RCPT).reply("550 5.1.1 unknown");
        try (Provider provider = SmtpTests.provider(plain(server.port()), limits(1, 1))) {
            for (int mail = 0; mail < 60; mail++) {
                provider.handOver(email("ann@example.com"));
            }

            assertThat(provider.status().breaker()).isEqualTo(Breaker.CLOSED);
        }
    }
}
