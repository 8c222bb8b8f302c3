package io.campanile.testkit.erasure;

import io.campanile.application.erasure.Pseudonyms;
import io.campanile.application.erasure.port.PseudonymKeys;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.testkit.channel.InMemorySecretSealer;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;

/// The key of pseudonyms in a field.
public final class InMemoryPseudonymKeys implements PseudonymKeys {
    private final AtomicReference<@Nullable SealedSecret> key = new AtomicReference<>();

    /// Pseudonyms under a key that nobody else has.
    public static Pseudonyms pseudonyms() {
        return new Pseudonyms(
                new InMemoryPseudonymKeys(), new InMemorySecretSealer(), new SecureRandom());
    }

    @Override
    public SealedSecret keep(SealedSecret offered) {
        SealedSecret before = key.compareAndExchange(null, offered);
        return before == null ? offered : before;
    }
}
