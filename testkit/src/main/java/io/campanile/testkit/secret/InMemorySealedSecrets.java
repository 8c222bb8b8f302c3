package io.campanile.testkit.secret;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.KeyProof;
import io.campanile.application.secret.port.SealedSecrets;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.domain.channel.SealedSecret;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Secrets in a set.
public final class InMemorySealedSecrets implements SealedSecrets {
    private final Map<String, KeyProof> keys = new TreeMap<>();
    private final Set<KeptSecret> kept = new HashSet<>();

    /// From now on this is kept.
    public synchronized void keep(KeptSecret secret) {
        kept.add(secret);
    }

    @Override
    public synchronized List<KeyProof> keys(KeyProof first) {
        if (keys.isEmpty()) {
            addKey(first);
        }
        return List.copyOf(keys.values());
    }

    @Override
    public synchronized void addKey(KeyProof key) {
        keys.putIfAbsent(key.keyId(), key);
    }

    @Override
    public synchronized void forgetKey(String keyId) {
        keys.remove(keyId);
    }

    @Override
    public synchronized List<KeptSecret> sealedWith(
            String keyId, SecretPurpose purpose, UUID after, int limit) {
        // Texts of UUIDs are in the order of unsigned numbers.
        var byId = new TreeMap<String, KeptSecret>();
        kept.stream()
                .filter(each -> each.purpose() == purpose && each.sealed().keyId().equals(keyId))
                .forEach(each -> byId.put(each.id().toString(), each));
        return byId.tailMap(after.toString(), false).values().stream().limit(limit).toList();
    }

    @Override
    public synchronized int replace(Map<KeptSecret, SealedSecret> anew) {
        int replaced = 0;
        for (Map.Entry<KeptSecret, SealedSecret> each : anew.entrySet()) {
            KeptSecret before = each.getKey();
            if (kept.remove(before)) {
                kept.add(new KeptSecret(before.purpose(), before.id(), each.getValue()));
                replaced++;
            }
        }
        return replaced;
    }
}
