package io.campanile.persistence;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// Reads columns that several look-ups share.
public final class StateRows {
    private StateRows() {}

    /// The settled state of a row of `message_state`.
    public static MessageState settled(ResultSet row) throws SQLException {
        Instant at = RowTimes.time(row, "state_time");
        return switch (kind(row)) {
            case EXCLUDED -> new MessageState.Excluded(requiredReason(row), at);
            case CANCELLED -> new MessageState.Cancelled(requiredReason(row), at);
            case EXPIRED -> new MessageState.Expired(at);
            case FAILED -> new MessageState.Failed(requiredReason(row), at);
            case UNKNOWN -> new MessageState.Unknown(at);
            case SENT -> new MessageState.Sent(at);
            case DELIVERED -> new MessageState.Delivered(at);
            case BOUNCED -> new MessageState.Bounced(requiredReason(row), at);
            case ACCEPTED, DEFERRED, SENDING ->
                    throw new IllegalStateException("no settled state: " + kind(row));
        };
    }

    /// The state of a row of `message_state`, whose `state_time` is when it is due while it waits.
    public static MessageState state(ResultSet row) throws SQLException {
        return switch (kind(row)) {
            case ACCEPTED -> new MessageState.Accepted();
            case SENDING -> new MessageState.Sending();
            case DEFERRED ->
                    new MessageState.Deferred(
                            RowTimes.time(row, "state_time"), requiredReason(row));
            case EXCLUDED, CANCELLED, EXPIRED, FAILED, UNKNOWN, SENT, DELIVERED, BOUNCED ->
                    settled(row);
        };
    }

    public static MessageState.Kind kind(ResultSet row) throws SQLException {
        return MessageState.Kind.valueOf(row.getString("state"));
    }

    public static @Nullable Reason reason(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return reason == null ? null : Reason.valueOf(reason);
    }

    /// Where a call sent a message; absent when it left that to the profile, or when it is no
    /// address by the rules of today: that keeps no other message of a list from being shown.
    public static @Nullable EmailAddress address(ResultSet row) throws SQLException {
        String address = row.getString("address");
        return address == null ? null : EmailAddress.parse(address).orElse(null);
    }

    private static Reason requiredReason(ResultSet row) throws SQLException {
        return Reason.valueOf(row.getString("reason"));
    }
}
