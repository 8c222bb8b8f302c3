package io.campanile.persistence.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageView;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.message.Lane;
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
import io.campanile.testkit.time.Patience;
import io.campanile.testkit.trigger.Triggers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// People who share addresses by the fields that channel configuration and workspace name.
abstract class AddressScene extends BroadcastScene {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    /// Does something that has to wait for the commit of a change.
    void during(Runnable change, Runnable other) {
        try (var thread = Executors.newSingleThreadExecutor()) {
            Future<?> done =
                    transactions()
                            .inTransaction(() -> {
                                change.run();
                                Future<?> begun = thread.submit(other);
                                LockWaits.await(STORE.database());
                                return begun;
                            });
            assertThat(done).succeedsWithin(Patience.TIME);
        }
    }

    /// In the order of the use case.
    void erase(Profile gone) {
        store().broadcastMembers().leave(gone.id());
        new JdbiProfiles(STORE.database().store()).delete(gone);
    }

    void writeOne(NewExecution execution) {
        transactions()
                .inTransaction(() -> {
                    assertThat(store().broadcasts().lock(execution.id())).isPresent();
                    store().broadcasts()
                            .write(execution.id(), new FanOutStep.Write(1, null), clock);
                    return execution;
                });
    }

    static List<Profile> threeAt(String address, String locale) {
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
    NewExecution begun(String locale) {
        NewExecution execution = waiting(locale);
        assertThat(store().broadcasts().begin(execution.id())).isTrue();
        return execution;
    }

    NewExecution waiting(String locale) {
        audience = new AudienceId(UUID.randomUUID());
        store().addAudience(audience, "profile.locale == \"" + locale + "\"");
        return stored(trigger().lane(Lane.MARKETING).to(audience, "email"));
    }

    List<@Nullable Reason> reasons(NewExecution execution) {
        return messages(execution.id()).stream()
                .<@Nullable Reason>map(MessageView::reason)
                .toList();
    }

    static void givenAddressFields(String ofConfiguration, String ofWorkspace) {
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

    static void known(String key, Map<String, Object> attributes) {
        known(key, Integer.parseInt(key), "de", attributes);
    }

    static Profile known(String key, int age, String locale, Map<String, Object> attributes) {
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
