package io.campanile.channels.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.domain.channel.SealedSecret;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;

class SecretBoxTest {
    private static final byte[] ONE = new byte[32];
    private static final byte[] TWO = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static SecretBox box(Map<String, byte[]> keys, String current) {
        return new SecretBox(keys, current, new SecureRandom());
    }

    @Test
    void opensWhatItSealed() {
        SecretBox box = box(Map.of("one", ONE), "one");

        SealedSecret sealed = box.seal("pässword");

        assertThat(sealed.keyId()).isEqualTo("one");
        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("ssword");
        assertThat(box.open(sealed)).isEqualTo("pässword");
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        SecretBox box = box(Map.of("one", ONE), "one");

        assertThat(box.seal("x")).isNotEqualTo(box.seal("x"));
    }

    @Test
    void opensWithOlderKeys() {
        SealedSecret old = box(Map.of("one", ONE), "one").seal("x");

        assertThat(box(Map.of("one", ONE, "two", TWO), "two").open(old)).isEqualTo("x");
    }

    @Test
    void refusesWhatWasChanged() {
        SecretBox box = box(Map.of("one", ONE, "two", ONE), "one");
        SealedSecret sealed = box.seal("x");
        byte[] changed = sealed.bytes().clone();
        changed[changed.length - 1] ^= 1;

        assertThatThrownBy(() -> box.open(new SealedSecret("one", changed)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> box.open(new SealedSecret("two", sealed.bytes())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> box.open(new SealedSecret("one", new byte[3])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesKeysItCannotUse() {
        assertThatThrownBy(() -> box(Map.of("one", new byte[5]), "one"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> box(Map.of("one", ONE), "two"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        box(Map.of("one", ONE), "one").open(new SealedSecret("gone", new byte[40])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
