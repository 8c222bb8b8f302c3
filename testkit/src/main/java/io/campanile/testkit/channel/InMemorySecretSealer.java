package io.campanile.testkit.channel;

import io.campanile.application.channel.port.SecretKeyUnknown;
import io.campanile.application.channel.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps secrets to itself and gives numbers for them. Nodes that share a database share a sealer,
/// or have one with other keys to the same secrets.
public final class InMemorySecretSealer implements SecretSealer {
    /// No two sealers give the same number.
    private static final AtomicLong LAST = new AtomicLong();

    private final Map<SealedSecret, String> kept;
    private final String current;
    private final Set<String> keyIds;

    public InMemorySecretSealer() {
        this(new ConcurrentHashMap<>(), "memory", Set.of("memory"));
    }

    private InMemorySecretSealer(
            Map<SealedSecret, String> kept, String current, Set<String> keyIds) {
        this.kept = kept;
        this.current = current;
        this.keyIds = keyIds;
    }

    /// One with these keys only.
    public InMemorySecretSealer withKeys(String newCurrent, String... former) {
        return new InMemorySecretSealer(
                kept,
                newCurrent,
                Stream.concat(Stream.of(newCurrent), Stream.of(former))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public String currentKeyId() {
        return current;
    }

    @Override
    public Set<String> keyIds() {
        return keyIds;
    }

    @Override
    public SealedSecret seal(String plainText) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(LAST.incrementAndGet()).array();
        var sealed = new SealedSecret(current, number);
        kept.put(sealed, plainText);
        return sealed;
    }

    @Override
    public String open(SealedSecret sealed) {
        if (!keyIds.contains(sealed.keyId())) {
            throw new SecretKeyUnknown(sealed.keyId());
        }
        String plainText = kept.get(sealed);
        if (plainText == null) {
            throw new IllegalArgumentException("not sealed here: " + sealed);
        }
        return plainText;
    }
}
