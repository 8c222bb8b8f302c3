package io.campanile.persistence.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.ImportProfiles;
import io.campanile.application.profile.ImportProfiles.NumberedRow;
import io.campanile.application.profile.ImportProfiles.Taken;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.profile.ProfileRow;
import io.campanile.application.profile.port.StrangerReservations;
import io.campanile.application.share.LongCalls;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.access.Actor;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.channel.JdbiChannelConfigurations;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// The rows of a batch and the place up to which an import has come are stored together: whatever
/// breaks in between, whoever resumes it finds every row once.
class BrokenImportIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int SIZE = 3;

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final Store store = STORE.database().store();
    private final JdbiProfiles profiles = new JdbiProfiles(store);
    private final Changes changes = STORE.changes(NOON);

    @BeforeEach
    void createTheWorkspace() {
        STORE.givenWorkspace(workspace);
    }

    @Test
    void isResumedWhereItBroke() {
        assertThatThrownBy(() ->
                        take(_ -> {
                            throw new StoreUnavailable(
                                    "cut", new IllegalStateException("by the test"));
                        }))
                .isInstanceOf(StoreUnavailable.class);
        assertThat(known()).isZero();

        Taken resumed = take(_ -> {});
        assertThat(resumed.skipped()).isZero();
        assertThat(resumed.result().created()).isEqualTo(SIZE);

        Taken repeated = take(_ -> {});
        assertThat(repeated.skipped()).isEqualTo(SIZE);
        assertThat(repeated.result().created()).isZero();
        assertThat(known()).isEqualTo(SIZE);
    }

    /// @param last what a batch does last, when all of its rows are written
    private Taken take(StrangerReservations last) {
        var workspaces = new JdbiWorkspaces(store);
        var manager =
                new ManageProfiles(
                        profiles,
                        workspaces,
                        new AddressAttributes(workspaces, new JdbiChannelConfigurations(store)),
                        last,
                        (_, _) -> {},
                        LongCalls.ofReaders(),
                        changes);
        return new ImportProfiles(new JdbiProfileImports(store), manager, changes)
                .take(workspace, "once", 0, SIZE, rows(), ChangeCall.by(Actor.SYSTEM));
    }

    private static List<NumberedRow> rows() {
        return IntStream.range(0, SIZE)
                .mapToObj(number ->
                        new NumberedRow(
                                number,
                                new ProfileRow(List.of(identity(number)), DetailsChange.NOTHING)))
                .toList();
    }

    private static Identity identity(int number) {
        return new Identity("crmId", "p" + number);
    }

    private long known() {
        return IntStream.range(0, SIZE)
                .filter(number -> profiles.find(workspace, identity(number)).isPresent())
                .count();
    }
}
