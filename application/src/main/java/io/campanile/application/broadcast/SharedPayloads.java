package io.campanile.application.broadcast;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.application.share.RecentlyUsed;
import io.campanile.domain.message.ExecutionId;

/// What the messages of a broadcast are rendered from: one copy in the store, one in memory,
/// however many there are. Thread-safe.
public final class SharedPayloads {
    /// As they are stored; in memory they are several times as large.
    static final int MOST_BYTES = 4 << 20;

    /// What even an empty one takes up.
    private static final int BYTES_OF_ENTRY = 512;

    private final Broadcasts broadcasts;
    private final PayloadCodec codec;
    private final RecentlyUsed<ExecutionId, Payload> recent = new RecentlyUsed<>(MOST_BYTES);

    public SharedPayloads(Broadcasts broadcasts, PayloadCodec codec) {
        this.broadcasts = broadcasts;
        this.codec = codec;
    }

    /// The payload of a broadcast; blocks when it is not in memory.
    ///
    /// @throws IllegalArgumentException when there is none that can be read
    public synchronized Payload of(ExecutionId execution) {
        Payload known = recent.get(execution);
        if (known != null) {
            return known;
        }
        byte[] stored =
                broadcasts
                        .payload(execution)
                        .orElseThrow(
                                () -> new IllegalArgumentException("no broadcast " + execution));
        Payload payload = codec.decode(stored);
        recent.put(execution, payload, stored.length + BYTES_OF_ENTRY);
        return payload;
    }
}
