package io.campanile.application.receipt.port;

import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;

import org.jspecify.annotations.Nullable;

/// A settled message that receipts move to another state.
///
/// @param broadcast the execution where it is a broadcast
public record Move(
        MessageId message,
        @Nullable ExecutionId broadcast,
        MessageState.Kind former,
        MessageState.Settled state) {}
