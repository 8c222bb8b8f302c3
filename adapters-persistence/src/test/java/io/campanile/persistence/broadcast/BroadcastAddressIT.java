package io.campanile.persistence.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.message.BroadcastScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.trigger.Triggers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Members share an address by the fields that channel configuration and workspace name.
class BroadcastAddressIT extends BroadcastScene {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Test
    void looksForSharedAddressesWhereDecisionsDo() {
        givenAddressFields("work.email", "home");
        // One after the other: of those at one address, the oldest profile is written to.
        known("1", Map.of("work", Map.of("email", "Office@example.com"), "home", "a@example.com"));
        known("2", Map.of("work", Map.of("email", "office@example.com"), "home", "b@example.com"));
        known("3", Map.of("work", Map.of("email", ""), "home", "office@EXAMPLE.com"));
        known("4", Map.of("home", "own4@example.com"));
        known("5", Map.of());
        known("6", Map.of("work", Map.of("email", "ask them")));
        known("7", Map.of("work", Map.of("email", "ask them")));
        known("8", Map.of("work", Map.of("email", List.of("office@example.com"))));

        audience = new AudienceId(UUID.randomUUID());
        store().addAudience(audience, "profile.locale == \"de\"");
        NewExecution execution = stored(trigger().lane(Lane.MARKETING).to(audience, "email"));
        fanOut();

        assertThat(messages(execution.id()))
                .filteredOn(message -> message.state() == Kind.EXCLUDED)
                .allMatch(message -> message.reason() == Reason.DUPLICATE_RECIPIENT)
                .extracting(MessageView::identity)
                .extracting(Identity::value)
                .containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void letsTheNextMemberTakeThePlaceOfOneWhoWasErased() {
        givenAddressFields("shared", "");
        List<Profile> people = threeAt("office@example.com", "fr");
        NewExecution execution = begun("fr");

        erase(people.getFirst());
        fanOut();

        assertThat(reasons(execution))
                .containsExactlyInAnyOrder(
                        Reason.PROFILE_UNKNOWN, null, Reason.DUPLICATE_RECIPIENT);
    }

    @Test
    void writesToWhoeverIsLeftOfTwoMembersAtOneAddress() {
        givenAddressFields("shared", "");
        List<Profile> people = threeAt("hall@example.com", "it");
        NewExecution execution = begun("it");

        merge(people.getFirst(), people.get(1));
        fanOut();

        assertThat(reasons(execution))
                .containsExactlyInAnyOrder(
                        Reason.PROFILE_UNKNOWN, null, Reason.DUPLICATE_RECIPIENT);
    }

    @Test
    void seesWhoIsErasedWhileMembersAreTakenDown() {
        givenAddressFields("shared", "");
        List<Profile> people = threeAt("office@example.com", "es");
        NewExecution execution = waiting("es");

        beginWhile(execution, () -> erase(people.getFirst()));
        fanOut();

        assertThat(reasons(execution))
                .containsExactlyInAnyOrder(
                        Reason.PROFILE_UNKNOWN, null, Reason.DUPLICATE_RECIPIENT);
    }

    @Test
    void seesWhoIsMergedWhileMembersAreTakenDown() {
        givenAddressFields("shared", "");
        Profile member = known("pt1", 1, "pt", Map.of("shared", "hall@example.com"));
        Profile staying = known("nl1", 2, "nl", Map.of("shared", "hall@example.com"));
        NewExecution execution = waiting("pt");

        beginWhile(
                execution,
                () -> {
                    store().broadcasts().move(member.id(), staying.id(), Set.of());
                    new JdbiProfiles(STORE.database().store()).delete(member);
                });
        fanOut();

        assertThat(messages(execution.id()))
                .singleElement()
                .returns(Kind.ACCEPTED, MessageView::state)
                .extracting(message -> message.identity().value())
                .isEqualTo("nl1");
    }

    /// Begins a broadcast that sees nothing of a change, which is committed before its end.
    private void beginWhile(NewExecution execution, Runnable change) {
        during(change, () -> assertThat(store().broadcasts().begin(execution.id())).isTrue());
    }

    /// Does something that has to wait for the commit of a change.
    private void during(Runnable change, Runnable other) {
        try (var thread = Executors.newSingleThreadExecutor()) {
            Future<?> done =
                    transactions()
                            .inTransaction(() -> {
                                change.run();
                                Future<?> begun = thread.submit(other);
                                LockWaits.await(STORE.database());
                                return begun;
                            });
            assertThat(done).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void writesNobodyWhoIsBeingErased() {
        givenAddressFields("shared", "");
        List<Profile> people = threeAt("office@example.com", "pl");
        NewExecution execution = begun("pl");

        during(() -> erase(people.getFirst()), this::fanOut);

        assertThat(reasons(execution))
                .containsExactlyInAnyOrder(
                        Reason.PROFILE_UNKNOWN, null, Reason.DUPLICATE_RECIPIENT);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, DUPLICATE_RECIPIENT", "1, 0, PROFILE_UNKNOWN"})
    void writesOnceToTwoMembersWhoTurnOutToBeOnePerson(int gone, int staying, Reason ofTheOther) {
        String locale = "x" + gone;
        List<Profile> people =
                List.of(
                        known(locale + 1, 1, locale, Map.of()),
                        known(locale + 2, 2, locale, Map.of()));
        NewExecution execution = begun(locale);
        writeOne(execution);

        merge(people.get(gone), people.get(staying));
        fanOut();

        assertThat(reasons(execution)).containsExactlyInAnyOrder(null, ofTheOther);
    }

    @Test
    void leavesAnAddressToTheOthersThereWhenItsMemberIsMergedWithOneElsewhere() {
        givenAddressFields("shared", "");
        List<Profile> people = threeAt("office@example.com", "fi");
        Profile elsewhere = known("fi99", 99, "fi", Map.of("shared", "own@example.com"));
        NewExecution execution = begun("fi");

        merge(people.getFirst(), elsewhere);
        fanOut();

        assertThat(reasons(execution))
                .containsExactlyInAnyOrder(
                        Reason.PROFILE_UNKNOWN, null, Reason.DUPLICATE_RECIPIENT, null);
    }

    @Test
    void leavesTheAddressOfSomebodyWhoGotAMessageAsSomebodyElseToTheOthersThere() {
        givenAddressFields("shared", "");
        Profile written = known("sv1", 1, "sv", Map.of("shared", "own@example.com"));
        List<Profile> people = threeAt("office@example.com", "sv");
        NewExecution execution = begun("sv");
        writeOne(execution);
        settle(1, new MessageState.Sent(clock));

        merge(written, people.getFirst());
        fanOut();

        assertThat(reasons(execution))
                .containsExactlyInAnyOrder(
                        null, Reason.DUPLICATE_RECIPIENT, null, Reason.DUPLICATE_RECIPIENT);
    }

    @Test
    void countsAMessageThatIsWaitingWhereItsMailGoesAfterTheMerge() {
        givenAddressFields("shared", "");
        Profile written = known("no1", 1, "no", Map.of("shared", "own@example.com"));
        known("no2", 2, "no", Map.of("shared", "own@example.com"));
        List<Profile> people = threeAt("office@example.com", "no");
        NewExecution execution = begun("no");
        writeOne(execution);

        merge(written, people.getFirst());
        fanOut();

        assertThat(destinations(execution))
                .containsExactlyInAnyOrder("office@example.com", "own@example.com");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesAnAddressToTheOthersThereWhenItsMemberIsMergedWithSomebodyElsewhere(
            boolean written) {
        givenAddressFields("shared", "");
        String locale = written ? "hu" : "cs";
        List<Profile> people = threeAt("office@example.com", locale);
        Profile elsewhere = known(locale + 99, 99, "xx", Map.of("shared", "own@example.com"));
        NewExecution execution = begun(locale);
        if (written) {
            writeOne(execution);
        }

        merge(people.getFirst(), elsewhere);
        fanOut();

        assertThat(destinations(execution))
                .containsExactlyInAnyOrder("office@example.com", "own@example.com");
    }

    @Test
    void takesThePlaceOfSomebodyAtTheSameAddress() {
        givenAddressFields("shared", "");
        List<Profile> people = threeAt("office@example.com", "ro");
        Profile there = known("ro99", 99, "xx", Map.of("shared", "Office@example.com"));
        NewExecution execution = begun("ro");

        merge(people.getFirst(), there);
        fanOut();

        assertThat(destinations(execution)).containsExactly("Office@example.com");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writesOnceToTwoWhoHaveMessagesAndTurnOutToBeOnePerson(boolean finished) {
        givenAddressFields("shared", "");
        String locale = finished ? "lt" : "lv";
        Profile gone = known(locale + 1, 1, locale, Map.of("shared", "old@example.com"));
        Profile staying = known(locale + 2, 2, locale, Map.of("shared", "new@example.com"));
        NewExecution execution = begun(locale);
        fanOut();
        if (finished) {
            fanOut();
        }

        merge(gone, staying);

        assertThat(destinations(execution)).containsExactly("new@example.com");
        assertThat(messages(execution.id()))
                .filteredOn(message -> message.reason() == Reason.DUPLICATE_RECIPIENT)
                .singleElement()
                .extracting(message -> store().messages().writtenInstead(message.id()))
                .isEqualTo(Optional.of(staying.id()));
    }

    /// Where the mails go that are not excluded.
    private List<String> destinations(NewExecution execution) {
        var profiles = new JdbiProfiles(STORE.database().store());
        return messages(execution.id()).stream()
                .filter(message -> message.state() != Kind.EXCLUDED)
                .map(message ->
                        profiles.find(WorkspaceId.DEFAULT, message.identity())
                                .flatMap(person -> person.details().attributes().at("shared"))
                                .map(String::valueOf)
                                .orElse("nowhere"))
                .toList();
    }

    @Test
    void passesAnAddressToSomebodyWhoStillExists() {
        givenAddressFields("shared", "");
        List<Profile> people = threeAt("office@example.com", "da");
        NewExecution execution = begun("da");

        erase(people.get(1));
        erase(people.getFirst());
        fanOut();

        assertThat(reasons(execution))
                .containsExactlyInAnyOrder(Reason.PROFILE_UNKNOWN, Reason.PROFILE_UNKNOWN, null);
    }

    /// In the order of the use case.
    private void erase(Profile gone) {
        store().broadcasts().leave(gone.id());
        new JdbiProfiles(STORE.database().store()).delete(gone);
    }

    /// In the order of the use case.
    private void merge(Profile gone, Profile staying) {
        var profiles = new JdbiProfiles(STORE.database().store());
        transactions()
                .inTransaction(() -> {
                    Set<ExecutionId> waiting = store().broadcasts().unite(gone, staying, clock);
                    profiles.delete(gone);
                    profiles.update(staying.mergedWith(gone, NOON));
                    store().broadcasts().move(gone.id(), staying.id(), waiting);
                    return waiting;
                });
    }

    private void writeOne(NewExecution execution) {
        transactions()
                .inTransaction(() -> {
                    assertThat(store().broadcasts().lock(execution.id())).isPresent();
                    store().broadcasts()
                            .write(execution.id(), new FanOutStep.Write(1, null), clock);
                    return execution;
                });
    }

    private static List<Profile> threeAt(String address, String locale) {
        return Stream.of("11", "12", "13")
                .map(key ->
                        known(
                                locale + key,
                                Integer.parseInt(key),
                                locale,
                                Map.of("shared", address)))
                .toList();
    }

    /// A broadcast to those of that language whose members are known, and have no message yet.
    private NewExecution begun(String locale) {
        NewExecution execution = waiting(locale);
        assertThat(store().broadcasts().begin(execution.id())).isTrue();
        return execution;
    }

    private NewExecution waiting(String locale) {
        audience = new AudienceId(UUID.randomUUID());
        store().addAudience(audience, "profile.locale == \"" + locale + "\"");
        return stored(trigger().lane(Lane.MARKETING).to(audience, "email"));
    }

    private List<@Nullable Reason> reasons(NewExecution execution) {
        return messages(execution.id()).stream()
                .<@Nullable Reason>map(MessageView::reason)
                .toList();
    }

    private static void givenAddressFields(String ofConfiguration, String ofWorkspace) {
        STORE.database()
                .store()
                .inStatement(handle -> {
                    handle.createUpdate(
                                    "UPDATE channel_configuration SET definition = definition ||"
                                            + " jsonb_build_object('addressField', :field)")
                            .bind("field", ofConfiguration)
                            .execute();
                    return handle.createUpdate("UPDATE workspace SET address_field = :field")
                            .bind("field", ofWorkspace)
                            .execute();
                });
    }

    private static void known(String key, Map<String, Object> attributes) {
        known(key, Integer.parseInt(key), "de", attributes);
    }

    private static Profile known(
            String key, int age, String locale, Map<String, Object> attributes) {
        Profile person =
                Profile.created(
                        new ProfileId(Triggers.id(NOON.plusMillis(age))),
                        WorkspaceId.DEFAULT,
                        List.of(new Identity("crmId", key)),
                        new ProfileDetails(new Attributes(attributes), List.of(), locale, ""),
                        NOON);
        new JdbiProfiles(STORE.database().store()).insert(List.of(person));
        return person;
    }
}
