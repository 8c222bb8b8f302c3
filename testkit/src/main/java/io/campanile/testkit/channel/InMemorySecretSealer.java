package io.campanile.testkit.channel;

import io.campanile.application.channel.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps secrets to itself and gives numbers for them. Nodes that share a database share a sealer.
public final class InMemorySecretSealer implements SecretSealer {
    private final Map<SealedSecret, String> kept = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    @Override
    public SealedSecret seal(String plainText) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(last.incrementAndGet()).array();
        var sealed = new SealedSecret("memory", number);
        kept.put(sealed, plainText);
        return sealed;
    }

    @Override
    public String open(SealedSecret sealed) {
        String plainText = kept.get(sealed);
        if (plainText == null) {
            throw new IllegalArgumentException("not sealed here: " + sealed);
        }
        return plainText;
    }
}
