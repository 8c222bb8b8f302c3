package io.campanile.persistence.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.profile.JdbiProfiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Members turn out to be one person while their broadcast runs.
class BroadcastMergesIT extends AddressScene {
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

    /// In the order of the use case.
    private void merge(Profile gone, Profile staying) {
        var profiles = new JdbiProfiles(STORE.database().store());
        transactions()
                .inTransaction(() -> {
                    Set<ExecutionId> waiting =
                            store().broadcastMembers().unite(gone, staying, clock);
                    profiles.delete(gone);
                    profiles.update(staying.mergedWith(gone, NOON));
                    store().broadcastMembers().move(gone.id(), staying.id(), waiting);
                    return waiting;
                });
    }
}
