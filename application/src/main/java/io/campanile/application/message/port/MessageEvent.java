package io.campanile.application.message.port;

import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.receipt.ReceiptKind;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Something that happened to a message: it came into a state, or something was reported of it.
///
/// @param number 0 for the acceptance, then counting up
/// @param attempts how often it had been marked by then
/// @param receipt what a receipt adds; absent where none is behind it
public record MessageEvent(
        int number,
        Type type,
        @Nullable Reason reason,
        int attempts,
        ProviderReply reply,
        Instant time,
        @Nullable ReceiptDetail receipt) {
    /// What happened: the state it came into, or a complaint, which is none.
    public enum Type {
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
        BOUNCED,
        COMPLAINED;

        /// It came into that state.
        public static Type of(MessageState.Kind state) {
            return valueOf(state.name());
        }

        /// That was reported.
        public static Type of(ReceiptKind kind) {
            return valueOf(kind.name());
        }
    }

    /// What only a receipt says.
    ///
    /// @param diagnostic what the remote server said, which may quote the address; may be empty
    /// @param addressGone whether nobody could be suppressed, for the person had been erased
    public record ReceiptDetail(String diagnostic, boolean addressGone) {
        @Override
        public String toString() {
            return addressGone ? "address gone" : "receipt";
        }
    }

    /// A state that the message came into by itself.
    public MessageEvent(
            int number,
            MessageState.Kind state,
            @Nullable Reason reason,
            int attempts,
            ProviderReply reply,
            Instant time) {
        this(number, Type.of(state), reason, attempts, reply, time, null);
    }
}
