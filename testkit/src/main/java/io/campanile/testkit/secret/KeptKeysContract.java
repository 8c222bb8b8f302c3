package io.campanile.testkit.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.application.secret.port.KeptKeys;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.domain.channel.SealedSecret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.stream.IntStream;

/// What every [KeptKeys] must do.
public abstract class KeptKeysContract {
    protected abstract KeptKeys keys();

    private static SealedSecret offered(SecretPurpose purpose, int number) {
        return new SealedSecret(purpose.name() + number, new byte[] {(byte) number});
    }

    /// However many nodes start at once.
    @ParameterizedTest
    @EnumSource(names = {"PSEUDONYM_KEY", "TOKEN_KEY"})
    void keepsOneKeyForEver(SecretPurpose purpose) {
        KeptKeys keys = keys();

        List<SealedSecret> kept =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(number -> keys.keep(purpose, offered(purpose, number)))
                        .toList();

        assertThat(kept).hasSize(8).containsOnly(kept.getFirst());
        assertThat(keys.keep(purpose, offered(purpose, 9))).isEqualTo(kept.getFirst());
    }

    @Test
    void keepsOneForEachPurpose() {
        SecretPurpose pseudonyms = SecretPurpose.PSEUDONYM_KEY;
        SecretPurpose tokens = SecretPurpose.TOKEN_KEY;
        SealedSecret first = keys().keep(pseudonyms, offered(pseudonyms, 1));

        assertThat(keys().keep(tokens, offered(tokens, 1))).isNotEqualTo(first);
        assertThat(keys().keep(pseudonyms, offered(pseudonyms, 2))).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANNEL_CONFIGURATION", "MESSAGE"})
    void refusesWhatIsNoKey(SecretPurpose purpose) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys().keep(purpose, offered(purpose, 1)));
    }
}
