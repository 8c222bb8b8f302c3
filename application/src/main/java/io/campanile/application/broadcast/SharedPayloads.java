package io.campanile.application.broadcast;

import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.content.port.Payload;
import io.campanile.application.content.port.PayloadCodec;
import io.campanile.domain.message.ExecutionId;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the messages of a broadcast are rendered from: one copy in the store, one in memory,
/// however many there are. Thread-safe.
public final class SharedPayloads {
    private static final int MOST = 100;

    private final Broadcasts broadcasts;
    private final PayloadCodec codec;

    /// The most lately used.
    private final Map<ExecutionId, Payload> known =
            new LinkedHashMap<>(MOST, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ExecutionId, Payload> eldest) {
                    return size() > MOST;
                }
            };

    public SharedPayloads(Broadcasts broadcasts, PayloadCodec codec) {
        this.broadcasts = broadcasts;
        this.codec = codec;
    }

    /// The payload of a broadcast; blocks when it is not in memory.
    ///
    /// @throws IllegalArgumentException when there is none that can be read
    public synchronized Payload of(ExecutionId execution) {
        Payload payload = known.get(execution);
        if (payload == null) {
            payload =
                    codec.decode(
                            broadcasts
                                    .payload(execution)
                                    .orElseThrow(() ->
                                            new IllegalArgumentException(
                                                    "no broadcast " + execution)));
            known.put(execution, payload);
        }
        return payload;
    }
}
