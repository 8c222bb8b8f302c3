package io.campanile.domain.broadcast;

import io.campanile.domain.message.MessageState;

import java.util.Map;

/// What became of the messages of a canary.
///
/// @param all of them, whatever became of them
/// @param sent and delivered
public record SampleCounts(long all, long sent, long failed, long bounced, long unknown) {
    /// Of messages counted by state.
    public static SampleCounts of(Map<MessageState.Kind, Long> counts) {
        return new SampleCounts(
                counts.values().stream().mapToLong(Long::longValue).sum(),
                count(counts, MessageState.Kind.SENT) + count(counts, MessageState.Kind.DELIVERED),
                count(counts, MessageState.Kind.FAILED),
                count(counts, MessageState.Kind.BOUNCED),
                count(counts, MessageState.Kind.UNKNOWN));
    }

    private static long count(Map<MessageState.Kind, Long> counts, MessageState.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /// Those that tell how the rest would fare. Who was excluded, or is still waited for, does not.
    public long tried() {
        return sent + failed + bounced + unknown;
    }
}
