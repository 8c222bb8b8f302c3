package io.campanile.application.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.secret.InMemoryKeptKeys;

import org.junit.jupiter.api.Test;

class PseudonymsTest {
    private static final WorkspaceId OTHER = new WorkspaceId("other");
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");

    private final Pseudonyms pseudonyms = new Pseudonyms(new byte[32]);

    @Test
    void areTheSameForEverySpellingOnEveryNode() {
        EmailAddress pseudonym = pseudonyms.of(WorkspaceId.DEFAULT, ADA);

        var otherNode = new Pseudonyms(new byte[32]);
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
        assertThat(InMemoryKeptKeys.pseudonyms().of(WorkspaceId.DEFAULT, ADA))
                .isNotEqualTo(pseudonym);
    }
}
