package io.campanile.application.receipt.port;

import io.campanile.domain.receipt.Receipt;

/// A receipt to be kept.
///
/// @param addressGone whether nobody could be suppressed, for the person had been erased
public record NewReceipt(Receipt receipt, boolean addressGone) {
    /// What is kept of the words: none of somebody who was erased. The reason stays what they made
    /// it.
    public String diagnostic() {
        return addressGone ? "" : receipt.diagnostic();
    }
}
