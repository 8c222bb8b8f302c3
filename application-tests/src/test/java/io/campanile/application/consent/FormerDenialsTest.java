package io.campanile.application.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.profile.ProfileResult;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Whoever was erased and comes back may agree again.
class FormerDenialsTest {
    private static final EmailAddress ADA = new EmailAddress("Ada@Example.com");
    private static final Identity CUSTOMER = new Identity("crmId", "42");
    private static final ConsentLevel NEWS =
            new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news");
    private static final ConsentLevel OFFERS =
            new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "offers");
    private static final ListRequest EVERYTHING = new ListRequest("", "", 10, "");
    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);

    private final ConsentWorld world = new ConsentWorld();
    private final EmailAddress ofAddress = world.pseudonyms.of(WorkspaceId.DEFAULT, ADA);
    private final EmailAddress ofIdentity =
            world.pseudonyms.of(WorkspaceId.DEFAULT, Identity.of(ADA));
    private final EmailAddress ofCustomer = world.pseudonyms.of(WorkspaceId.DEFAULT, CUSTOMER);

    @Test
    void areLiftedByAYesForTheAddress() {
        denied(ofAddress, NEWS, OFFERS);
        denied(ofIdentity, NEWS);

        record(new Person.ByAddress(ADA), ConsentState.GRANTED);

        assertThat(states(ofAddress, NEWS)).containsExactly(ConsentState.GRANTED);
        assertThat(states(ofIdentity, NEWS)).containsExactly(ConsentState.GRANTED);
        assertThat(states(ofAddress, OFFERS)).containsExactly(ConsentState.DENIED);
    }

    @Test
    void ofAnIdentityAreLiftedByThePersonAndThoseOfAnAddressAreNot() {
        denied(ofCustomer, NEWS);
        denied(ofAddress, NEWS);

        record(new Person.ByIdentity(CUSTOMER), ConsentState.GRANTED);

        assertThat(states(ofCustomer, NEWS)).containsExactly(ConsentState.GRANTED);
        assertThat(states(ofAddress, NEWS)).containsExactly(ConsentState.DENIED);
    }

    @Test
    void ofAnAddressAreNotLiftedByWhoeverIsKnownByIt() {
        denied(ofIdentity, NEWS);
        denied(ofAddress, NEWS);

        record(new Person.ByIdentity(Identity.of(ADA)), ConsentState.GRANTED);

        assertThat(states(ofIdentity, NEWS)).containsExactly(ConsentState.GRANTED);
        assertThat(states(ofAddress, NEWS)).containsExactly(ConsentState.DENIED);
    }

    @Test
    void areNotLiftedByAQuestionButByTheAnswer() {
        denied(ofAddress, NEWS);

        ConsentRecord asked = record(new Person.ByAddress(ADA), ConsentState.PENDING);
        assertThat(states(ofAddress, NEWS)).containsExactly(ConsentState.DENIED);

        world.confirmations.confirm(
                WorkspaceId.DEFAULT, world.confirmations.token(asked), "", CALL);
        assertThat(states(ofAddress, NEWS)).containsExactly(ConsentState.GRANTED);
    }

    @Test
    void areTakenFromOldLinksWithoutMakingAnybodyKnown() {
        ConsentRecord refused =
                world.manage
                        .record(
                                WorkspaceId.DEFAULT,
                                new Person.ByLink(CUSTOMER),
                                new Said(NEWS, ConsentState.DENIED, "link", "Ada's click"),
                                CALL)
                        .orElseThrow();

        assertThat(refused.subject()).isEqualTo(new ConsentSubject.OfAddress(ofCustomer));
        assertThat(refused.proof()).isEmpty();
        assertThat(refused.source()).isEqualTo("unsubscribe link");
        assertThat(states(ofCustomer, NEWS)).containsExactly(ConsentState.DENIED);
        assertThat(world.profiles.find(WorkspaceId.DEFAULT, CUSTOMER)).isEmpty();

        record(new Person.ByLink(CUSTOMER), ConsentState.GRANTED);
        assertThat(states(ofCustomer, NEWS)).containsExactly(ConsentState.GRANTED);
        assertThat(world.profiles.find(WorkspaceId.DEFAULT, CUSTOMER)).isPresent();
    }

    @Test
    void followWhoeverTheStrangerTurnsOutToBe() {
        Identity email = Identity.of(ADA);
        record(new Person.ByLink(email), ConsentState.DENIED);
        record(new Person.ByLink(email), ConsentState.DENIED);

        upsert(CUSTOMER, email);

        assertThat(current(CUSTOMER)).containsExactly(ConsentState.DENIED);
        record(new Person.ByIdentity(CUSTOMER), ConsentState.GRANTED);
        assertThat(current(CUSTOMER)).containsExactly(ConsentState.GRANTED);
        assertThat(states(ofIdentity, NEWS)).containsExactly(ConsentState.GRANTED);
        assertThat(states(ofAddress, NEWS)).containsExactly(ConsentState.GRANTED);
    }

    @Test
    void followSomebodyKnownWhateverTheyAgreedToBefore() {
        record(new Person.ByIdentity(CUSTOMER), ConsentState.GRANTED);
        record(new Person.ByLink(Identity.of(ADA)), ConsentState.DENIED);
        assertThat(current(CUSTOMER)).containsExactly(ConsentState.GRANTED);

        upsert(CUSTOMER, Identity.of(ADA));
        upsert(CUSTOMER, Identity.of(ADA));

        assertThat(current(CUSTOMER)).containsExactly(ConsentState.DENIED);
        assertThat(everythingSaidBy(new Person.ByIdentity(CUSTOMER))).hasSize(2);
    }

    @Test
    void thatWereLiftedFollowNobody() {
        record(new Person.ByLink(Identity.of(ADA)), ConsentState.DENIED);
        record(new Person.ByAddress(ADA), ConsentState.GRANTED);

        upsert(CUSTOMER, Identity.of(ADA));

        assertThat(current(CUSTOMER)).isEmpty();
    }

    @Test
    void ofALinkAreKeptForTheAddressTooUnlessOthersThereNeedTheMail() {
        var service = new ConsentLevel(Channel.EMAIL, Purpose.SERVICE, "");
        record(new Person.ByLink(Identity.of(ADA)), ConsentState.DENIED);
        record(new Person.ByLink(Identity.of(ADA)), service, ConsentState.DENIED);

        assertThat(states(ofAddress, NEWS)).containsExactly(ConsentState.DENIED);
        assertThat(states(ofAddress, service)).isEmpty();
        assertThat(states(ofIdentity, service)).containsExactly(ConsentState.DENIED);
    }

    @Test
    void ofALinkDoNotHideWhatWasRefusedForTheAddressBefore() {
        denied(ofAddress, NEWS);
        record(new Person.ByLink(Identity.of(ADA)), ConsentState.DENIED);

        record(new Person.ByIdentity(Identity.of(ADA)), ConsentState.GRANTED);

        assertThat(states(ofIdentity, NEWS)).containsExactly(ConsentState.GRANTED);
        assertThat(states(ofAddress, NEWS)).containsExactly(ConsentState.DENIED);
    }

    @Test
    void areShownWhereWhatCountsIsAskedFor() {
        denied(ofAddress, NEWS);
        denied(ofCustomer, OFFERS);
        assertThat(levels(new Person.ByAddress(ADA))).containsExactly(NEWS);
        assertThat(levels(new Person.ByIdentity(CUSTOMER))).containsExactly(OFFERS);
        assertThat(levels(new Person.ByLink(CUSTOMER))).containsExactly(OFFERS);
        assertThat(
                        world.manage.current(
                                WorkspaceId.DEFAULT, new Person.ByIdentity(Identity.of(ADA))))
                .isEmpty();

        upsert(CUSTOMER);

        var person =
                new Person.ByProfile(
                        world.profiles.find(WorkspaceId.DEFAULT, CUSTOMER).orElseThrow().id());
        assertThat(levels(person)).containsExactly(OFFERS, OFFERS);
    }

    @Test
    void areNotShownAsAYesOfSomebodyElseWhenTheyAreLifted() {
        denied(ofIdentity, NEWS);
        record(new Person.ByIdentity(Identity.of(ADA)), ConsentState.GRANTED);

        assertThat(levels(new Person.ByAddress(ADA))).isEmpty();
    }

    private List<ConsentLevel> levels(Person person) {
        return world.manage.current(WorkspaceId.DEFAULT, person).orElseThrow().stream()
                .map(ConsentRecord::level)
                .toList();
    }

    private void upsert(Identity... identities) {
        assertThat(
                        world.people.upsert(
                                WorkspaceId.DEFAULT,
                                List.of(identities),
                                DetailsChange.NOTHING,
                                CALL))
                .isInstanceOf(ProfileResult.Known.class);
    }

    /// Of what the person said, without what is kept for the identity.
    private List<ConsentState> current(Identity identity) {
        var person =
                new ConsentSubject.OfProfile(
                        world.profiles.find(WorkspaceId.DEFAULT, identity).orElseThrow().id());
        return world.consents.current(WorkspaceId.DEFAULT, person).stream()
                .map(ConsentRecord::state)
                .toList();
    }

    @Test
    void ofALinkAreThePersonsWhileTheyAreKnown() {
        record(new Person.ByIdentity(CUSTOMER), ConsentState.GRANTED);

        assertThat(record(new Person.ByLink(CUSTOMER), ConsentState.DENIED).subject())
                .isInstanceOf(ConsentSubject.OfProfile.class);
        assertThat(states(ofCustomer, NEWS)).isEmpty();
    }

    @Test
    void areLiftedOnce() {
        denied(ofAddress, NEWS);

        record(new Person.ByAddress(ADA), ConsentState.GRANTED);
        record(new Person.ByAddress(ADA), ConsentState.GRANTED);

        assertThat(everythingSaidBy(new Person.ByAddress(ofAddress))).hasSize(2);
    }

    private List<ConsentRecord> everythingSaidBy(Person person) {
        return world.manage.list(WorkspaceId.DEFAULT, person, EVERYTHING).orElseThrow()
                        instanceof Page.Found<ConsentRecord> found
                ? found.entries()
                : List.of();
    }

    @Test
    void leaveNoNameBehindOfWhoeverRefusedNothing() {
        record(new Person.ByAddress(ADA), ConsentState.GRANTED);

        assertThat(states(ofAddress, NEWS)).isEmpty();
    }

    private void denied(EmailAddress name, ConsentLevel... levels) {
        for (ConsentLevel level : levels) {
            world.manage.record(
                    WorkspaceId.DEFAULT,
                    new Person.ByAddress(name),
                    new Said(level, ConsentState.DENIED, "", ""),
                    CALL);
        }
    }

    private ConsentRecord record(Person person, ConsentState state) {
        return record(person, NEWS, state);
    }

    private ConsentRecord record(Person person, ConsentLevel level, ConsentState state) {
        return world.manage
                .record(WorkspaceId.DEFAULT, person, new Said(level, state, "form", ""), CALL)
                .orElseThrow();
    }

    private List<ConsentState> states(EmailAddress name, ConsentLevel level) {
        return world
                .consents
                .current(WorkspaceId.DEFAULT, new ConsentSubject.OfAddress(name))
                .stream()
                .filter(record -> record.level().equals(level))
                .map(ConsentRecord::state)
                .toList();
    }
}
