package io.campanile.channels.email;

import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// One mail on its way through a connection. It runs on a thread of its own, so that whoever waits
/// can stop it: before the final dot it then certainly was not taken, after it nobody knows.
final class HandOver implements Runnable, SmtpConnection.Listener {
    private static final System.Logger LOG = System.getLogger(HandOver.class.getName());

    /// How far the mail has come; `ASKING` while it is decided about once more, which is no time of
    /// the provider's; `OVER` when the connection is about to be given back.
    enum Stage {
        WITHOUT_CONNECTION,
        ASKING,
        BEFORE_DOT,
        AT_DOT,
        OVER,
        STOPPED
    }

    /// A stage and since when it lasts, in nanoseconds of the clock that was given.
    record Progress(Stage stage, long since) {}

    private final SmtpConnections connections;
    private final Envelope envelope;
    private final Function<SmtpConnection, byte[]> composer;
    private final BooleanSupplier mayBegin;
    private final BooleanSupplier stillWanted;
    private final LongSupplier nanoTime;
    private final AtomicReference<Progress> progress;
    private final CompletableFuture<AttemptOutcome> outcome = new CompletableFuture<>();
    private long waited;
    private volatile @Nullable SmtpConnection using;
    private volatile @Nullable Exception failure;

    /// What the provider said, before the connection is given back: should that fail, it still
    /// stands.
    private volatile @Nullable AttemptOutcome said;

    /// One hand-over.
    ///
    /// @param mayBegin asked when there is a connection to be used or to be opened
    /// @param stillWanted asked when a connection is there, for which it may have waited long, and
    ///   again when it is replaced
    HandOver(
            SmtpConnections connections,
            Envelope envelope,
            Function<SmtpConnection, byte[]> composer,
            BooleanSupplier mayBegin,
            BooleanSupplier stillWanted,
            LongSupplier nanoTime) {
        this.connections = connections;
        this.envelope = envelope;
        this.composer = composer;
        this.mayBegin = mayBegin;
        this.stillWanted = stillWanted;
        this.nanoTime = nanoTime;
        this.progress =
                new AtomicReference<>(new Progress(Stage.WITHOUT_CONNECTION, nanoTime.getAsLong()));
    }

    Progress progress() {
        return progress.get();
    }

    CompletableFuture<AttemptOutcome> outcome() {
        return outcome;
    }

    /// What broke, once there is an outcome; null where the provider's reply is all there is.
    @Nullable Exception failure() {
        return failure;
    }

    /// What breaks of being stopped says nothing more.
    private void failed(Exception e) {
        if (progress.get().stage() != Stage.STOPPED) {
            failure = e;
        }
    }

    /// Stops a hand-over that takes too long in a stage, and closes the connection under it; false
    /// when it has come further. Not for one that is over: its connection may serve another mail.
    boolean stop(Progress tooLong) {
        boolean stopped =
                progress.compareAndSet(tooLong, new Progress(Stage.STOPPED, nanoTime.getAsLong()));
        if (stopped) {
            failure = new TimeoutException();
            abort(using);
        }
        return stopped;
    }

    private static void abort(@Nullable SmtpConnection connection) {
        if (connection != null) {
            connection.abort();
        }
    }

