package io.campanile.domain.eligibility;

import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.Reason;

import java.time.Instant;

/// What is decided about one recipient.
public sealed interface Decision {
    /// Nothing speaks against it.
    record Deliver() implements Decision {}

    /// The recipient gets nothing.
    ///
    /// @param remedy what would have to change, for people
    record Exclude(Reason reason, Evidence evidence, String remedy) implements Decision {
        /// The decision in a line, without what may quote somebody: where a record comes from is
        /// text that people wrote.
        public String detail() {
            return evidence.record().isEmpty()
                    ? remedy
                    : "%s says no. %s".formatted(evidence.record(), remedy);
        }
    }

    /// The recipient gets it later: then everything is decided anew.
    ///
    /// @param until the message must not be handed over before
    record Defer(Instant until, Reason reason, Evidence evidence) implements Decision {}

    /// What it comes to for a message that expires: whoever would have to wait as long gets
    /// nothing.
    default Decision before(Instant expireTime) {
        return this instanceof Defer(var until, var reason, var evidence)
                        && DeliveryRules.waitsTooLong(until, expireTime)
                ? new Exclude(
                        reason, evidence, "The message would have to expire after " + until + ".")
                : this;
    }
}
