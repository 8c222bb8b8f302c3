package io.campanile.testkit.eligibility;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.OwnWorkspaces;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What contracts of facts share: two workspaces of each test's own, and who is known in them.
public abstract class FactSourceScene {
    protected static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    protected static final ConsentLevel OFFERS =
            new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "offers");

    protected final WorkspaceId strict = OwnWorkspaces.next();
    protected final WorkspaceId lenient = OwnWorkspaces.next();

    /// The stores that the facts are read from, and their reader.
    public record Stores(
            Workspaces workspaces,
            Profiles profiles,
            Consents consents,
            Suppressions suppressions,
            AllowedEntries allowedEntries,
            Pseudonyms pseudonyms,
            FactSource facts) {}

    protected abstract Stores stores();

    @BeforeEach
    void createTheWorkspaces() {
        stores().workspaces().insert(new Workspace(strict, "Strict", NOON, false, false));
        stores().workspaces().insert(new Workspace(lenient, "Lenient", NOON, true, true));
    }

    protected final Subject needing(
            ProfileLookup lookup, String key, @Nullable EmailAddress address) {
        Purpose purpose = lookup == ProfileLookup.NONE ? Purpose.SERVICE : Purpose.MARKETING;
        return new Subject(
                new Occasion(strict, Channel.EMAIL, purpose, "offers", lookup, false),
                List.of(),
                new Identity("crmId", key),
                address,
                true,
                null);
    }

    protected final Profile known(Identity identity, String address) {
        return known(identity, address, Map.of("firstName", "Ada"));
    }

    protected final Profile known(
            Identity identity, String address, Map<String, Object> attributes) {
        var details =
                new ProfileDetails(
                        new Attributes(attributes),
                        List.of(address(address)),
                        "de",
                        "Europe/Vienna");
        Profile profile =
                Profile.created(
                        new ProfileId(UUID.randomUUID()), strict, List.of(identity), details, NOON);
        stores().profiles().insert(profile);
        return profile;
    }

    protected static EmailAddress address(String text) {
        return new EmailAddress(text);
    }

    protected static Subject subject(
            WorkspaceId workspace, String namespace, String value, String address) {
        return new Subject(
                new Occasion(workspace, Channel.EMAIL, Purpose.MARKETING, "offers"),
                List.of(),
                new Identity(namespace, value),
                address(address),
                false,
                null);
    }

    protected final Suppression suppressed(WorkspaceId workspace, String target) {
        return suppressed(workspace, target, SuppressionReason.MANUAL, null);
    }

    protected final Suppression suppressed(
            WorkspaceId workspace,
            String target,
            SuppressionReason reason,
            @Nullable Instant expireTime) {
        Suppression entry =
                aSuppression(target, NOON).in(workspace).because(reason).until(expireTime).build();
        assertThat(enter(stores().suppressions(), entry)).isTrue();
        return entry;
    }

    protected final ConsentSubject person(Identity... identities) {
        var id = new ProfileId(UUID.randomUUID());
        stores().profiles()
                .insert(
                        Profile.created(
                                id, strict, List.of(identities), ProfileDetails.NONE, NOON));
        return new ConsentSubject.OfProfile(id);
    }

    protected final ConsentRecord said(
            ConsentSubject subject, ConsentLevel level, ConsentState state, int second) {
        var record =
                new ConsentRecord(
                        new ConsentRecordId(UUID.randomUUID()),
                        strict,
                        subject,
                        level,
                        state,
                        "checkout",
                        "",
                        Actor.SYSTEM,
                        NOON.plusSeconds(second),
                        NOON.plusSeconds(second));
        stores().consents().add(record, true);
        return record;
    }
}
