package io.campanile.application.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.application.secret.port.SecretKeyUnknown;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.secret.InMemorySecretSealer;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;

class LoadKeysTest {
    private final InMemoryKeptKeys kept = new InMemoryKeptKeys();
    private final InMemorySecretSealer before = new InMemorySecretSealer().withKeys("a");

    private byte[] load(InMemorySecretSealer sealer, SecretPurpose purpose) {
        return new LoadKeys(kept, sealer, new SecureRandom()).load(purpose);
    }

    @Test
    void givesEveryNodeTheSameKeyForEachPurpose() {
        byte[] pseudonyms = load(before, SecretPurpose.PSEUDONYM_KEY);
        byte[] tokens = load(before, SecretPurpose.TOKEN_KEY);

        assertThat(pseudonyms).hasSize(RootKey.BYTES).isNotEqualTo(tokens);
        InMemorySecretSealer rotating = before.withKeys("b", "a");
        assertThat(load(rotating, SecretPurpose.PSEUDONYM_KEY)).isEqualTo(pseudonyms);
        assertThat(load(rotating, SecretPurpose.TOKEN_KEY)).isEqualTo(tokens);
    }

    @Test
    void refusesAKeyNobodyHereCanRead() {
        var _ = load(before, SecretPurpose.TOKEN_KEY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> load(before.withKeys("b"), SecretPurpose.TOKEN_KEY))
                .isInstanceOf(SecretKeyUnknown.class);
        var stranger = new InMemorySecretSealer().withKeys("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> load(stranger, SecretPurpose.TOKEN_KEY));
    }
}
