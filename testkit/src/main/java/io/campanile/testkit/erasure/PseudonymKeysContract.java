package io.campanile.testkit.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.erasure.port.PseudonymKeys;
import io.campanile.domain.channel.SealedSecret;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

/// What every [PseudonymKeys] must do.
public abstract class PseudonymKeysContract {
    protected abstract PseudonymKeys keys();

    @Test
    void keepsOneKeyForEver() {
        PseudonymKeys keys = keys();

        List<SealedSecret> kept =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(number ->
                                keys.keep(
                                        new SealedSecret("k" + number, new byte[] {(byte) number})))
                        .toList();

        assertThat(kept).hasSize(8).containsOnly(kept.getFirst());
        assertThat(keys.keep(new SealedSecret("late", new byte[] {9}))).isEqualTo(kept.getFirst());
    }
}
