package io.campanile.channels.secret;

import static io.campanile.application.secret.port.SecretPurpose.MESSAGE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.secret.port.KeyProof;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.testkit.secret.SecretSealerContract;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;

class SecretBoxTest extends SecretSealerContract {
    private static final byte[] ONE = new byte[32];
    private static final byte[] TWO =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static SecretBox box(Map<String, byte[]> keys, String current) {
        return new SecretBox(keys, current, new SecureRandom());
    }

    @Override
    protected SecretSealer sealer() {
        return box(Map.of("one", ONE), "one");
    }

    @Test
    void sealsWithTheCurrentKey() {
        Map<String, byte[]> keys = Map.of("one", ONE, "two", TWO);

        assertThat(box(keys, "one").seal(MESSAGE, "x").keyId()).isEqualTo("one");
        assertThat(box(keys, "two").seal(MESSAGE, "x").keyId()).isEqualTo("two");
    }

    @Test
    void opensWithOlderKeys() {
        SealedSecret old = box(Map.of("one", ONE), "one").seal(MESSAGE, "x");

        assertThat(box(Map.of("one", ONE, "two", TWO), "two").open(MESSAGE, old)).isEqualTo("x");
    }

    @Test
    void refusesTheIdOfAnotherKeyEvenWhereTheKeysAreEqual() {
        SecretBox box = box(Map.of("one", ONE, "two", ONE), "one");
        SealedSecret sealed = box.seal(MESSAGE, "x");

        assertThatThrownBy(() -> box.open(MESSAGE, new SealedSecret("two", sealed.bytes())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsKeysOfTheSameIdApart() {
        KeyProof proof = box(Map.of("one", ONE), "one").proof("one");

        assertThat(box(Map.of("one", TWO), "one").proof("one")).isNotEqualTo(proof);
        assertThat(box(Map.of("one", ONE, "two", TWO), "two").proof("one")).isEqualTo(proof);
    }

    @Test
    void refusesKeysItCannotUse() {
        assertThatThrownBy(() -> box(Map.of("one", new byte[5]), "one"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> box(Map.of("one", ONE), "two"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
