package io.campanile.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.query.ListRequest;
import io.campanile.application.store.ChangeTopic;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Permission;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryApiKeys;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.SettableTime;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;

class AuthenticateTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeySecret SET =
            new KeySecret("cmp_set-set-set-set-set-set-set-set-set-set-set-set");
    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);

    private final SettableTime clock = new SettableTime(NOON);
    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final InMemoryAuditEntries audit = new InMemoryAuditEntries();
    private final InMemoryChangeSignal signal = new InMemoryChangeSignal();
    private final ManageAccess access =
            new ManageAccess(
                    new InMemoryWorkspaces(),
                    keys,
                    audit,
                    InMemoryChanges.of(audit, signal, clock),
                    new SplittableRandom(1));
    private final Authenticate authenticate = new Authenticate(keys, signal, clock);

    @Test
    void knowsTheOwnerOfTheFirstStart() {
        var created = (AccessResult.WorkspaceCreated) access.start(null);

        Authentication result = authenticate.authenticate(created.secret().value());

        assertThat(result)
                .isEqualTo(
                        new Authentication.Authenticated(
                                new Caller(
                                        created.key().id(),
                                        WorkspaceId.DEFAULT,
                                        Set.of(Role.OWNER))));
        assertThat(access.start(null))
                .isEqualTo(new AccessResult.WorkspaceExists(WorkspaceId.DEFAULT));
    }

    @Test
    void remembersAKeyWithoutTheStore() {
        KeySecret secret = newKey(null).secret();
        authenticate.refresh();

        assertThat(authenticate.cached(secret.value())).isEmpty();
        authenticate.authenticate(secret.value());

        assertThat(authenticate.cached(secret.value()).orElseThrow().may(Permission.TRIGGER))
                .isTrue();
    }

    @Test
    void believesNothingInMemoryForLongerThanTwoSecondsWithoutALook() {
        AccessResult.KeyCreated created = newKey(null);
        authenticate.refresh();
        authenticate.authenticate(created.secret().value());
        signal.loseNotifications();
        access.revokeKey(WorkspaceId.DEFAULT, created.key().id(), CALL);

        clock.advance(Duration.ofMillis(2001));

        assertThat(authenticate.cached(created.secret().value())).isEmpty();
        assertThat(authenticate.authenticate(created.secret().value()))
                .isEqualTo(new Authentication.Revoked());
    }

    @Test
    void forgetsARevokedKeyAtTheNextLook() {
        AccessResult.KeyCreated created = newKey(null);
        authenticate.refresh();
        authenticate.authenticate(created.secret().value());
        access.revokeKey(WorkspaceId.DEFAULT, created.key().id(), CALL);

        authenticate.refresh();

        assertThat(authenticate.cached(created.secret().value())).isEmpty();
    }

    @Test
    void forgetsARevokedKeyWhenNotified() {
        AccessResult.KeyCreated created = newKey(null);
        authenticate.refresh();
        authenticate.authenticate(created.secret().value());
        try (var _ = authenticate.follow()) {
            access.revokeKey(WorkspaceId.DEFAULT, created.key().id(), CALL);
        }

        assertThat(authenticate.cached(created.secret().value())).isEmpty();
    }

    @Test
    void refusesAnExpiredKeyEvenFromMemory() {
        AccessResult.KeyCreated created = newKey(NOON.plusSeconds(1));
        authenticate.refresh();
        authenticate.authenticate(created.secret().value());

        clock.advance(Duration.ofSeconds(1));

        assertThat(authenticate.cached(created.secret().value())).isEmpty();
        assertThat(authenticate.authenticate(created.secret().value()))
                .isEqualTo(new Authentication.Expired(NOON.plusSeconds(1)));
    }

    /// A standby that took over had not got the last change; its counter goes on from there.
    @Test
    void forgetsARevokedKeyAlsoWhenTheCounterCameBackToWhereItWas() {
        newKey(null);
        AccessResult.KeyCreated created = newKey(null);
        authenticate.refresh();

        signal.fallBack(ChangeTopic.ACCESS);
        authenticate.refresh();
        authenticate.authenticate(created.secret().value());
        assertThat(authenticate.cached(created.secret().value())).isPresent();
        access.revokeKey(WorkspaceId.DEFAULT, created.key().id(), CALL);
        authenticate.refresh();

        assertThat(authenticate.cached(created.secret().value())).isEmpty();
        assertThat(authenticate.authenticate(created.secret().value()))
                .isEqualTo(new Authentication.Revoked());
    }

    @Test
    void keepsTheLastOwnerKey() {
        var first = (AccessResult.WorkspaceCreated) access.start(null);

        assertThat(access.revokeKey(WorkspaceId.DEFAULT, first.key().id(), CALL))
                .isEqualTo(new AccessResult.LastOwnerKey(first.key()));

        Instant soon = NOON.plusSeconds(1);
        access.createKey(WorkspaceId.DEFAULT, "Passing", Set.of(Role.OWNER), soon, CALL);
        assertThat(access.revokeKey(WorkspaceId.DEFAULT, first.key().id(), CALL))
                .isEqualTo(new AccessResult.LastOwnerKey(first.key()));

        access.createKey(WorkspaceId.DEFAULT, "Second", Set.of(Role.OWNER), null, CALL);
        assertThat(access.revokeKey(WorkspaceId.DEFAULT, first.key().id(), CALL))
                .isInstanceOf(AccessResult.KeyRevoked.class);
    }

    @Test
    void letsInByAnOwnerKeyThatWasSetWhenAllOthersAreLost() {
        access.start(null);

        assertThat(admitOwner(SET)).isEqualTo(OwnerKey.OPENS);
        assertThat(admitOwner(SET)).isEqualTo(OwnerKey.OPENS);

        var in = (Authentication.Authenticated) authenticate.authenticate(SET.value());
        assertThat(in.caller().workspace()).isEqualTo(WorkspaceId.DEFAULT);
        assertThat(in.caller().roles()).containsExactly(Role.OWNER);
        assertThat(audit.all().getLast())
                .satisfies(entry -> {
                    assertThat(entry.actor()).isEqualTo(Actor.SYSTEM);
                    assertThat(entry.action()).isEqualTo(AuditAction.API_KEY_CREATED);
                });
        // The workspace, its first key and this one: repeated, it is nothing new.
        assertThat(audit.all()).hasSize(3);
    }

    @Test
    void takesNoOwnerKeyThatWasRevokedOrIsSomethingElse() {
        access.start(null);
        assertThat(admitOwner(SET)).isEqualTo(OwnerKey.OPENS);
        access.revokeKey(WorkspaceId.DEFAULT, keyOf(SET), CALL);
        var another =
                (AccessResult.WorkspaceCreated)
                        access.createWorkspace(
                                new WorkspaceId("another"), unnamed -> unnamed, CALL);
        AccessResult.KeyCreated expired = newKey(NOON.plusSeconds(1));
        clock.advance(Duration.ofSeconds(1));

        assertThat(admitOwner(SET)).isEqualTo(OwnerKey.REVOKED);
        assertThat(admitOwner(another.secret())).isEqualTo(OwnerKey.OF_ANOTHER_WORKSPACE);
        assertThat(admitOwner(expired.secret())).isEqualTo(OwnerKey.EXPIRED);
        assertThat(admitOwner(newKey(null).secret())).isEqualTo(OwnerKey.WITHOUT_THE_ROLE);
    }

    @Test
    void letsAnOwnerIntoAnotherWorkspaceWhoseKeyNobodyGot() {
        access.start(null);
        var another = new WorkspaceId("another");
        access.createWorkspace(another, unnamed -> unnamed, CALL);

        assertThat(access.admitOwner(another, "Found again", SET)).isEqualTo(OwnerKey.OPENS);

        var in = (Authentication.Authenticated) authenticate.authenticate(SET.value());
        assertThat(in.caller().workspace()).isEqualTo(another);
        assertThat(in.caller().roles()).containsExactly(Role.OWNER);
        assertThat(audit.all().getLast())
                .satisfies(entry -> {
                    assertThat(entry.workspace()).isEqualTo(another);
                    assertThat(entry.actor()).isEqualTo(Actor.SYSTEM);
                    assertThat(entry.action()).isEqualTo(AuditAction.API_KEY_CREATED);
                });
    }

    @Test
    void letsNobodyIntoAWorkspaceThatIsNotThere() {
        access.start(null);

        assertThat(access.admitOwner(new WorkspaceId("anothr"), "Typo", SET))
                .isEqualTo(OwnerKey.OF_NO_WORKSPACE);
        assertThat(authenticate.authenticate(SET.value())).isEqualTo(new Authentication.Unknown());
    }

    private OwnerKey admitOwner(KeySecret secret) {
        return access.admitOwner(WorkspaceId.DEFAULT, "Set", secret);
    }

    private ApiKeyId keyOf(KeySecret secret) {
        return keys.find(KeyHash.of(secret.value())).orElseThrow().id();
    }

    @Test
    void storesNoSecret() {
        KeySecret secret = newKey(null).secret();

        assertThat(access.listKeys(WorkspaceId.DEFAULT, ListRequest.EVERYTHING).toString())
                .doesNotContain(secret.value());
        assertThat(audit.all().toString()).doesNotContain(secret.value());
        assertThat(secret).hasToString("[redacted]");
        assertThat(secret.value()).hasSize(47).startsWith("cmp_");
    }

    private AccessResult.KeyCreated newKey(@Nullable Instant expireTime) {
        return (AccessResult.KeyCreated)
                access.createKey(
                        WorkspaceId.DEFAULT, "App", Set.of(Role.TRIGGER), expireTime, CALL);
    }
}
