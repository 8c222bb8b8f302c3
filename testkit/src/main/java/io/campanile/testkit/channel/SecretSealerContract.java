package io.campanile.testkit.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.application.channel.port.SecretKeyUnknown;
import io.campanile.application.channel.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What every [SecretSealer] must do.
public abstract class SecretSealerContract {
    /// A sealer; all that one test gets know the same keys.
    protected abstract SecretSealer sealer();

    @ParameterizedTest
    @ValueSource(strings = {"", "pässword", "{\"context\":{\"code\":\"🔔\"}}"})
    void opensWhatItSealed(String plainText) {
        SealedSecret other = sealer().seal("another");

        assertThat(sealer().open(sealer().seal(plainText))).isEqualTo(plainText);
        assertThat(sealer().open(other)).isEqualTo("another");
    }

    @Test
    void sealsWithTheCurrentOfItsKeys() {
        SecretSealer sealer = sealer();

        assertThat(sealer.seal("x").keyId()).isEqualTo(sealer.currentKeyId());
        assertThat(sealer.keyIds()).contains(sealer.currentKeyId());
    }

    @Test
    void leavesNothingReadable() {
        byte[] bytes = sealer().seal("pässword").bytes();

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("ssword");
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(sealer().seal("x")).isNotEqualTo(sealer().seal("x"));
    }

    @Test
    void opensACopyOfTheBytes() {
        SealedSecret sealed = sealer().seal("x");

        assertThat(sealer().open(new SealedSecret(sealed.keyId(), sealed.bytes().clone())))
                .isEqualTo("x");
    }

    @Test
    void refusesWhatWasChanged() {
        SealedSecret sealed = sealer().seal("x");
        byte[] changed = sealed.bytes().clone();
        changed[changed.length - 1] ^= 1;

        refuses(new SealedSecret(sealed.keyId(), changed));
        refuses(new SealedSecret(sealed.keyId(), Arrays.copyOf(sealed.bytes(), 3)));
        refuses(new SealedSecret(sealed.keyId(), new byte[0]));
    }

    @Test
    void refusesAKeyItDoesNotKnow() {
        var sealed = new SealedSecret("gone", sealer().seal("x").bytes());

        assertThatExceptionOfType(SecretKeyUnknown.class)
                .isThrownBy(() -> sealer().open(sealed))
                .withMessage(
                        "a secret is encrypted with the key gone, which this node does not have");
    }

    private void refuses(SealedSecret sealed) {
        assertThatIllegalArgumentException().isThrownBy(() -> sealer().open(sealed));
    }
}
