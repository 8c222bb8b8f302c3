package io.campanile.testkit.secret;

import io.campanile.application.secret.port.KeyProof;
import io.campanile.application.secret.port.SecretKeyUnknown;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.secret.port.SecretSealer;
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

    /// What was sealed, and what for.
    private record Kept(SecretPurpose purpose, String plainText) {}

    private final Map<SealedSecret, Kept> kept;
    private final long family;
    private final String current;
    private final Set<String> keyIds;

    public InMemorySecretSealer() {
        this(new ConcurrentHashMap<>(), LAST.incrementAndGet(), "memory", Set.of("memory"));
    }

    private InMemorySecretSealer(
            Map<SealedSecret, Kept> kept, long family, String current, Set<String> keyIds) {
        this.kept = kept;
        this.family = family;
        this.current = current;
        this.keyIds = keyIds;
    }

    /// One with these keys only.
    public InMemorySecretSealer withKeys(String newCurrent, String... former) {
        return new InMemorySecretSealer(
                kept,
                family,
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
    public KeyProof proof(String keyId) {
        requireKnown(keyId);
        return new KeyProof(keyId, "%s of %d".formatted(keyId, family));
    }

    private void requireKnown(String keyId) {
        if (!keyIds.contains(keyId)) {
            throw new SecretKeyUnknown(keyId);
        }
    }

    @Override
    public SealedSecret seal(SecretPurpose purpose, String plainText) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(LAST.incrementAndGet()).array();
        var sealed = new SealedSecret(current, number);
        kept.put(sealed, new Kept(purpose, plainText));
        return sealed;
    }

    @Override
    public String open(SecretPurpose purpose, SealedSecret sealed) {
        requireKnown(sealed.keyId());
        Kept found = kept.get(sealed);
        if (found == null || found.purpose() != purpose) {
            throw new IllegalArgumentException(
                    "not sealed here as %s: %s".formatted(purpose, sealed));
        }
        return found.plainText();
    }
}
