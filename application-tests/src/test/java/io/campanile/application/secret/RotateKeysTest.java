package io.campanile.application.secret;

import static io.campanile.application.secret.port.SecretPurpose.CHANNEL_CONFIGURATION;
import static io.campanile.application.secret.port.SecretPurpose.MESSAGE;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.testkit.log.LogLines;
import io.campanile.testkit.secret.InMemorySealedSecrets;
import io.campanile.testkit.secret.InMemorySecretSealer;

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

    private KeyFit check(InMemorySecretSealer sealer) {
        return with(sealer).check();
    }

    private KeptSecret kept(SecretPurpose purpose, int id, SealedSecret sealed) {
        var secret = new KeptSecret(purpose, new UUID(1, id), sealed);
        secrets.keep(secret);
        return secret;
    }

    private List<KeptSecret> sealedWith(String key, SecretPurpose purpose) {
        return secrets.sealedWith(key, purpose, KeptSecret.START, 10_000);
    }

    @Test
    void letsInTheKeyOfTheFirstNode() {
        assertThat(check(before)).isEqualTo(new KeyFit.Fits());
        assertThat(check(before)).isEqualTo(new KeyFit.Fits());
    }

    @Test
    void findsOutAnotherKeyOfTheSameName() {
        check(before);

        assertThat(check(new InMemorySecretSealer().withKeys("a")))
                .isEqualTo(new KeyFit.Differs("a"));
    }

    @Test
    void findsOutThatAKeyIsMissing() {
        check(before);

        assertThat(check(after)).isEqualTo(new KeyFit.Lacks("a"));
        assertThat(check(before)).isEqualTo(new KeyFit.Fits());
    }

    @Test
    void letsInANewKeyBesideTheFormerOne() {
        check(before);

        assertThat(check(rotating)).isEqualTo(new KeyFit.Fits());
        assertThat(check(before)).isEqualTo(new KeyFit.Lacks("b"));
    }

    /// Nodes that are not changed over yet do the same, the other way round.
    @ParameterizedTest
    @EnumSource
    void saysFromWhichKeyToWhich(SecretPurpose purpose) {
        kept(purpose, 1, before.seal(purpose, "text"));

        try (var lines = LogLines.of(RotateKeys.class.getName())) {
            with(rotating).run();

            assertThat(lines.all())
                    .containsExactly(
                            "INFO secrets were encrypted anew secrets=1 former_key=a key=b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void sealsAnewWhatTheFormerKeySealed(SecretPurpose purpose) {
        check(before);
        KeptSecret old = kept(purpose, 1, before.seal(purpose, "pässword"));
        check(rotating);

        assertThat(with(rotating).run()).isEqualTo(1);

        assertThat(sealedWith("a", purpose)).isEmpty();
        KeptSecret anew = sealedWith("b", purpose).getFirst();
        assertThat(anew.id()).isEqualTo(old.id());
        assertThat(after.open(purpose, anew.sealed())).isEqualTo("pässword");
        assertThat(with(rotating).run()).isZero();
    }

    @Test
    void sealsAnyNumberAnew() {
        for (int id = 0; id < 1_234; id++) {
            kept(MESSAGE, id, before.seal(MESSAGE, "x"));
        }

        assertThat(with(rotating).run()).isEqualTo(1_234);
    }

    @Test
    void doesWithoutAKeyThatNothingIsLeftOf() {
        check(before);
        kept(CHANNEL_CONFIGURATION, 1, before.seal(CHANNEL_CONFIGURATION, "x"));
        check(rotating);
        assertThat(check(after)).isEqualTo(new KeyFit.Lacks("a"));

        with(rotating).run();

        assertThat(check(after)).isEqualTo(new KeyFit.Fits());
    }

    @Test
    void needsAKeyOfWhichSomethingCannotBeRead() {
        check(before);
        kept(MESSAGE, 1, new SealedSecret("a", new byte[] {1}));
        KeptSecret sound = kept(MESSAGE, 2, before.seal(MESSAGE, "x"));
        check(rotating);

        assertThat(with(rotating).run()).isEqualTo(1);

        assertThat(sealedWith("b", MESSAGE)).extracting(KeptSecret::id).contains(sound.id());
        assertThat(check(after)).isEqualTo(new KeyFit.Lacks("a"));
    }

    @Test
    void touchesNothingWhileThereIsOneKey() {
        check(before);
        KeptSecret secret = kept(MESSAGE, 1, before.seal(MESSAGE, "x"));

        assertThat(with(before).run()).isZero();

        assertThat(sealedWith("a", MESSAGE)).containsExactly(secret);
    }
}
