package io.campanile.persistence.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.persistence.profile.JdbiProfiles;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Members share an address by the fields that channel configuration and workspace name.
class BroadcastAddressIT extends AddressScene {
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
                    store().broadcastMembers().move(member.id(), staying.id(), Set.of());
                    new JdbiProfiles(STORE.database().store()).delete(member);
                });
        fanOut();

        assertThat(messages(execution.id()))
                .singleElement()
                .returns(Kind.ACCEPTED, MessageView::state)
                .extracting(message -> message.identity().value())
                .isEqualTo("nl1");
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

    /// Begins a broadcast that sees nothing of a change, which is committed before its end.
    private void beginWhile(NewExecution execution, Runnable change) {
        during(change, () -> assertThat(store().broadcasts().begin(execution.id())).isTrue());
    }
}
