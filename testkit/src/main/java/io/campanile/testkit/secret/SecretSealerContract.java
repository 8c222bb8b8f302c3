package io.campanile.testkit.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.application.secret.port.SecretKeyUnknown;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.secret.port.SecretSealer;
import io.campanile.domain.channel.SealedSecret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;

/// What every [SecretSealer] must do.
public abstract class SecretSealerContract {
    private static final SecretPurpose PURPOSE = SecretPurpose.MESSAGE;

    /// A sealer; all that one test gets know the same keys.
    protected abstract SecretSealer sealer();

    @ParameterizedTest
    @ValueSource(strings = {"", "pässword", "{\"context\":{\"code\":\"🔔\"}}"})
    void opensWhatItSealed(String plainText) {
        SealedSecret other = sealer().seal(PURPOSE, "another");

        assertThat(sealer().open(PURPOSE, sealer().seal(PURPOSE, plainText))).isEqualTo(plainText);
        assertThat(sealer().open(PURPOSE, other)).isEqualTo("another");
    }

    @Test
    void sealsWithTheCurrentOfItsKeys() {
        SecretSealer sealer = sealer();

        assertThat(sealer.seal(PURPOSE, "x").keyId()).isEqualTo(sealer.currentKeyId());
        assertThat(sealer.keyIds()).contains(sealer.currentKeyId());
    }

    @ParameterizedTest
    @EnumSource
    void opensForNothingElseThanWhatItWasSealedFor(SecretPurpose purpose) {
        SealedSecret sealed = sealer().seal(purpose, "x");

        assertThat(sealer().open(purpose, sealed)).isEqualTo("x");
        for (SecretPurpose other : EnumSet.complementOf(EnumSet.of(purpose))) {
            assertThatIllegalArgumentException().isThrownBy(() -> sealer().open(other, sealed));
        }
    }

    @Test
    void provesItsKeys() {
        String keyId = sealer().currentKeyId();

        assertThat(sealer().proof(keyId)).isEqualTo(sealer().proof(keyId));
        assertThat(sealer().proof(keyId).keyId()).isEqualTo(keyId);
        assertThatExceptionOfType(SecretKeyUnknown.class).isThrownBy(() -> sealer().proof("gone"));
    }

    @Test
    void leavesNothingReadable() {
        byte[] bytes = sealer().seal(PURPOSE, "pässword").bytes();

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("ssword");
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(sealer().seal(PURPOSE, "x")).isNotEqualTo(sealer().seal(PURPOSE, "x"));
    }

    @Test
    void opensACopyOfTheBytes() {
        SealedSecret sealed = sealer().seal(PURPOSE, "x");

        assertThat(sealer().open(PURPOSE, new SealedSecret(sealed.keyId(), sealed.bytes().clone())))
                .isEqualTo("x");
    }

    @Test
    void refusesWhatWasChanged() {
        SealedSecret sealed = sealer().seal(PURPOSE, "x");
        byte[] changed = sealed.bytes().clone();
        changed[changed.length - 1] ^= 1;

        refuses(new SealedSecret(sealed.keyId(), changed));
        refuses(new SealedSecret(sealed.keyId(), Arrays.copyOf(sealed.bytes(), 3)));
        refuses(new SealedSecret(sealed.keyId(), new byte[0]));
    }

    @Test
    void refusesAKeyItDoesNotKnow() {
        var sealed = new SealedSecret("gone", sealer().seal(PURPOSE, "x").bytes());

        assertThatExceptionOfType(SecretKeyUnknown.class)
                .isThrownBy(() -> sealer().open(PURPOSE, sealed))
                .withMessage(
                        "a secret is encrypted with the key gone, which this node does not have");
    }

    private void refuses(SealedSecret sealed) {
        assertThatIllegalArgumentException().isThrownBy(() -> sealer().open(PURPOSE, sealed));
    }
}
