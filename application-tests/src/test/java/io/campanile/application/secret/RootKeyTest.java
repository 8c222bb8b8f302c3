package io.campanile.application.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

class RootKeyTest {
    private static final byte[] PLAIN = "pässword".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTEXT = {1};
    private static final RootKey ROOT = root(1);

    private static RootKey root(int first) {
        byte[] key = new byte[RootKey.BYTES];
        key[0] = (byte) first;
        return new RootKey(key);
    }

    private static SealingKey key(RootKey root, String purpose) {
        return root.sealingKey(purpose, new SecureRandom());
    }

    @Test
    void derivesTheSameKeyForAPurposeEachTime() {
        byte[] sealed = key(ROOT, "a").seal(PLAIN, CONTEXT);

        assertThat(sealed).hasSize(PLAIN.length + 28);
        assertThat(key(root(1), "a").open(sealed, CONTEXT)).isEqualTo(PLAIN);
    }

    /// What is stored and what is in mails was sealed like this. Made by another program.
    @Test
    void derivesWhatItAlwaysDid() {
        assertThat(ROOT.proof())
                .isEqualTo("68a9ab58f2760f86694d09e701c05bcbb3ae8db7ac7f7c42bd8d005970d227b0");
        byte[] sealed =
                HexFormat.of()
                        .parseHex(
                                "000102030405060708090a0b4a19c308d5b688efe6fe4f658722a9bf4e950ebb0d380dcae9");
        assertThat(key(ROOT, "TOKEN_KEY").open(sealed, CONTEXT)).isEqualTo(PLAIN);
    }

    @Test
    void opensForNoOtherPurposeContextOrRoot() {
        byte[] sealed = key(ROOT, "a").seal(PLAIN, CONTEXT);

        refuses(key(ROOT, "b"), sealed, CONTEXT);
        refuses(key(root(2), "a"), sealed, CONTEXT);
        refuses(key(ROOT, "a"), sealed, new byte[] {2});
        refuses(key(ROOT, "a"), sealed, new byte[0]);
    }

    @Test
    void opensNothingThatWasChangedOrCutOff() {
        SealingKey key = key(ROOT, "a");
        byte[] sealed = key.seal(PLAIN, CONTEXT);
        for (int place = 0; place < sealed.length; place++) {
            byte[] changed = sealed.clone();
            changed[place] ^= 1;
            refuses(key, changed, CONTEXT);
            refuses(key, Arrays.copyOf(sealed, place), CONTEXT);
        }
    }

    private static void refuses(SealingKey key, byte[] sealed, byte[] context) {
        assertThatIllegalArgumentException().isThrownBy(() -> key.open(sealed, context));
    }

    @Test
    void isToldFromOthersByItsProof() {
        assertThat(root(1).proof()).isEqualTo(ROOT.proof()).isNotEqualTo(root(2).proof());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void hasThirtyTwoBytes(int bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RootKey(new byte[bytes]));
    }
}