    @Override
    public void run() {
        try {
            outcome.complete(attempt());
        } catch (ConnectionFailed e) {
            failed(e);
            outcome.complete(e.outcome());
        } catch (IOException e) {
            failed(e);
            outcome.complete(broken());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            // Unless it was stopped, nobody is to wait for a connection any longer, or to use one.
            outcome.complete(
                    progress.get().stage() == Stage.WITHOUT_CONNECTION
                            ? new AttemptOutcome.NotBegun()
                            : broken());
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a hand-over failed unexpectedly message={0} cause={1}",
                    envelope.id(),
                    e.getClass().getName());
        } finally {
            // Only an error of ours leaves it open; even then nobody must wait for ever.
            outcome.complete(saidOrBroken(progress.get().stage()));
        }
    }

    /// What a hand-over comes to that was stopped in a stage, or ended otherwise before its time.
    AttemptOutcome saidOrBroken(Stage stage) {
        AttemptOutcome last = said;
        return last == null ? broken(stage) : last;
    }

    private AttemptOutcome attempt() throws ConnectionFailed, IOException, InterruptedException {
        try (SmtpConnections.Lease lease = connections.borrow(this::lent)) {
            AttemptOutcome result;
            try {
                result = transmitIfWanted(lease.connection());
            } catch (IOException e) {
                // Nothing of the mail has left: another connection is no second attempt.
                if (!lease.connection().endedBetweenMails()) {
                    throw e;
                }
                lease.replace();
                result = transmitIfWanted(lease.connection());
            }
            return giveBack(lease, result);
        }
    }

    /// Asked for each connection: to wait for one, or to make one, may have taken long.
    private AttemptOutcome transmitIfWanted(SmtpConnection connection)
            throws IOException, InterruptedException {
        return isStillWanted() ? transmit(connection) : new AttemptOutcome.NotBegun();
    }

    /// The time of such questions counts as waiting for a connection. The attempt's own time stands
    /// still meanwhile, and goes on where it was.
    private boolean isStillWanted() throws InterruptedException {
        Progress before = progress.get();
        long asked = nanoTime.getAsLong();
        goOn(before, Stage.BEFORE_DOT, new Progress(Stage.ASKING, asked - waited));
        Progress asking = progress.get();
        boolean wanted = stillWanted.getAsBoolean();
        long took = nanoTime.getAsLong() - asked;
        waited += took;
        goOn(asking, Stage.ASKING, new Progress(Stage.BEFORE_DOT, before.since() + took));
        return wanted;
    }

    private void goOn(Progress before, Stage from, Progress to) throws InterruptedException {
        if (before.stage() != from || !progress.compareAndSet(before, to)) {
            throw new InterruptedException("too late");
        }
    }

    /// Unless it was stopped just now: then the connection is being closed.
    private AttemptOutcome giveBack(SmtpConnections.Lease lease, AttemptOutcome result) {
        said = result;
        if (goOn(progress.get().stage(), Stage.OVER)) {
            lease.whole();
        }
        return result;
    }

    private AttemptOutcome transmit(SmtpConnection connection) throws IOException {
        using = connection;
        if (envelope.needsUtf8() && !connection.takesUtf8()) {
            return refusedForUtf8();
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
        return connection.transmit(envelope, mail, this);
    }

    /// RFC 6531: the server would have to refuse it, and was not asked. Where the sender needs it,
    /// that is so with every mail, until somebody chooses another sender or relay.
    private AttemptOutcome refusedForUtf8() {
        failed(new NotOffered.Utf8NotOffered());
        return envelope.senderNeedsUtf8()
                ? new AttemptOutcome.Busy(Reason.PROVIDER_MISCONFIGURED, ProviderReply.NONE, null)
                : new AttemptOutcome.Refused(Reason.MESSAGE_REFUSED, ProviderReply.NONE);
    }

    private void lent() throws InterruptedException {
        if (!mayBegin.getAsBoolean()) {
            throw new InterruptedException("nothing is handed over any more");
        }
        waited = nanoTime.getAsLong() - progress.get().since();
        goOn(Stage.WITHOUT_CONNECTION, Stage.BEFORE_DOT);
    }

    @Override
    public void refused(AttemptOutcome refusal) {
        said = refusal;
    }

    @Override
    public boolean atFinalDot() {
        return goOn(Stage.BEFORE_DOT, Stage.AT_DOT);
    }

    /// False when it was stopped.
    private boolean goOn(Stage from, Stage to) {
        Progress before = progress.get();
        return before.stage() == from
                && from != Stage.STOPPED
                && progress.compareAndSet(before, new Progress(to, nanoTime.getAsLong()));
    }

    private AttemptOutcome broken() {
        return broken(progress.get().stage());
    }

    /// What a broken connection means, or none at all, depending on how far the mail had come.
    static AttemptOutcome broken(Stage stage) {
        return switch (stage) {
            case AT_DOT -> new AttemptOutcome.Ambiguous(ProviderReply.NONE);
            case WITHOUT_CONNECTION, ASKING ->
                    new AttemptOutcome.Busy(Reason.PROVIDER_BUSY, ProviderReply.NONE, null);
            case BEFORE_DOT, OVER, STOPPED ->
                    new AttemptOutcome.Busy(Reason.PROVIDER_UNREACHABLE, ProviderReply.NONE, null);
        };
    }
}
