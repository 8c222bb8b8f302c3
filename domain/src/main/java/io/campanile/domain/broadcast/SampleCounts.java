package io.campanile.domain.broadcast;

import io.campanile.domain.message.MessageState;

import java.util.Map;

/// What became of the messages of a canary.
///
/// @param all of them, whatever became of them
/// @param sent and delivered
/// @param stuck still open, because a provider did not take them or did not say so, and those that
///   wait behind such
/// @param complained messages whose recipients called them spam; they are also counted in one of
///   the others
public record SampleCounts(
        long all, long sent, long failed, long bounced, long unknown, long stuck, long complained) {
    /// Counts a sample whose messages were counted by state. A provider that is left alone gets few
    /// attempts: where it keeps some waiting, it keeps all that nobody has tried. Should another
    /// cause have kept those, the broadcast halts rather than goes on.
    ///
    /// @param stuck how many of those that are put off are so for a provider's reason, after an
    ///   attempt
    /// @param complained how many of those that arrived, or came back, somebody complained of
    public static SampleCounts of(
            Map<MessageState.Kind, Long> counts, long stuck, long complained) {
        return new SampleCounts(
                counts.values().stream().mapToLong(Long::longValue).sum(),
                count(counts, MessageState.Kind.SENT) + count(counts, MessageState.Kind.DELIVERED),
                count(counts, MessageState.Kind.FAILED),
                count(counts, MessageState.Kind.BOUNCED),
                count(counts, MessageState.Kind.UNKNOWN),
                stuck == 0 ? 0 : stuck + count(counts, MessageState.Kind.ACCEPTED),
                complained);
    }

    private static long count(Map<MessageState.Kind, Long> counts, MessageState.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /// How many tell how the rest would fare. Who was excluded, or waits for another reason than a
    /// provider's, does not.
    public long tried() {
        return sent + failed + bounced + unknown + stuck;
    }
}
