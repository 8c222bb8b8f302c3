package io.campanile.testkit.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.KeyProof;
import io.campanile.application.secret.port.SealedSecrets;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// What every [SealedSecrets] must do. Nothing is kept when a test begins.
public abstract class SealedSecretsContract {
    private static final String OLD = "old";
    private static final SealedSecret ANEW = sealed("new", 9);

    protected abstract SealedSecrets secrets();

    /// Keeps a secret as those for its purpose are.
    protected abstract void keep(KeptSecret secret);

    private static SealedSecret sealed(String key, int number) {
        return new SealedSecret(key, new byte[] {(byte) number});
    }

    private KeptSecret kept(SecretPurpose purpose, SealedSecret sealed) {
        UUID id = purpose.isKey() ? KeptSecret.ONLY_ONE : Triggers.id(Instant.now());
        var secret = new KeptSecret(purpose, id, sealed);
        keep(secret);
        return secret;
    }

    private List<KeptSecret> sealedWith(String key, SecretPurpose purpose) {
        return secrets().sealedWith(key, purpose, KeptSecret.START, 100);
    }

    @Test
    void hasOneFirstKeyHoweverManyCome() {
        List<List<KeyProof>> seen =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(number -> secrets().keys(new KeyProof("k" + number, "proof")))
                        .toList();

        assertThat(seen).hasSize(8).containsOnly(seen.getFirst());
        assertThat(seen.getFirst()).hasSize(1);
    }

    @Test
    void addsAndForgetsKeys() {
        var late = new KeyProof("c", "4");
        KeyProof first = secrets().keys(new KeyProof("a", "1")).getFirst();
        var second = new KeyProof("b", "2");
        secrets().addKey(second);
        secrets().addKey(new KeyProof("b", "3"));

        assertThat(secrets().keys(late)).containsExactly(first, second);

        secrets().forgetKey("a");
        assertThat(secrets().keys(late)).containsExactly(second);
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatAKeySealed(SecretPurpose purpose) {
        KeptSecret secret = kept(purpose, sealed(OLD, 1));

        assertThat(sealedWith(OLD, purpose)).containsExactly(secret);
        assertThat(sealedWith("new", purpose)).isEmpty();
        assertThat(secrets().sealedWith(OLD, purpose, secret.id(), 100)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PSEUDONYM_KEY", "TOKEN_KEY"})
    void findsItPageByPage(SecretPurpose purpose) {
        List<KeptSecret> all =
                List.of(
                        kept(purpose, sealed(OLD, 1)),
                        kept(purpose, sealed(OLD, 2)),
                        kept(purpose, sealed(OLD, 3)));

        List<KeptSecret> first = secrets().sealedWith(OLD, purpose, KeptSecret.START, 2);
        List<KeptSecret> second = secrets().sealedWith(OLD, purpose, first.getLast().id(), 2);

        assertThat(first).hasSize(2).isSubsetOf(all);
        assertThat(second).hasSize(1).isSubsetOf(all).doesNotContainAnyElementsOf(first);
    }

    @ParameterizedTest
    @EnumSource
    void replacesWhatIsAsItWas(SecretPurpose purpose) {
        KeptSecret secret = kept(purpose, sealed(OLD, 1));

        assertThat(secrets().replace(Map.of(secret, ANEW))).isEqualTo(1);

        assertThat(sealedWith(OLD, purpose)).isEmpty();
        assertThat(sealedWith("new", purpose))
                .containsExactly(new KeptSecret(purpose, secret.id(), ANEW));
    }

    @Test
    void replacesOneKeyAndLeavesTheOther() {
        KeptSecret tokens = kept(SecretPurpose.TOKEN_KEY, sealed(OLD, 1));
        KeptSecret pseudonyms = kept(SecretPurpose.PSEUDONYM_KEY, sealed(OLD, 1));

        assertThat(secrets().replace(Map.of(tokens, ANEW))).isEqualTo(1);

        assertThat(sealedWith(OLD, SecretPurpose.TOKEN_KEY)).isEmpty();
        assertThat(sealedWith(OLD, SecretPurpose.PSEUDONYM_KEY)).containsExactly(pseudonyms);
    }

    @ParameterizedTest
    @EnumSource
    void replacesNothingThatHasChangedMeanwhile(SecretPurpose purpose) {
        KeptSecret secret = kept(purpose, sealed(OLD, 1));
        var seenBefore = new KeptSecret(purpose, secret.id(), sealed(OLD, 2));

        assertThat(secrets().replace(Map.of(seenBefore, ANEW))).isZero();

        assertThat(sealedWith(OLD, purpose)).containsExactly(secret);
    }
}
