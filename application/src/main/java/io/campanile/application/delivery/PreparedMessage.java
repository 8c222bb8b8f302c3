package io.campanile.application.delivery;

import io.campanile.application.delivery.port.OutgoingEmail;
import io.campanile.application.eligibility.port.Subject;

import java.time.Instant;

/// A message that may be sent, and how it looks.
///
/// @param subject whom it was decided about
/// @param decideTime when it was decided that it may be sent
record PreparedMessage(
        Deliverable message, Subject subject, OutgoingEmail email, Instant decideTime) {
    PreparedMessage decidedAt(Instant time) {
        return new PreparedMessage(message, subject, email, time);
    }
}
