package io.campanile.domain.message;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Where a message stands. Each variant carries only what is true in that state.
public sealed interface MessageState {
    /// The state's name, the same in the API, here and in the database.
    enum Kind {
        ACCEPTED,
        DEFERRED,
        SENDING,
        EXCLUDED,
        CANCELLED,
        EXPIRED,
        FAILED,
        UNKNOWN,
        SENT,
        DELIVERED,
        BOUNCED;

        /// Whether a hand-over can still follow.
        public boolean isOpen() {
            return this == ACCEPTED || this == DEFERRED || this == SENDING;
        }
    }

    Kind kind();

    /// Why it stands there; null where the state says all.
    default @Nullable Reason reason() {
        return null;
    }

    /// A state after which no hand-over can follow.
    sealed interface Settled extends MessageState {
        Instant at();
    }

    /// Committed, not decided yet.
    record Accepted() implements MessageState {
        @Override
        public Kind kind() {
            return Kind.ACCEPTED;
        }
    }

    /// Waits, not before `dueTime`.
    record Deferred(Instant dueTime, Reason reason) implements MessageState {
        @Override
        public Kind kind() {
            return Kind.DEFERRED;
        }
    }

    /// Marked: a byte may have gone to the provider under this claim.
    record Sending() implements MessageState {
        @Override
        public Kind kind() {
            return Kind.SENDING;
        }
    }

    /// A rule said no before a provider saw it.
    record Excluded(Reason reason, Instant at) implements Settled {
        @Override
        public Kind kind() {
            return Kind.EXCLUDED;
        }
    }

    record Cancelled(Reason reason, Instant at) implements Settled {
        @Override
        public Kind kind() {
            return Kind.CANCELLED;
        }
    }

    record Expired(Instant at) implements Settled {
        @Override
        public Kind kind() {
            return Kind.EXPIRED;
        }
    }

    record Failed(Reason reason, Instant at) implements Settled {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }

    /// The provider may or may not have taken it, and trying again is not allowed.
    record Unknown(Instant at) implements Settled {
        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }
    }

    /// The provider took responsibility. Not proof that a person received it.
    record Sent(Instant at) implements Settled {
        @Override
        public Kind kind() {
            return Kind.SENT;
        }
    }

    /// A receipt says that it arrived.
    record Delivered(Instant at) implements Settled {
        @Override
        public Kind kind() {
            return Kind.DELIVERED;
        }
    }

    /// A receipt says that it came back after a provider took it.
    record Bounced(Reason reason, Instant at) implements Settled {
        @Override
        public Kind kind() {
            return Kind.BOUNCED;
        }
    }
}
