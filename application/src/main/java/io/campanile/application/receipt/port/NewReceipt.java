package io.campanile.application.receipt.port;

import io.campanile.domain.receipt.Receipt;

/// A receipt to be kept.
///
/// @param addressGone whether nobody could be suppressed, for the person had been erased
public record NewReceipt(Receipt receipt, boolean addressGone) {}
