package io.campanile.application.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.access.Changes;
import io.campanile.application.consent.FormerDenials;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.secret.InMemoryKeptKeys;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;

class ListsOfProfilesTest {
    private static final ListRequest CHANGED =
            new ListRequest("update_time >= \"2026-03-01T00:00:00Z\"", "", 0, "");

    private final LongCalls reads = new LongCalls(1, Duration.ofMillis(1));
    private final ManageProfiles profiles = profiles(reads);

    private static ManageProfiles profiles(LongCalls reads) {
        var stored = new InMemoryProfiles();
        Changes changes = InMemoryChanges.at(InstantSource.system());
        return new ManageProfiles(
                stored,
                new InMemoryWorkspaces(),
                new AddressAttributes(
                        new InMemoryWorkspaces(), new InMemoryChannelConfigurations()),
                new InMemoryStore(InstantSource.system()).reservations(),
                new FormerDenials(
                        new InMemoryConsents(), stored, InMemoryKeptKeys.pseudonyms(), changes),
                reads,
                changes);
    }

    /// All may be looked at to find a few.
    @Test
    void waitForThoseThatReadForLongIfTheyHaveAFilter() {
        var _ =
                reads.inTurn(
                        WorkspaceId.DEFAULT,
                        () -> {
                            assertThat(list(ListRequest.EVERYTHING)).isInstanceOf(Page.Found.class);
                            return assertThatThrownBy(() -> list(CHANGED))
                                    .isInstanceOf(LongCallsFull.class);
                        });

        assertThat(list(CHANGED)).isInstanceOf(Page.Found.class);
    }

    private Page<?> list(ListRequest request) {
        return profiles.list(WorkspaceId.DEFAULT, request);
    }
}
