package io.campanile.testkit.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.consent.port.Consents;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentHistory;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.FoundPages;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// What every [Consents] must do. Each test has workspaces of its own, so that they can share a
/// store.
public abstract class ConsentsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ConsentLevel EVERYTHING = new ConsentLevel(null, Purpose.MARKETING, "");
    private static final ConsentLevel OFFERS =
            new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "offers");

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final WorkspaceId other = OwnWorkspaces.next();
    private final ConsentSubject.OfAddress address =
            new ConsentSubject.OfAddress(new EmailAddress("Ada@Example.com"));

    protected abstract Consents consents();

    protected abstract Profiles profiles();

    protected abstract Transactions transactions();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    @BeforeEach
    void createTheWorkspaces() {
        givenWorkspace(workspace);
        givenWorkspace(other);
    }

    @Test
    void countsTheNewestRecordOfEachLevel() {
        ConsentSubject ada = person("ada");
        added(ada, EVERYTHING, ConsentState.DENIED, 0);
        ConsentRecord granted = added(ada, EVERYTHING, ConsentState.GRANTED, 1);
        ConsentRecord pending = added(ada, OFFERS, ConsentState.PENDING, 2);
        added(person("bob"), EVERYTHING, ConsentState.DENIED, 3);

        assertThat(consents().current(workspace, ada)).containsExactly(granted, pending);
    }

    @Test
    void makesOnePersonsRecordsAnothers() {
        ConsentSubject.OfProfile ada = person("ada");
        ConsentSubject.OfProfile alsoAda = person("a.l.");
        ConsentRecord granted = added(ada, OFFERS, ConsentState.GRANTED, 0);
        ConsentRecord everything = added(ada, EVERYTHING, ConsentState.GRANTED, 1);
        ConsentRecord denied = added(alsoAda, OFFERS, ConsentState.DENIED, 2);
        ConsentRecord older = added(alsoAda, EVERYTHING, ConsentState.GRANTED, 3);

        consents().move(workspace, alsoAda, ada, List.of(denied.id()));

        assertThat(consents().current(workspace, ada))
                .containsExactlyInAnyOrder(denied.of(ada), everything);
        assertThat(consents().current(workspace, alsoAda)).isEmpty();
        assertThat(listed(ada)).containsExactly(older.of(ada), denied.of(ada), everything, granted);
        assertThat(listed(alsoAda)).isEmpty();
    }

    @Test
    void findsARecordWithinItsWorkspaceAndForgetsAllOfOneSubject() {
        ConsentSubject ada = person("ada");
        ConsentRecord ofAda = added(ada, OFFERS, ConsentState.DENIED, 0);
        ConsentRecord ofAddress = added(address, OFFERS, ConsentState.DENIED, 1);
        assertThat(consents().find(workspace, ofAda.id())).contains(ofAda);
        assertThat(consents().find(other, ofAda.id())).isEmpty();

        consents().forget(workspace, ada);

        assertThat(consents().find(workspace, ofAda.id())).isEmpty();
        assertThat(consents().current(workspace, ada)).isEmpty();
        assertThat(consents().current(workspace, address)).containsExactly(ofAddress);
        consents().forget(other, address);
        assertThat(consents().current(workspace, address)).containsExactly(ofAddress);
        consents().forget(workspace, address);
        assertThat(listed(address)).isEmpty();
    }

    @Test
    void keepsWhatWasSaidForAnAddressApartAndInOneSpelling() {
        ConsentRecord denied = added(address, OFFERS, ConsentState.DENIED, 0);

        var respelled = new ConsentSubject.OfAddress(new EmailAddress("ADA@example.com"));
        assertThat(consents().current(workspace, respelled)).containsExactly(denied);
        assertThat(consents().current(workspace, person("ada"))).isEmpty();
        assertThat(consents().current(other, address)).isEmpty();
        assertThat(listed(respelled)).containsExactly(denied);
    }

    @Test
    void keepsWhatDoesNotCountInTheHistoryOnly() {
        ConsentSubject ada = person("ada");
        ConsentRecord denied = added(ada, OFFERS, ConsentState.DENIED, 0);
        ConsentRecord asked = added(ada, OFFERS, ConsentState.PENDING, 1, false);

        assertThat(consents().current(workspace, ada)).containsExactly(denied);
        assertThat(locked(ada)).containsExactly(denied);
        assertThat(listed(ada)).containsExactly(asked, denied);
    }

    @Test
    void knowsTheNewestRecordOfALevelWhetherItCountsOrNot() {
        ConsentSubject ada = person("ada");
        assertThat(consents().newest(workspace, ada, OFFERS)).isEmpty();
        ConsentRecord asked = added(ada, OFFERS, ConsentState.PENDING, 2, false);
        added(ada, OFFERS, ConsentState.DENIED, 1);
        added(ada, EVERYTHING, ConsentState.GRANTED, 3);
        added(person("bob"), OFFERS, ConsentState.GRANTED, 4);
        ConsentRecord ofAddress = added(address, OFFERS, ConsentState.GRANTED, 5);

        assertThat(consents().newest(workspace, ada, OFFERS)).contains(asked);
        assertThat(consents().newest(other, ada, OFFERS)).isEmpty();
        assertThat(consents().newest(workspace, address, OFFERS)).contains(ofAddress);
        assertThat(consents().newest(workspace, address, EVERYTHING)).isEmpty();
    }

    @Test
    void knowsWhatDecidesAboutMore() {
        ConsentSubject ada = person("ada");
        added(ada, OFFERS, ConsentState.GRANTED, 1);
        ConsentRecord granted = added(ada, OFFERS, ConsentState.GRANTED, 4);
        ConsentRecord denied = added(ada, OFFERS, ConsentState.DENIED, 4);
        ConsentRecord first = added(ada, OFFERS, ConsentState.DENIED, 0, false);
        ConsentRecord asked = added(ada, OFFERS, ConsentState.PENDING, 5, false);
        added(ada, EVERYTHING, ConsentState.DENIED, 6);
        added(person("bob"), OFFERS, ConsentState.DENIED, 7);
        ConsentRecord ofAddress = added(address, OFFERS, ConsentState.PENDING, 8);

        assertThat(before(said(ada, OFFERS, ConsentState.GRANTED, 0)))
                .containsExactlyInAnyOrder(asked, denied, first);
        assertThat(before(said(ada, OFFERS, ConsentState.GRANTED, 4)))
                .containsExactlyInAnyOrder(asked, denied, granted);
        assertThat(
                        before(
                                said(ada, OFFERS, ConsentState.GRANTED, 2),
                                said(address, OFFERS, ConsentState.DENIED, 8),
                                said(ada, OFFERS, ConsentState.DENIED, 3)))
                .containsExactlyInAnyOrder(asked, denied, ofAddress);
        assertThat(before()).isEmpty();
        assertThat(consents().before(other, List.of(said(address, OFFERS, ConsentState.DENIED, 8))))
                .isEmpty();
    }

    private List<ConsentRecord> before(ConsentRecord... said) {
        return consents().before(workspace, List.of(said));
    }

    @Test
    void addsManyOfWhichSomeCount() {
        ConsentSubject ada = person("ada");
        ConsentRecord before = added(ada, EVERYTHING, ConsentState.GRANTED, 0);
        ConsentRecord denied = said(ada, OFFERS, ConsentState.DENIED, 2);
        ConsentRecord granted = said(ada, OFFERS, ConsentState.GRANTED, 1);
        ConsentRecord ofAddress = said(address, OFFERS, ConsentState.DENIED, 3);

        transactions()
                .inTransaction(() -> {
                    consents().lock(workspace, List.of(address, ada));
                    consents()
                            .add(
                                    List.of(denied, granted, ofAddress),
                                    Set.of(denied.id(), ofAddress.id()));
                    consents().add(List.of(), Set.of());
                    return denied;
                });

        assertThat(consents().current(workspace, ada)).containsExactly(before, denied);
        assertThat(consents().current(workspace, address)).containsExactly(ofAddress);
        assertThat(listed(ada)).containsExactly(denied, granted, before);
        assertThat(consents().find(workspace, ofAddress.id())).contains(ofAddress);
    }

    /// Whichever of two comes first: nobody reads what the other one is about to replace.
    @Test
    void whatWasSaidLastCountsWhoeverRecordsItFirst() throws Exception {
        for (int round = 0; round < 20; round++) {
            var subject =
                    new ConsentSubject.OfAddress(new EmailAddress("ada" + round + "@example.com"));
            ConsentRecord older = said(subject, OFFERS, ConsentState.GRANTED, 1);
            ConsentRecord newer = said(subject, OFFERS, ConsentState.DENIED, 2);

            ConsentRecord first = round % 2 == 0 ? newer : older;
            atOnce(() -> recorded(first), () -> recorded(first.equals(newer) ? older : newer));

            assertThat(consents().current(workspace, subject)).containsExactly(newer);
            assertThat(listed(subject)).containsExactly(newer, older);
        }
    }

    private boolean recorded(ConsentRecord said) {
        return transactions()
                .inTransaction(() -> {
                    consents().lock(workspace, List.of(said.subject()));
                    boolean counts = ConsentHistory.of(before(said)).letsCount(said);
                    consents().add(said, counts);
                    return counts;
                });
    }

    @Test
    void locksManyInOneOrder() throws Exception {
        List<ConsentSubject> people =
                IntStream.range(0, 200)
                        .<ConsentSubject>mapToObj(n ->
                                new ConsentSubject.OfAddress(
                                        new EmailAddress("p" + n + "@example.com")))
                        .toList();

        atOnce(() -> lockedMany(people), () -> lockedMany(people.reversed()));
    }

    private int lockedMany(List<ConsentSubject> people) {
        return transactions()
                .inTransaction(() -> {
                    consents().lock(workspace, people);
                    return people.size();
                });
    }

    private static void atOnce(Callable<?>... calls) throws Exception {
        var barrier = new CyclicBarrier(calls.length);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> running = new ArrayList<>();
            for (Callable<?> call : calls) {
                running.add(
                        threads.submit(() -> {
                            barrier.await(10, TimeUnit.SECONDS);
                            return call.call();
                        }));
            }
            for (Future<Object> each : running) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void knowsWhichNamesOfStrangersHaveDenialsThatCount() {
        ConsentSubject.OfAddress refusing = stranger("a1");
        ConsentSubject.OfAddress agreeing = stranger("b2");
        added(refusing, OFFERS, ConsentState.DENIED, 0);
        added(refusing, EVERYTHING, ConsentState.GRANTED, 1);
        added(agreeing, OFFERS, ConsentState.DENIED, 2);
        added(agreeing, OFFERS, ConsentState.GRANTED, 3);
        List<EmailAddress> names =
                List.of(refusing.address(), agreeing.address(), stranger("c3").address());

        assertThat(consents().denying(workspace, names)).containsExactly(refusing.address());
        assertThat(consents().denying(other, names)).isEmpty();
        assertThat(consents().denying(workspace, List.of())).isEmpty();
    }

    private static ConsentSubject.OfAddress stranger(String hash) {
        return new ConsentSubject.OfAddress(new EmailAddress(hash + "@erased.invalid"));
    }

    private List<ConsentRecord> locked(ConsentSubject subject) {
        return transactions().inTransaction(() -> consents().lock(workspace, subject));
    }

    @Test
    void forgetsNothing() {
        ConsentSubject ada = person("ada");
        ConsentRecord first = added(ada, OFFERS, ConsentState.GRANTED, 0);
        ConsentRecord second = added(ada, OFFERS, ConsentState.DENIED, 1);
        ConsentRecord third = added(ada, OFFERS, ConsentState.GRANTED, 2);

        assertThat(listed(ada)).containsExactly(third, second, first);
    }

    private ConsentSubject.OfProfile person(String name) {
        var id = new ProfileId(UUID.randomUUID());
        profiles()
                .insert(
                        Profile.created(
                                id,
                                workspace,
                                List.of(new Identity("crmId", name + id)),
                                ProfileDetails.NONE,
                                NOON));
        return new ConsentSubject.OfProfile(id);
    }

    private ConsentRecord added(
            ConsentSubject subject, ConsentLevel level, ConsentState state, int second) {
        return added(subject, level, state, second, true);
    }

    private ConsentRecord said(
            ConsentSubject subject, ConsentLevel level, ConsentState state, int second) {
        return new ConsentRecord(
                new ConsentRecordId(UUID.randomUUID()),
                workspace,
                subject,
                level,
                state,
                "checkout",
                "order 17",
                Actor.SYSTEM,
                NOON.plusSeconds(second),
                NOON.plusSeconds(3_600));
    }

    private ConsentRecord added(
            ConsentSubject subject,
            ConsentLevel level,
            ConsentState state,
            int second,
            boolean counts) {
        ConsentRecord record = said(subject, level, state, second);
        transactions()
                .inTransaction(() -> {
                    consents().lock(workspace, subject);
                    consents().add(record, counts);
                    return record;
                });
        return record;
    }

    private List<ConsentRecord> listed(ConsentSubject subject) {
        Page<ConsentRecord> page =
                Page.of(
                        new ListRequest("", "", 0, ""),
                        Consents.FIELDS,
                        query -> consents().list(workspace, subject, query));
        return FoundPages.entries(page);
    }
}
