package io.campanile.application.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.KeptSecret.Kind;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.testkit.channel.InMemorySecretSealer;
import io.campanile.testkit.log.LogLines;
import io.campanile.testkit.secret.InMemorySealedSecrets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.UUID;

class RotateKeysTest {
    private final InMemorySealedSecrets secrets = new InMemorySealedSecrets();
    private final InMemorySecretSealer before = new InMemorySecretSealer().withKeys("a");
    private final InMemorySecretSealer rotating = before.withKeys("b", "a");
    private final InMemorySecretSealer after = before.withKeys("b");

    private RotateKeys with(InMemorySecretSealer sealer) {
        return new RotateKeys(secrets, sealer);
    }

    private KeyCheck check(InMemorySecretSealer sealer) {
        return with(sealer).check();
    }

    private KeptSecret kept(Kind kind, int id, SealedSecret sealed) {
        var secret = new KeptSecret(kind, new UUID(1, id), sealed);
        secrets.keep(secret);
        return secret;
    }

    private List<KeptSecret> sealedWith(String key, Kind kind) {
        return secrets.sealedWith(key, kind, KeptSecret.START, 10_000);
    }

    @Test
    void letsInTheKeyOfTheFirstNode() {
        assertThat(check(before)).isEqualTo(new KeyCheck.Fits());
        assertThat(check(before)).isEqualTo(new KeyCheck.Fits());
    }

    @Test
    void findsOutAnotherKeyOfTheSameName() {
        check(before);

        assertThat(check(new InMemorySecretSealer().withKeys("a")))
                .isEqualTo(new KeyCheck.Differs("a"));
    }

    @Test
    void findsOutThatAKeyIsMissing() {
        check(before);

        assertThat(check(after)).isEqualTo(new KeyCheck.Lacks("a"));
        assertThat(check(before)).isEqualTo(new KeyCheck.Fits());
    }

    @Test
    void letsInANewKeyBesideTheFormerOne() {
        check(before);

        assertThat(check(rotating)).isEqualTo(new KeyCheck.Fits());
        assertThat(check(before)).isEqualTo(new KeyCheck.Lacks("b"));
    }

    /// Nodes that are not changed over yet do the same, the other way round.
    @ParameterizedTest
    @EnumSource
    void saysFromWhichKeyToWhich(Kind kind) {
        kept(kind, 1, before.seal("text"));

        try (var lines = LogLines.of(RotateKeys.class.getName())) {
            with(rotating).run();

            assertThat(lines.all())
                    .containsExactly(
                            "INFO secrets were encrypted anew secrets=1 former_key=a key=b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void sealsAnewWhatTheFormerKeySealed(Kind kind) {
        check(before);
        KeptSecret old = kept(kind, 1, before.seal("pässword"));
        check(rotating);

        assertThat(with(rotating).run()).isEqualTo(1);

        assertThat(sealedWith("a", kind)).isEmpty();
        KeptSecret anew = sealedWith("b", kind).getFirst();
        assertThat(anew.id()).isEqualTo(old.id());
        assertThat(after.open(anew.sealed())).isEqualTo("pässword");
        assertThat(with(rotating).run()).isZero();
    }

    @Test
    void sealsAnyNumberAnew() {
        for (int id = 0; id < 1_234; id++) {
            kept(Kind.MESSAGE, id, before.seal("x"));
        }

        assertThat(with(rotating).run()).isEqualTo(1_234);
    }

    @Test
    void doesWithoutAKeyThatNothingIsLeftOf() {
        check(before);
        kept(Kind.CHANNEL_CONFIGURATION, 1, before.seal("x"));
        check(rotating);
        assertThat(check(after)).isEqualTo(new KeyCheck.Lacks("a"));

        with(rotating).run();

        assertThat(check(after)).isEqualTo(new KeyCheck.Fits());
    }

    @Test
    void needsAKeyOfWhichSomethingCannotBeRead() {
        check(before);
        kept(Kind.MESSAGE, 1, new SealedSecret("a", new byte[] {1}));
        KeptSecret sound = kept(Kind.MESSAGE, 2, before.seal("x"));
        check(rotating);

        assertThat(with(rotating).run()).isEqualTo(1);

        assertThat(sealedWith("b", Kind.MESSAGE)).extracting(KeptSecret::id).contains(sound.id());
        assertThat(check(after)).isEqualTo(new KeyCheck.Lacks("a"));
    }

    @Test
    void touchesNothingWhileThereIsOneKey() {
        check(before);
        KeptSecret secret = kept(Kind.MESSAGE, 1, before.seal("x"));

        assertThat(with(before).run()).isZero();

        assertThat(sealedWith("a", Kind.MESSAGE)).containsExactly(secret);
    }
}
