package io.campanile.application.erasure;

import io.campanile.application.channel.port.SecretSealer;
import io.campanile.application.consent.FormerNames;
import io.campanile.application.erasure.port.PseudonymKeys;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names by which the addresses and identities of erased people are recognised and which tell
/// nobody who they were: a keyed hash (HMAC, RFC 2104, with SHA-256) under a domain that no mail
/// goes to (RFC 2606). They differ between workspaces. Thread-safe.
public final class Pseudonyms implements FormerNames {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String DOMAIN = "@erased.invalid";
    private static final int KEY_BYTES = 32;

    private final PseudonymKeys keys;
    private final SecretSealer sealer;
    private final SecureRandom random;
    private volatile @Nullable Mac prototype;

    public Pseudonyms(PseudonymKeys keys, SecretSealer sealer, SecureRandom random) {
        this.keys = keys;
        this.sealer = sealer;
        this.random = random;
    }

    @Override
    public EmailAddress of(WorkspaceId workspace, EmailAddress address) {
        return of(workspace.value() + ' ' + address.comparable());
    }

    @Override
    public EmailAddress of(WorkspaceId workspace, Identity identity) {
        return of(workspace.value() + '\n' + identity.namespace() + '\n' + identity.value());
    }

    private EmailAddress of(String text) {
        byte[] hash = mac().doFinal(text.getBytes(StandardCharsets.UTF_8));
        return new EmailAddress(HexFormat.of().formatHex(hash) + DOMAIN);
    }

    /// Reads the key, which is made at the first start.
    ///
    /// @throws IllegalArgumentException when nobody here can read it
    public void load() {
        var _ = mac();
    }

    /// A copy: making one anew for each name would cost more than the name.
    private Mac mac() {
        try {
            Mac known = prototype;
            if (known == null) {
                known = Mac.getInstance(ALGORITHM);
                known.init(key());
                prototype = known;
            }
            return (Mac) known.clone();
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private SecretKeySpec key() {
        byte[] fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        SealedSecret kept = keys.keep(sealer.seal(Base64.getEncoder().encodeToString(fresh)));
        return new SecretKeySpec(Base64.getDecoder().decode(sealer.open(kept)), ALGORITHM);
    }
}
