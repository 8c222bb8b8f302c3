package io.campanile.application.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.channel.InMemorySecretSealer;
import io.campanile.testkit.erasure.InMemoryPseudonymKeys;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;

class PseudonymsTest {
    private static final WorkspaceId OTHER = new WorkspaceId("other");
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");

    private final InMemoryPseudonymKeys keys = new InMemoryPseudonymKeys();
    private final InMemorySecretSealer sealer = new InMemorySecretSealer();
    private final SecureRandom random = new SecureRandom();
    private final Pseudonyms pseudonyms = new Pseudonyms(keys, sealer, random);

    @Test
    void areTheSameForEverySpellingOnEveryNode() {
        EmailAddress pseudonym = pseudonyms.of(WorkspaceId.DEFAULT, ADA);

        var otherNode = new Pseudonyms(keys, sealer, random);
        assertThat(otherNode.of(WorkspaceId.DEFAULT, new EmailAddress("Ada@EXAMPLE.com")))
                .isEqualTo(pseudonym);
    }

    @Test
    void tellNothingAndDifferBetweenAddressesWorkspacesAndStores() {
        EmailAddress pseudonym = pseudonyms.of(WorkspaceId.DEFAULT, ADA);

        assertThat(pseudonym.value()).matches("[0-9a-f]{64}@erased\\.invalid");
        assertThat(pseudonyms.of(OTHER, ADA)).isNotEqualTo(pseudonym);
        assertThat(pseudonyms.of(WorkspaceId.DEFAULT, new EmailAddress("eve@example.com")))
                .isNotEqualTo(pseudonym);
        assertThat(InMemoryPseudonymKeys.pseudonyms().of(WorkspaceId.DEFAULT, ADA))
                .isNotEqualTo(pseudonym);
    }

    @Test
    void refuseToStartWithAKeyNobodyCanRead() {
        var _ = sealer.seal("something else");
        pseudonyms.load();

        var stranger = new Pseudonyms(keys, new InMemorySecretSealer(), random);
        assertThatIllegalArgumentException().isThrownBy(stranger::load);
    }
}
