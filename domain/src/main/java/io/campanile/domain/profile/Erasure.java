package io.campanile.domain.profile;

import io.campanile.domain.clock.ClockSkew;

import java.time.Duration;
import java.time.Instant;

/// A person to be forgotten.
///
/// @param names what they are recognised by until that is done
/// @param time when the person was gone, by the clock of the node that erased them
public record Erasure(PersonNames names, Instant time) {
    /// A transaction that read the person before they were gone writes nothing after that.
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    /// What was counted of the person, by whatever node's clock, was counted before this.
    public Instant end() {
        return time.plus(ClockSkew.MOST_BETWEEN_NODES).plus(LONGEST_TRANSACTION);
    }

    /// The end of the messages that may be about the person, by the times in their ids. Each node
    /// makes these by its own clock, so the database's clock alone is not enough.
    ///
    /// @param now by the database's clock, when the person has gone
    /// @param newest the time in the id of the newest message there is
    public static Instant endOfMessages(Instant now, Instant newest) {
        Instant most = now.plus(ClockSkew.MOST);
        Instant latest = newest.isAfter(most) ? most : newest;
        return (latest.isAfter(now) ? latest : now).plus(LONGEST_TRANSACTION);
    }

    @Override
    public String toString() {
        return "Erasure[" + names.profile() + "]";
    }
}
