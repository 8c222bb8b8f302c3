package io.campanile.domain.broadcast;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A message of a broadcast to one of two people who turned out to be one.
///
/// @param staying whether it is to the one whose details count from then on
public record MessageToOne(MessageId id, Kind state, boolean staying) {
    private static final Set<Kind> LEFT =
            EnumSet.of(Kind.SENDING, Kind.SENT, Kind.DELIVERED, Kind.UNKNOWN);

    /// Whether it waits, so that it will go where the details of the one person say.
    public boolean isWaiting() {
        return state == Kind.ACCEPTED || state == Kind.DEFERRED;
    }

    /// What becomes of those that are surplus.
    public static MessageState.Excluded excluded(Instant now) {
        return new MessageState.Excluded(Reason.DUPLICATE_RECIPIENT, now);
    }

    /// The messages that must not be sent, or the person gets the broadcast twice.
    ///
    /// @param all that the two have of one broadcast
    public static List<MessageToOne> surplus(List<MessageToOne> all) {
        boolean hasLeft = all.stream().anyMatch(message -> LEFT.contains(message.state()));
        return all.stream()
                .filter(MessageToOne::isWaiting)
                .sorted(Comparator.comparing(MessageToOne::staying).reversed())
                .skip(hasLeft ? 0 : 1)
                .toList();
    }
}
