package io.campanile.testkit.secret;

import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.TokenKey;
import io.campanile.application.secret.LoadKeys;
import io.campanile.application.secret.RequestDigests;
import io.campanile.application.secret.RootKey;
import io.campanile.application.secret.port.KeptKeys;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.domain.channel.SealedSecret;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keys that are made once, in a map.
public final class InMemoryKeptKeys implements KeptKeys {
    private final Map<SecretPurpose, SealedSecret> keys = new ConcurrentHashMap<>();

    /// Pseudonyms under a key that nobody else has.
    public static Pseudonyms pseudonyms() {
        return new Pseudonyms(fresh(SecretPurpose.PSEUDONYM_KEY));
    }

    /// A key for tokens that nobody else has.
    public static TokenKey tokenKey() {
        return new TokenKey(fresh(SecretPurpose.TOKEN_KEY), new SecureRandom());
    }

    /// Digests of requests under a key that nobody else has.
    public static RequestDigests requestDigests() {
        return new RequestDigests(new RootKey(fresh(SecretPurpose.TOKEN_KEY)));
    }

    private static byte[] fresh(SecretPurpose purpose) {
        return new LoadKeys(new InMemoryKeptKeys(), new InMemorySecretSealer(), new SecureRandom())
                .load(purpose);
    }

    @Override
    public SealedSecret keep(SecretPurpose purpose, SealedSecret offered) {
        if (!purpose.isKey()) {
            throw new IllegalArgumentException(purpose + " is no key");
        }
        return keys.computeIfAbsent(purpose, _ -> offered);
    }
}
