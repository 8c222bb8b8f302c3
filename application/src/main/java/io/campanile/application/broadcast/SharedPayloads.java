package io.campanile.application.broadcast;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.domain.message.ExecutionId;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the messages of a broadcast are rendered from: one copy in the store, one in memory,
/// however many there are. Thread-safe.
public final class SharedPayloads {
    /// As they are stored; in memory they are several times as large.
    static final int MOST_BYTES = 4 << 20;

    /// What even an empty one takes up.
    private static final int BYTES_OF_ENTRY = 512;

    private record Known(Payload payload, int bytes) {}

    private final Broadcasts broadcasts;
    private final PayloadCodec codec;

    /// The most lately used come last.
    private final Map<ExecutionId, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    public SharedPayloads(Broadcasts broadcasts, PayloadCodec codec) {
        this.broadcasts = broadcasts;
        this.codec = codec;
    }

    /// The payload of a broadcast; blocks when it is not in memory.
    ///
    /// @throws IllegalArgumentException when there is none that can be read
    public synchronized Payload of(ExecutionId execution) {
        Known found = known.get(execution);
        if (found != null) {
            return found.payload();
        }
        byte[] stored =
                broadcasts
                        .payload(execution)
                        .orElseThrow(
                                () -> new IllegalArgumentException("no broadcast " + execution));
        Payload payload = codec.decode(stored);
        keep(execution, new Known(payload, stored.length + BYTES_OF_ENTRY));
        return payload;
    }

    /// Even when it is larger than all may be together: its messages come one after the other.
    private void keep(ExecutionId execution, Known added) {
        known.put(execution, added);
        bytes += added.bytes();
        Iterator<Known> eldest = known.values().iterator();
        while (bytes > MOST_BYTES && known.size() > 1) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }
}
