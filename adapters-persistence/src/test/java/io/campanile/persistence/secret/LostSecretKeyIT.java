package io.campanile.persistence.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.secret.port.KeptSecret;
import io.campanile.application.secret.port.KeyProof;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Set;

class LostSecretKeyIT extends StoreScene {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final SealedSecret LOST = new SealedSecret("lost", new byte[] {1});
    private static final SealedSecret THERE = new SealedSecret("there", new byte[] {2});

    @BeforeEach
    void knowsTwoKeys() {
        secrets().addKey(new KeyProof("lost", ""));
        secrets().addKey(new KeyProof("there", ""));
    }

    private static JdbiSealedSecrets secrets() {
        return new JdbiSealedSecrets(adapters());
    }

    private static Store adapters() {
        return STORE.database().store();
    }

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    private static LostSecretKey.Result giveUp() {
        return new LostSecretKey(adapters()).giveUp("lost", false);
    }

    private List<MessageState.Kind> states(NewExecution execution) {
        return ids(execution).stream().map(this::stateOf).distinct().toList();
    }

    @Test
    void settlesTheMessagesThatNeedItAndNoOthers() {
        NewExecution inHandOver = stored(trigger().sensitive(LOST));
        marked();
        NewExecution open = stored(trigger().sensitive(LOST).recipients(2));
        NewExecution ofOther = stored(trigger().sensitive(THERE));
        NewExecution plain = stored(trigger());

        assertThat(giveUp()).isEqualTo(new LostSecretKey.Result.GivenUp(List.of(), 3, Set.of()));

        assertThat(states(open)).containsExactly(MessageState.Kind.FAILED);
        assertThat(states(inHandOver)).containsExactly(MessageState.Kind.UNKNOWN);
        assertThat(claims(claim(node, now)))
                .extracting(claim -> claim.message())
                .containsExactlyInAnyOrder(ids(ofOther).getFirst(), ids(plain).getFirst());
        assertThat(store().invariants().check(10)).isEmpty();
    }

    @Test
    void settlesThemHoweverManyThereAre() {
        NewExecution many = stored(trigger().sensitive(LOST).recipients(1_001));

        assertThat(giveUp())
                .isEqualTo(new LostSecretKey.Result.GivenUp(List.of(), 1_001, Set.of()));

        assertThat(states(many)).containsExactly(MessageState.Kind.FAILED);
        assertThat(secrets().sealedWith("lost", SecretPurpose.MESSAGE, KeptSecret.START, 1))
                .isEmpty();
    }

    @Test
    void namesTheKeptKeysThatAreLost() {
        new JdbiKeptKeys(adapters()).keep(SecretPurpose.TOKEN_KEY, LOST);
        new JdbiKeptKeys(adapters()).keep(SecretPurpose.PSEUDONYM_KEY, THERE);

        assertThat(giveUp())
                .isEqualTo(
                        new LostSecretKey.Result.GivenUp(
                                List.of(), 0, Set.of(SecretPurpose.TOKEN_KEY)));

        assertThat(new JdbiKeptKeys(adapters()).keep(SecretPurpose.TOKEN_KEY, THERE))
                .isEqualTo(THERE);
    }

    @Test
    void namesTheKeysThereAreWhenThatOneIsNone() {
        assertThat(new LostSecretKey(adapters()).giveUp("none", false))
                .isEqualTo(new LostSecretKey.Result.Unknown(List.of("lost", "there")));
    }
}
