package io.campanile.application.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
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
        assertThat(states(ofCustomer, NEWS)).containsExactly(ConsentState.DENIED);
        assertThat(world.profiles.find(WorkspaceId.DEFAULT, CUSTOMER)).isEmpty();

        record(new Person.ByLink(CUSTOMER), ConsentState.GRANTED);
        assertThat(states(ofCustomer, NEWS)).containsExactly(ConsentState.GRANTED);
        assertThat(world.profiles.find(WorkspaceId.DEFAULT, CUSTOMER)).isPresent();
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

        assertThat(everythingSaidBy(ofAddress)).hasSize(2);
    }

    private List<ConsentRecord> everythingSaidBy(EmailAddress name) {
        return world.manage
                                .list(WorkspaceId.DEFAULT, new Person.ByAddress(name), EVERYTHING)
                                .orElseThrow()
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
        return world.manage
                .record(WorkspaceId.DEFAULT, person, new Said(NEWS, state, "form", ""), CALL)
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
