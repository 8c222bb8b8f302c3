package io.campanile.application.secret;

import io.campanile.application.channel.port.SecretSealer;
import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.SealedSecrets;
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
    private static final String TEXT = "campanile";
    private static final int AT_ONCE = 500;

    private final SealedSecrets secrets;
    private final SecretSealer sealer;

    public RotateKeys(SealedSecrets secrets, SecretSealer sealer) {
        this.secrets = secrets;
        this.sealer = sealer;
    }

    /// Compares this node's keys with those the store knows. Where they fit, the current one is
    /// known from now on.
    public KeyCheck check() {
        SealedSecret current = sealer.seal(TEXT);
        for (SealedSecret key : secrets.keys(current)) {
            if (!sealer.keyIds().contains(key.keyId())) {
                return new KeyCheck.Lacks(key.keyId());
            }
            if (!opens(key)) {
                return new KeyCheck.Differs(key.keyId());
            }
        }
        secrets.addKey(current);
        return new KeyCheck.Fits();
    }

    private boolean opens(SealedSecret key) {
        try {
            return sealer.open(key).equals(TEXT);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Seals anew what this node's former keys sealed. A key that nothing is left of is forgotten:
    /// nodes start without it.
    ///
    /// @return how many secrets
    public int run() {
        secrets.addKey(sealer.seal(TEXT));
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
        for (KeptSecret.Kind kind : KeptSecret.Kind.values()) {
            replaced += replaceAll(former, kind);
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

    private int replaceAll(String former, KeptSecret.Kind kind) {
        int replaced = 0;
        UUID after = KeptSecret.START;
        List<KeptSecret> page;
        do {
            page = secrets.sealedWith(former, kind, after, AT_ONCE);
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
                anew.put(kept, sealer.seal(sealer.open(kept.sealed())));
            } catch (IllegalArgumentException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "a secret cannot be read kind=%s id=%s key=%s"
                                .formatted(kept.kind(), kept.id(), kept.sealed().keyId()),
                        e);
            }
        }
        return anew;
    }

    private boolean isUnused(String former) {
        for (KeptSecret.Kind kind : KeptSecret.Kind.values()) {
            if (!secrets.sealedWith(former, kind, KeptSecret.START, 1).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
