package io.campanile.channels.email;

import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.channels.resilience.Attempt;
import io.campanile.channels.resilience.ProviderGuard;
import io.campanile.channels.resilience.TimeLimit;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.EmailSender;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Hands mail to an SMTP relay over kept connections. Before the final dot the attempt's time limit
/// holds, from when a connection is free; for the reply to it the far longer one of RFC 5321.
/// Whatever is stopped, its connection is closed.
final class SmtpProvider implements Provider {
    private final MailComposer composer;
    private final SmtpConnections connections;
    private final ProviderGuard guard;
    private final DeliveryLimits limits;

    /// The shortest that a stage may take.
    private final Duration shortest;

    /// Nearly every mail is handed over before, so that one wait for it is enough.
    private final TimeLimit firstLook;

    private final String envelopeSender;
    private final InstantSource time;
    private final LongSupplier nanoTime;

    /// Counts running hand-overs for [#close]; one party is the provider itself.
    private final Phaser running = new Phaser(1);

    SmtpProvider(
            ChannelConfiguration configuration,
            SmtpConnections connections,
            InstantSource time,
            LongSupplier nanoTime) {
        DeliveryLimits limits = configuration.limits();
        EmailSender sender = configuration.definition().sender();
        EmailAddress returnsTo =
                sender.envelopeSender() == null ? sender.from() : sender.envelopeSender();
        this.composer = new MailComposer(sender, time);
        this.connections = connections;
        this.guard = new ProviderGuard(configuration.name(), limits, nanoTime);
        this.limits = limits;
        this.shortest =
                Collections.min(
                        List.of(
                                limits.connectionWait(),
                                limits.attemptTimeout(),
                                limits.finalReplyTimeout()));
        this.firstLook = new TimeLimit(shortest);
        this.envelopeSender = MailComposer.wireForm(returnsTo);
        this.time = time;
        this.nanoTime = nanoTime;
    }

    @Override
    public int acquire(int wanted) {
        return guard.acquire(wanted);
    }

    @Override
    public Duration retryIn() {
        return guard.retryIn();
    }

    @Override
    public void release(int permits) {
        guard.release(permits);
    }

    @Override
    public AttemptOutcome handOver(OutgoingEmail email, BooleanSupplier stillWanted) {
        String replyTo = email.content().replyTo();
        if (!replyTo.isEmpty() && EmailAddress.parse(replyTo).isEmpty()) {
            return new AttemptOutcome.Refused(Reason.RENDERING_FAILED, ProviderReply.NONE);
        }
        running.register();
        try {
            return guard.attempt(mayBegin -> attempt(email, mayBegin, stillWanted));
        } finally {
            running.arriveAndDeregister();
        }
    }

    private Attempt attempt(
            OutgoingEmail email, BooleanSupplier mayBegin, BooleanSupplier stillWanted) {
        var envelope =
                new Envelope(
                        envelopeSender,
                        MailComposer.wireForm(email.to()),
                        email.id().toString(),
                        composer.senderNeedsUtf8(email.content()),
                        composer.needsUtf8(email.content()));
        var handOver =
                new HandOver(
                        connections,
                        envelope,
                        connection -> composer.compose(email, connection.takesEightBit()),
                        mayBegin,
                        () ->
                                time.instant().isBefore(email.expireTime())
                                        && stillWanted.getAsBoolean(),
                        nanoTime);
        AttemptOutcome outcome =
                await(handOver, Thread.ofVirtual().name("smtp-hand-over").start(handOver));
        Exception failure = handOver.failure();
        Duration rest = failure instanceof ConnectionFailed failed ? failed.rest() : null;
        return new Attempt(outcome, failure, rest);
    }

    /// What comes of it, stopped when the stage it is in takes too long. Looks at the stage again
    /// before another one that began meanwhile can have taken too long.
    private AttemptOutcome await(HandOver handOver, Thread thread) {
        TimeLimit look = firstLook;
        while (!look.await(handOver.outcome())) {
            HandOver.Progress progress = handOver.progress();
            if (progress.stage() == HandOver.Stage.OVER) {
                break;
            }
            Duration left = left(progress);
            if (left.isPositive() && !Thread.currentThread().isInterrupted()) {
                look = new TimeLimit(Collections.min(List.of(left, shortest)));
            } else if (handOver.stop(progress)) {
                if (progress.stage() != HandOver.Stage.ASKING) {
                    // A query of ours ends by itself, and whoever interrupts one breaks more.
                    thread.interrupt();
                }
                return handOver.saidOrBroken(progress.stage());
            }
        }
        return handOver.outcome().join();
    }

    private Duration left(HandOver.Progress progress) {
        Duration longest =
                switch (progress.stage()) {
                    case WITHOUT_CONNECTION, ASKING -> limits.connectionWait();
                    case BEFORE_DOT -> limits.attemptTimeout();
                    case AT_DOT -> limits.finalReplyTimeout();
                    case OVER, STOPPED -> Duration.ZERO;
                };
        return longest.minusNanos(nanoTime.getAsLong() - progress.since());
    }

    @Override
    public ProviderStatus status() {
        return new ProviderStatus(
                guard.breaker(),
                guard.pace(),
                guard.slotsTaken(),
                limits.slots(),
                connections.open());
    }

    @Override
    public void retire() {
        guard.close();
        connections.retire();
    }

    @Override
    public void close() {
        guard.close();
        running.arriveAndAwaitAdvance();
        connections.close();
    }
}
