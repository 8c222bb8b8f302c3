package io.campanile.channels.email;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// One mail on its way through a connection. It runs on a thread of its own, so that whoever waits
/// can stop it: before the final dot it then certainly was not taken, after it nobody knows.
final class HandOver implements Runnable {
    private static final System.Logger LOG = System.getLogger(HandOver.class.getName());

    private enum Stage {
        BEFORE_DOT,
        AT_DOT,
        STOPPED
    }

    private final SmtpConnections connections;
    private final Envelope envelope;
    private final Function<SmtpConnection, byte[]> composer;
    private final BooleanSupplier expired;
    private final CompletableFuture<Boolean> connectionLent = new CompletableFuture<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.BEFORE_DOT);
    private final CompletableFuture<Boolean> dotReached = new CompletableFuture<>();
    private final CompletableFuture<AttemptOutcome> outcome = new CompletableFuture<>();
    private volatile @Nullable SmtpConnection using;

    /// One hand-over.
    ///
    /// @param expired asked when a connection is there, for which it may have waited long
    HandOver(
            SmtpConnections connections,
            Envelope envelope,
            Function<SmtpConnection, byte[]> composer,
            BooleanSupplier expired) {
        this.connections = connections;
        this.envelope = envelope;
        this.composer = composer;
        this.expired = expired;
    }

    /// Done when it is its turn to use a connection, which may still have to be opened.
    CompletableFuture<Boolean> connectionLent() {
        return connectionLent;
    }

    /// Done when the final dot is about to leave, or never will.
    CompletableFuture<Boolean> dotReached() {
        return dotReached;
    }

    CompletableFuture<AttemptOutcome> outcome() {
        return outcome;
    }

    /// Stops a hand-over that takes too long before the final dot; false when the dot may have
    /// left.
    boolean stopBeforeDot() {
        boolean stopped = stage.compareAndSet(Stage.BEFORE_DOT, Stage.STOPPED);
        if (stopped) {
            cut();
        }
        return stopped;
    }

    /// Closes the connection under a hand-over nobody waits for any more.
    void cut() {
        SmtpConnection connection = using;
        if (connection != null) {
            connection.abort();
        }
    }

    @Override
    public void run() {
        try {
            outcome.complete(attempt());
        } catch (ConnectionFailed e) {
            outcome.complete(e.outcome());
        } catch (IOException _) {
            outcome.complete(broken());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            outcome.complete(broken());
        } finally {
            // Only an error of ours leaves it open; even then nobody must wait for ever.
            outcome.complete(broken());
            connectionLent.complete(false);
            dotReached.complete(false);
        }
    }

    private AttemptOutcome attempt() throws ConnectionFailed, IOException, InterruptedException {
        try (SmtpConnections.Lease lease =
                connections.borrow(() -> connectionLent.complete(true))) {
            if (expired.getAsBoolean()) {
                lease.whole();
                return new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, ProviderReply.NONE, null);
            }
            AttemptOutcome result;
            try {
                result = transmit(lease.connection());
            } catch (IOException e) {
                // Nothing of the mail has left: another connection is no second attempt.
                if (!lease.connection().endedBetweenMails()) {
                    throw e;
                }
                lease.replace();
                result = transmit(lease.connection());
            }
            lease.whole();
            return result;
        }
    }

    private AttemptOutcome transmit(SmtpConnection connection) throws IOException {
        using = connection;
        if (envelope.needsUtf8() && !connection.takesUtf8()) {
            // RFC 6531: the server would have to refuse it with this code.
            return new AttemptOutcome.Refused(
                    Reason.MESSAGE_REFUSED, new ProviderReply(553, "5.6.7"));
        }
        byte[] mail;
        try {
            mail = composer.apply(connection);
        } catch (RuntimeException e) {
            // Another try would end the same, and the provider has nothing to do with it.
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a mail could not be written message={0} cause={1}",
                    envelope.id(),
                    e.getClass().getName());
            return new AttemptOutcome.Refused(Reason.RENDERING_FAILED, ProviderReply.NONE);
        }
        return connection.transmit(envelope, mail, this::atFinalDot);
    }

    private boolean atFinalDot() {
        boolean goesOn = stage.compareAndSet(Stage.BEFORE_DOT, Stage.AT_DOT);
        if (goesOn) {
            dotReached.complete(true);
        }
        return goesOn;
    }

    /// What a broken connection means, or none at all, depending on how far the mail had come.
    AttemptOutcome broken() {
        if (stage.get() == Stage.AT_DOT) {
            return new AttemptOutcome.Ambiguous(ProviderReply.NONE);
        }
        return new AttemptOutcome.Busy(
                connectionLent.getNow(false) ? Reason.PROVIDER_UNREACHABLE : Reason.PROVIDER_BUSY,
                ProviderReply.NONE,
                null);
    }
}
