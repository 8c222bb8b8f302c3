package io.campanile.testkit.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.KeptSecret.Kind;
import io.campanile.application.secret.port.SealedSecrets;
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

    /// Keeps a secret as its kind does.
    protected abstract void keep(KeptSecret secret);

    private static SealedSecret sealed(String key, int number) {
        return new SealedSecret(key, new byte[] {(byte) number});
    }

    private KeptSecret kept(Kind kind, SealedSecret sealed) {
        UUID id = kind == Kind.PSEUDONYM_KEY ? KeptSecret.ONLY_ONE : Triggers.id(Instant.now());
        var secret = new KeptSecret(kind, id, sealed);
        keep(secret);
        return secret;
    }

    private List<KeptSecret> sealedWith(String key, Kind kind) {
        return secrets().sealedWith(key, kind, KeptSecret.START, 100);
    }

    @Test
    void hasOneFirstKeyHoweverManyCome() {
        List<List<SealedSecret>> seen =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(number -> secrets().keys(sealed("k" + number, number)))
                        .toList();

        assertThat(seen).hasSize(8).containsOnly(seen.getFirst());
        assertThat(seen.getFirst()).hasSize(1);
    }

    @Test
    void addsAndForgetsKeys() {
        SealedSecret first = secrets().keys(sealed("a", 1)).getFirst();
        secrets().addKey(sealed("b", 2));
        secrets().addKey(sealed("b", 3));

        assertThat(secrets().keys(sealed("c", 4))).containsExactly(first, sealed("b", 2));

        secrets().forgetKey("a");
        assertThat(secrets().keys(sealed("c", 4))).containsExactly(sealed("b", 2));
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatAKeySealed(Kind kind) {
        KeptSecret secret = kept(kind, sealed(OLD, 1));

        assertThat(sealedWith(OLD, kind)).containsExactly(secret);
        assertThat(sealedWith("new", kind)).isEmpty();
        assertThat(secrets().sealedWith(OLD, kind, secret.id(), 100)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PSEUDONYM_KEY")
    void findsItPageByPage(Kind kind) {
        List<KeptSecret> all =
                List.of(
                        kept(kind, sealed(OLD, 1)),
                        kept(kind, sealed(OLD, 2)),
                        kept(kind, sealed(OLD, 3)));

        List<KeptSecret> first = secrets().sealedWith(OLD, kind, KeptSecret.START, 2);
        List<KeptSecret> second = secrets().sealedWith(OLD, kind, first.getLast().id(), 2);

        assertThat(first).hasSize(2).isSubsetOf(all);
        assertThat(second).hasSize(1).isSubsetOf(all).doesNotContainAnyElementsOf(first);
    }

    @ParameterizedTest
    @EnumSource
    void replacesWhatIsAsItWas(Kind kind) {
        KeptSecret secret = kept(kind, sealed(OLD, 1));

        assertThat(secrets().replace(Map.of(secret, ANEW))).isEqualTo(1);

        assertThat(sealedWith(OLD, kind)).isEmpty();
        assertThat(sealedWith("new", kind))
                .containsExactly(new KeptSecret(kind, secret.id(), ANEW));
    }

    @ParameterizedTest
    @EnumSource
    void replacesNothingThatHasChangedMeanwhile(Kind kind) {
        KeptSecret secret = kept(kind, sealed(OLD, 1));
        var seenBefore = new KeptSecret(kind, secret.id(), sealed(OLD, 2));

        assertThat(secrets().replace(Map.of(seenBefore, ANEW))).isZero();

        assertThat(sealedWith(OLD, kind)).containsExactly(secret);
    }
}
