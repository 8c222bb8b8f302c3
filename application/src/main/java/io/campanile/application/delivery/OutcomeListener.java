package io.campanile.application.delivery;

import io.campanile.application.delivery.port.Recording;

/// Told about every state a message came into, once it is durable; must be quick.
interface OutcomeListener {
    /// Called once for each recording.
    ///
    /// @param valid false when the claim had been lost, so that nothing changed
    void recorded(Recording recording, boolean valid);
}
