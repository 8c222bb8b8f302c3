package io.campanile.testkit.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.profile.port.Profiles;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.PhoneNumber;
import io.campanile.domain.channel.PushToken;
import io.campanile.domain.channel.PushToken.Platform;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.FormerAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.FoundPages;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/// What every [Profiles] must do. Each test has workspaces of its own, so that they can share a
/// store.
public abstract class ProfilesContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Identity CRM = new Identity("crmId", "42");
    private static final Identity MAIL = new Identity(Identity.EMAIL, "ada@example.com");

    private final WorkspaceId workspace = OwnWorkspaces.next();
    private final WorkspaceId other = OwnWorkspaces.next();

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
    void findsAProfileByIdAndByEveryIdentityWithinItsWorkspaceOnly() {
        Profile ada = added(workspace, NOON, CRM, MAIL);
        Profile namesake = added(other, NOON, CRM);

        assertThat(profiles().find(workspace, ada.id())).contains(ada);
        assertThat(profiles().find(workspace, CRM)).contains(ada);
        assertThat(profiles().find(workspace, MAIL)).contains(ada);
        assertThat(profiles().find(other, CRM)).contains(namesake);
        assertThat(profiles().find(other, MAIL)).isEmpty();
        assertThat(profiles().find(other, ada.id())).isEmpty();
        assertThat(profiles().find(workspace, new Identity("crm", "Id 42"))).isEmpty();
    }

    @Test
    void findsManyByIdsAndIdentitiesEachOnce() {
        Profile ada = added(workspace, NOON, CRM, MAIL);
        Profile bob = added(workspace, NOON, new Identity("crmId", "43"));
        Profile eve = added(workspace, NOON, new Identity("crmId", "44"));
        added(workspace, NOON, new Identity("crmId", "45"));
        added(other, NOON, new Identity("crmId", "46"));
        List<ProfileId> ids = List.of(bob.id(), ada.id(), new ProfileId(UUID.randomUUID()));
        List<Identity> identities =
                List.of(CRM, new Identity("crmId", "44"), new Identity("crmId", "46"));

        assertThat(profiles().find(workspace, ids, identities))
                .containsExactlyInAnyOrder(ada, bob, eve);
        assertThat(profiles().find(workspace, List.of(), List.of(CRM))).containsExactly(ada);
        assertThat(profiles().find(workspace, List.of(bob.id()), List.of())).containsExactly(bob);
        assertThat(profiles().find(other, ids, List.of(CRM))).isEmpty();
    }

    @Test
    void knowsWhichAddressesSomebodyElseHas() {
        var address = new EmailAddress("office@b\u00fccher.example");
        var id = new ProfileId(UUID.randomUUID());
        List<String> fields = List.of("mail", "work.email");
        addedWith(other, List.of(address), Map.of());
        addedWith(workspace, List.of(), Map.of("home", address.value(), "mail", 7));
        assertThat(ofOthers(workspace, id, fields, address)).isEmpty();

        Profile listed =
                addedWith(
                        workspace,
                        List.of(new EmailAddress("Office@xn--bcher-kva.example")),
                        Map.of());
        assertThat(ofOthers(workspace, listed.id(), fields, address)).isEmpty();
        assertThat(ofOthers(workspace, id, fields, address)).containsExactly(address);
        assertThat(ofOthers(other, id, fields, address)).containsExactly(address);

        var inAttribute = new EmailAddress("eve@example.com");
        addedWith(workspace, List.of(), Map.of("work", Map.of("email", "Eve@example.com")));
        assertThat(ofOthers(workspace, id, fields, inAttribute, address))
                .containsExactlyInAnyOrder(inAttribute, address);
        assertThat(ofOthers(workspace, id, List.of(), inAttribute, address))
                .containsExactly(address);

        var accented = new EmailAddress("jos\u00e9@example.com");
        addedWith(workspace, List.of(new EmailAddress("JOSE\u0301@example.com")), Map.of());
        assertThat(ofOthers(workspace, id, List.of(), accented)).containsExactly(accented);

        Profile byIdentity = added(workspace, NOON, MAIL);
        var ada = new EmailAddress("ADA@example.com");
        assertThat(ofOthers(workspace, id, List.of(), ada)).containsExactly(ada);
        assertThat(ofOthers(workspace, byIdentity.id(), List.of(), ada)).isEmpty();
        assertThat(ofOthers(workspace, id, fields)).isEmpty();
    }

    @Test
    void countsAnAddressThatSomebodyHadBeforeAsNobodys() {
        var former = new EmailAddress("old@example.com");
        Profile ada = addedWith(workspace, List.of(former), Map.of());
        Profile moved =
                ada.knownAs(ada.identities(), ProfileDetails.NONE, NOON)
                        .remembering(List.of(ada), List.of());
        profiles().update(moved);

        assertThat(profiles().find(workspace, ada.id())).contains(moved);
        assertThat(ofOthers(workspace, new ProfileId(UUID.randomUUID()), List.of(), former))
                .isEmpty();
    }

    private Set<EmailAddress> ofOthers(
            WorkspaceId in, ProfileId id, List<String> fields, EmailAddress... addresses) {
        return profiles().ofOthers(in, id, List.of(addresses), fields);
    }

    private Profile addedWith(
            WorkspaceId in, List<EmailAddress> addresses, Map<String, Object> attributes) {
        return added(
                in,
                NOON,
                new ProfileDetails(new Attributes(attributes), addresses, "", ""),
                new Identity("crmId", UUID.randomUUID().toString()));
    }

    @Test
    void comparesIdentitiesByteByByte() {
        added(workspace, NOON, MAIL);

        assertThat(profiles().find(workspace, new Identity("email", "ADA@example.com"))).isEmpty();
        assertThat(profiles().find(workspace, new Identity("Email", MAIL.value()))).isEmpty();
    }

    @Test
    void remembersMoreIdentitiesInTheirOrder() {
        Profile ada = added(workspace, NOON, MAIL);
        Profile known = ada.knownAs(ada.with(List.of(CRM)), ada.details(), NOON.plusSeconds(1));

        profiles().update(known);

        assertThat(profiles().find(workspace, CRM)).contains(known);
        assertThat(profiles().find(workspace, MAIL)).contains(known);
    }

    @Test
    void keepsWhatIsKnownOfAPersonAndItsTypes() {
        var before =
                new ProfileDetails(
                        new Attributes(
                                Map.of(
                                        "name",
                                        "Ada \"the first\" \u00df",
                                        "orders",
                                        9_007_199_254_740_993L,
                                        "clicks",
                                        new BigInteger("9223372036854775808"),
                                        "atoms",
                                        new BigDecimal("1E+300"),
                                        "vip",
                                        true,
                                        "pets",
                                        List.of(Map.of("name", "Rex"), "cat"))),
                        List.of(
                                new EmailAddress("Ada@Example.com"),
                                new EmailAddress("ada@home.example")),
                        List.of(new PhoneNumber("+436641234567"), new PhoneNumber("+12025550123")),
                        List.of(
                                new PushToken(Platform.IOS, "com.example.shop", "t-\"1\"", true),
                                new PushToken(Platform.WEB, "https://example.com", "t-2", false)),
                        "de-AT",
                        "Europe/Vienna",
                        List.of(
                                new FormerAddress(new EmailAddress("ada@work.example"), NOON),
                                new FormerAddress(
                                        new EmailAddress("ada@school.example"),
                                        NOON.plusMillis(1))));
        Profile ada = added(workspace, NOON, before, CRM);
        assertThat(profiles().find(workspace, CRM)).contains(ada);

        Profile moved =
                ada.knownAs(
                        ada.identities(),
                        new ProfileDetails(
                                new Attributes(Map.of("name", "Ada")), List.of(), "", ""),
                        NOON.plusSeconds(1));
        profiles().update(moved);

        assertThat(profiles().find(workspace, CRM)).contains(moved);
    }

    @Test
    void keepsManyAtOnce() {
        Profile known = added(workspace, NOON, MAIL);
        Profile one = aPerson(workspace, new Identity("crmId", "1"), new Identity("card", "1"));
        Profile another = aPerson(other, new Identity("crmId", "1"));
        Profile nobody = aPerson(workspace, new Identity("crmId", "2"));

        profiles().insert(List.of(one, another, nobody));
        Profile extended = known.knownAs(known.with(List.of(CRM)), known.details(), NOON);
        profiles().update(List.of(extended, one.knownAs(one.identities(), known.details(), NOON)));
        profiles().update(List.of());

        assertThat(profiles().find(workspace, CRM)).contains(extended);
        assertThat(profiles().find(workspace, new Identity("card", "1")))
                .map(Profile::version)
                .contains(2L);
        assertThat(profiles().find(other, new Identity("crmId", "1"))).contains(another);
        assertThat(profiles().find(workspace, new Identity("crmId", "2"))).contains(nobody);
    }

    private static Profile aPerson(WorkspaceId in, Identity... identities) {
        return Profile.created(
                new ProfileId(UUID.randomUUID()),
                in,
                List.of(identities),
                ProfileDetails.NONE,
                NOON);
    }

    @Test
    void locksWhoeverTheIdentitiesPointAt() {
        Profile younger = added(workspace, NOON.plusSeconds(1), CRM);
        Profile older = added(workspace, NOON, MAIL);
        var unknown = new Identity("crmId", "43");

        assertThat(locked(CRM, unknown, MAIL)).containsExactly(older, younger);
        assertThat(locked(CRM)).containsExactly(younger);
        assertThat(locked(unknown)).isEmpty();
    }

    @Test
    void locksNoMoreThanLeavesPlaceForOthers() {
        List<Identity> many =
                IntStream.rangeClosed(0, Profiles.MOST_LOCKED)
                        .mapToObj(number -> new Identity("crmId", "many-" + number))
                        .toList();

        assertThat(locked(many.subList(1, many.size()))).isEmpty();
        assertThatThrownBy(() -> locked(many)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsNewestFirst() {
        Profile older = added(workspace, NOON, CRM);
        Profile newer = added(workspace, NOON.plusSeconds(1), MAIL);
        added(other, NOON, MAIL);

        assertThat(listed("")).containsExactly(newer, older);
        assertThat(listed("create_time <= \"2026-03-01T12:00:00Z\"")).containsExactly(older);
    }

    private List<Profile> locked(Identity... identities) {
        return locked(List.of(identities));
    }

    private List<Profile> locked(List<Identity> identities) {
        return transactions().inTransaction(() -> profiles().lock(workspace, identities));
    }

    private Profile added(WorkspaceId in, Instant createTime, Identity... identities) {
        return added(in, createTime, ProfileDetails.NONE, identities);
    }

    private Profile added(
            WorkspaceId in, Instant createTime, ProfileDetails details, Identity... identities) {
        Profile profile =
                Profile.created(
                        new ProfileId(UUID.randomUUID()),
                        in,
                        List.of(identities),
                        details,
                        createTime);
        profiles().insert(profile);
        return profile;
    }

    private List<Profile> listed(String filter) {
        Page<Profile> page =
                Page.of(
                        new ListRequest(filter, "", 0, ""),
                        Profiles.FIELDS,
                        query -> profiles().list(workspace, query));
        return FoundPages.entries(page);
    }
}
