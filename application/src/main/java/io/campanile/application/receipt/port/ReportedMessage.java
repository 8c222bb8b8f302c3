package io.campanile.application.receipt.port;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;

import org.jspecify.annotations.Nullable;

/// A message that something is reported of.
///
/// @param doubted whether it has settled, and of some attempt before nobody knew whether the
///   provider took it
/// @param broadcast the execution where it is a broadcast, which counts what settled
/// @param address where it went; absent when its person was erased, and where it never went
public record ReportedMessage(
        MessageState.Kind state,
        boolean doubted,
        @Nullable ExecutionId broadcast,
        @Nullable EmailAddress address) {
    /// The same, sent there.
    public ReportedMessage sentTo(EmailAddress to) {
        return new ReportedMessage(state, doubted, broadcast, to);
    }
}
