package io.campanile.channels.email;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps a wrong password from being tried again and again: servers lock accounts, and bar the
/// addresses, of those who do. After a refusal nobody connects for a while, then one at a time, and
/// twice as long after each that is refused as well. Thread-safe.
final class SignIn {
    private static final Duration LONGEST_REST = Duration.ofMinutes(15);

    private final Duration firstRest;
    private final LongSupplier nanoTime;
    private @Nullable ConnectionFailed refusal;
    private Duration rest;
    private long restsSince;
    private boolean probing;

    /// Connects, and signs in on the way.
    interface Connecting {
        SmtpConnection connect() throws ConnectionFailed;
    }

    /// @param firstRest how long nobody tries after the first refusal
    SignIn(Duration firstRest, LongSupplier nanoTime) {
        this.firstRest = firstRest;
        this.rest = firstRest;
        this.nanoTime = nanoTime;
    }

    /// Connects, unless the last refusal says all that there is to say now.
    SmtpConnection connect(Connecting connecting) throws ConnectionFailed {
        boolean probe = begin();
        boolean connected = false;
        ConnectionFailed failed = null;
        try {
            SmtpConnection connection = connecting.connect();
            connected = true;
            return connection;
        } catch (ConnectionFailed e) {
            failed = e;
            throw e.isSignInRefused() ? refused(e, probe) : e;
        } finally {
            end(probe, connected, failed);
        }
    }

    /// Whether it is the one that tries while the others are refused.
    private synchronized boolean begin() throws ConnectionFailed {
        if (refusal == null) {
            return false;
        }
        Duration left = rest.minusNanos(nanoTime.getAsLong() - restsSince);
        if (probing || left.isPositive()) {
            throw refusal.restingFor(left.isPositive() ? left : rest);
        }
        probing = true;
        return true;
    }

    /// Several sign-ins may begin together: the first to be refused says how long the others rest.
    private synchronized ConnectionFailed refused(ConnectionFailed latest, boolean probe) {
        long now = nanoTime.getAsLong();
        if (refusal == null) {
            rest = firstRest;
            restsSince = now;
        } else if (probe) {
            Duration twice = rest.multipliedBy(2);
            rest = twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
            restsSince = now;
        }
        refusal = latest;
        return latest.restingFor(rest);
    }

    private synchronized void end(
            boolean probe, boolean connected, @Nullable ConnectionFailed failed) {
        if (connected) {
            refusal = null;
        }
        if (probe) {
            probing = false;
            if (failed != null && !failed.isSignInRefused()) {
                restsSince = nanoTime.getAsLong();
            }
        }
    }
}
