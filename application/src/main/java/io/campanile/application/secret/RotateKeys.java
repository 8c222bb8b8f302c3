package io.campanile.application.secret;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.KeyProof;
import io.campanile.application.secret.port.SealedSecrets;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/// Keeps all nodes on the same keys, and seals anew with the current one what former ones sealed,
/// so that those can be taken away. Thread-safe.
public final class RotateKeys {
    private static final System.Logger LOG = System.getLogger(RotateKeys.class.getName());
    private static final int AT_ONCE = 500;

    private final SealedSecrets secrets;
    private final SecretSealer sealer;

    public RotateKeys(SealedSecrets secrets, SecretSealer sealer) {
        this.secrets = secrets;
        this.sealer = sealer;
    }

    /// Compares this node's keys with those the store knows. Where they fit, the current one is
    /// known from now on.
    public KeyFit check() {
        KeyProof current = sealer.proof(sealer.currentKeyId());
        for (KeyProof key : secrets.keys(current)) {
            if (!sealer.keyIds().contains(key.keyId())) {
                return new KeyFit.Lacks(key.keyId());
            }
            if (!sealer.proof(key.keyId()).equals(key)) {
                return new KeyFit.Differs(key.keyId());
            }
        }
        secrets.addKey(current);
        return new KeyFit.Fits();
    }

    /// Seals anew what this node's former keys sealed. A key that nothing is left of is forgotten:
    /// nodes start without it.
    ///
    /// @return how many secrets
    public int run() {
        secrets.addKey(sealer.proof(sealer.currentKeyId()));
        int replaced = 0;
        for (String former : new TreeSet<>(sealer.keyIds())) {
            if (!former.equals(sealer.currentKeyId())) {
                replaced += replaceAll(former);
            }
        }
        return replaced;
    }

    private int replaceAll(String former) {
        int replaced = 0;
        for (SecretPurpose purpose : SecretPurpose.values()) {
            replaced += replaceAll(former, purpose);
        }
        if (replaced > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "secrets were encrypted anew secrets={0} former_key={1} key={2}",
                    replaced,
                    former,
                    sealer.currentKeyId());
        }
        if (isUnused(former)) {
            secrets.forgetKey(former);
        }
        return replaced;
    }

    private int replaceAll(String former, SecretPurpose purpose) {
        int replaced = 0;
        UUID after = KeptSecret.START;
        List<KeptSecret> page;
        do {
            page = secrets.sealedWith(former, purpose, after, AT_ONCE);
            if (!page.isEmpty()) {
                replaced += secrets.replace(anew(page));
                after = page.getLast().id();
            }
        } while (page.size() == AT_ONCE);
        return replaced;
    }

    /// What cannot be read stays as it is: its key is not forgotten.
    private Map<KeptSecret, SealedSecret> anew(List<KeptSecret> page) {
        Map<KeptSecret, SealedSecret> anew = new HashMap<>();
        for (KeptSecret kept : page) {
            try {
                String secret = sealer.open(kept.purpose(), kept.sealed());
                anew.put(kept, sealer.seal(kept.purpose(), secret));
            } catch (IllegalArgumentException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "a secret cannot be read purpose=%s id=%s key=%s"
                                .formatted(kept.purpose(), kept.id(), kept.sealed().keyId()),
                        e);
            }
        }
        return anew;
    }

    private boolean isUnused(String former) {
        for (SecretPurpose purpose : SecretPurpose.values()) {
            if (!secrets.sealedWith(former, purpose, KeptSecret.START, 1).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
