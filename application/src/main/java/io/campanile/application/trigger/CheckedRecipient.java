package io.campanile.application.trigger;

import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.Recipient;

import java.util.List;

/// A recipient of a trigger that has been looked at.
///
/// @param index its place in the call, from 0
/// @param stored its payload, as it is stored
/// @param violations with full paths; with any, it is rejected
record CheckedRecipient(
        int index, Recipient recipient, byte[] stored, List<FieldViolation> violations) {

    boolean isAcceptable() {
        return violations.isEmpty();
    }

    Payload payload() {
        return new Payload(recipient.context(), recipient.profile());
    }

    /// The room that its message takes in memory.
    int places() {
        return MessageQueue.placesFor(stored.length);
    }

    /// The call's field for it.
    static String path(int index) {
        return "recipients[" + index + "]";
    }
}
