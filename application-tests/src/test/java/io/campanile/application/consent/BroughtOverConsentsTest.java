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
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What was said elsewhere, long ago, takes the place it has by its time.
class BroughtOverConsentsTest {
    private static final WorkspaceId OWN = WorkspaceId.DEFAULT;
    private static final Identity CUSTOMER = new Identity("crmId", "42");
    private static final Person ADA = new Person.ByIdentity(CUSTOMER);
    private static final EmailAddress ADDRESS = new EmailAddress("ada@example.com");
    private static final Instant LONG_AGO = Instant.parse("2021-05-04T10:11:12.131415Z");
    private static final ConsentLevel NEWS =
            new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news");
    private static final ChangeCall CALL = ChangeCall.by(Actor.SYSTEM);
    private static final ListRequest EVERYTHING = new ListRequest("", "", 100, "");

    private final ConsentWorld world = new ConsentWorld();

    @Test
    void anOlderYesLiftsNoNewerNo() {
        ConsentRecord denied = now(ADA, ConsentState.DENIED);
        ConsentRecord granted = then(ADA, ConsentState.GRANTED, LONG_AGO);

        assertThat(current(ADA)).containsExactly(denied);
        assertThat(history(ADA)).containsExactly(denied, granted);
        assertThat(granted.time()).isEqualTo(LONG_AGO);
        assertThat(granted.recordTime()).isEqualTo(world.clock.instant());
    }

    @Test
    void ofTwoAtOneTimeTheDenialCountsWhicheverComesFirst() {
        then(ADA, ConsentState.GRANTED, LONG_AGO);
        ConsentRecord denied = then(ADA, ConsentState.DENIED, LONG_AGO);
        assertThat(current(ADA)).containsExactly(denied);

        then(ADA, ConsentState.GRANTED, LONG_AGO);
        assertThat(current(ADA)).containsExactly(denied);
        assertThat(history(ADA)).hasSize(2);
    }

    @Test
    void saidAgainItChangesNothing() {
        ConsentRecord granted = then(ADA, ConsentState.GRANTED, LONG_AGO);
        ConsentRecord denied = now(ADA, ConsentState.DENIED);

        assertThat(then(ADA, ConsentState.GRANTED, LONG_AGO)).isEqualTo(granted);

        assertThat(history(ADA)).containsExactly(denied, granted);
    }

    @Test
    void anotherProofOfTheSameIsKept() {
        then(ADA, ConsentState.GRANTED, LONG_AGO);
        var proven = new Said(NEWS, ConsentState.GRANTED, "form", "order 17", LONG_AGO);

        world.manage.record(OWN, ADA, proven, CALL);

        assertThat(history(ADA)).hasSize(2);
    }

    @Test
    void nothingIsSaidLaterThanNow() {
        Instant soon = world.clock.instant().plusSeconds(5);
        ConsentRecord granted = then(ADA, ConsentState.GRANTED, soon);
        assertThat(granted.time()).isEqualTo(world.clock.instant());

        ConsentRecord denied = now(ADA, ConsentState.DENIED);

        assertThat(current(ADA)).containsExactly(denied);
    }

    @Test
    void aFormerDenialIsLiftedByWhatWasSaidSinceOnly() {
        EmailAddress name = world.pseudonyms.of(OWN, CUSTOMER);
        var former = new Person.ByAddress(name);
        then(former, ConsentState.DENIED, LONG_AGO);

        then(ADA, ConsentState.GRANTED, LONG_AGO.minusSeconds(1));
        then(ADA, ConsentState.GRANTED, LONG_AGO);
        assertThat(states(former)).containsExactly(ConsentState.DENIED);

        then(ADA, ConsentState.GRANTED, LONG_AGO.plusSeconds(1));
        assertThat(states(former)).containsExactly(ConsentState.GRANTED);
    }

    @Test
    void aQuestionIsOvertakenByARefusalSinceOnly() {
        ConsentRecord asked = then(ADA, ConsentState.PENDING, LONG_AGO);
        then(ADA, ConsentState.DENIED, LONG_AGO.minusSeconds(1));
        String token = world.confirmations.token(asked);
        assertThat(confirmed(token, true)).isInstanceOf(ConfirmationResult.Granted.class);

        then(ADA, ConsentState.DENIED, LONG_AGO);

        assertThat(confirmed(token, false)).isInstanceOf(ConfirmationResult.Overtaken.class);
    }

    private ConfirmationResult confirmed(String token, boolean validateOnly) {
        return world.confirmations.confirm(
                OWN, token, "", new ChangeCall(Actor.SYSTEM, null, null, validateOnly));
    }

    @Test
    void aRefusalByALinkStandsAtItsTimeAsWell() {
        var link = new Person.ByLink(CUSTOMER);
        ConsentRecord refused = then(link, ConsentState.DENIED, LONG_AGO);

        assertThat(then(link, ConsentState.DENIED, LONG_AGO)).isEqualTo(refused);
        assertThat(refused.subject())
                .isEqualTo(new ConsentSubject.OfAddress(world.pseudonyms.of(OWN, CUSTOMER)));
    }

    /// As where two people are merged.
    @ParameterizedTest
    @EnumSource(names = {"GRANTED", "PENDING"})
    void anOlderRefusalFollowsWhomItsIdentityTurnsOutToBe(ConsentState said) {
        then(ADA, said, LONG_AGO.plusSeconds(1));
        then(new Person.ByLink(Identity.of(ADDRESS)), ConsentState.DENIED, LONG_AGO);

        assertThat(
                        world.people.upsert(
                                OWN,
                                List.of(CUSTOMER, Identity.of(ADDRESS)),
                                DetailsChange.NOTHING,
                                CALL))
                .isInstanceOf(ProfileResult.Known.class);

        assertThat(states(ADA)).containsExactly(ConsentState.DENIED);
    }

    @Test
    void aSecondRefusalByALinkIsKeptForTheAddressToo() {
        var link = new Person.ByLink(Identity.of(ADDRESS));
        then(link, ConsentState.DENIED, LONG_AGO);
        then(link, ConsentState.DENIED, LONG_AGO.plusSeconds(2));

        then(new Person.ByAddress(ADDRESS), ConsentState.GRANTED, LONG_AGO.plusSeconds(1));

        assertThat(states(new Person.ByAddress(world.pseudonyms.of(OWN, ADDRESS))))
                .containsExactly(ConsentState.DENIED);
    }

    @Test
    void manyAreRecordedInTheOrderOfTheirTimes() {
        var address = new Person.ByAddress(ADDRESS);
        List<ConsentRecord> records =
                recorded(
                        statement(ADA, ConsentState.DENIED, LONG_AGO.plusSeconds(9)),
                        statement(ADA, ConsentState.GRANTED, LONG_AGO),
                        statement(address, ConsentState.DENIED, LONG_AGO),
                        statement(ADA, ConsentState.GRANTED, LONG_AGO));

        assertThat(records.get(3)).isEqualTo(records.get(1));
        assertThat(current(ADA)).containsExactly(records.get(0));
        assertThat(current(address)).containsExactly(records.get(2));
        assertThat(history(ADA)).containsExactly(records.get(0), records.get(1));
    }

    @Test
    void manyAreRecordedOnceHoweverOftenTheyAreSaid() {
        Statement[] statements = {
            statement(ADA, ConsentState.GRANTED, LONG_AGO),
            statement(new Person.ByAddress(ADDRESS), ConsentState.DENIED, LONG_AGO)
        };
        List<ConsentRecord> records = recorded(statements);
        world.clock.advance(Duration.ofDays(1));

        assertThat(recorded(statements)).isEqualTo(records);
        assertThat(history(ADA)).hasSize(1);
    }

    @Test
    void manyMakeThemKnownWhomNobodyKnew() {
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            var person = new Person.ByIdentity(new Identity("crmId", "c" + i / 2));
            statements.add(statement(person, ConsentState.GRANTED, LONG_AGO.plusSeconds(i)));
        }

        recorded(statements.toArray(Statement[]::new));

        assertThat(world.profiles.of(OWN)).hasSize(25);
        assertThat(history(new Person.ByIdentity(new Identity("crmId", "c7")))).hasSize(2);
    }

    @Test
    void oneProfileThatDoesNotExistKeepsAllFromBeingRecorded() {
        var nobody = new Person.ByProfile(new ProfileId(UUID.randomUUID()));
        StatementsResult result =
                world.manage.recordAll(
                        OWN,
                        List.of(
                                statement(ADA, ConsentState.GRANTED, LONG_AGO),
                                statement(nobody, ConsentState.GRANTED, LONG_AGO)),
                        CALL);

        assertThat(result).isEqualTo(new StatementsResult.NotFound(List.of(1)));
        assertThat(world.profiles.of(OWN)).isEmpty();
    }

    @Test
    void manyCanBeTried() {
        var tried =
                world.manage.recordAll(
                        OWN,
                        List.of(statement(ADA, ConsentState.GRANTED, LONG_AGO)),
                        new ChangeCall(Actor.SYSTEM, null, null, true));

        assertThat(tried).isInstanceOf(StatementsResult.Recorded.class);
        assertThat(world.profiles.of(OWN)).isEmpty();
    }

    @Test
    void manyLiftWhatTheyRefusedBeforeTheyWereErased() {
        var former = new Person.ByAddress(world.pseudonyms.of(OWN, CUSTOMER));
        var ofAddress = new Person.ByAddress(world.pseudonyms.of(OWN, ADDRESS));
        then(former, ConsentState.DENIED, LONG_AGO);
        then(ofAddress, ConsentState.DENIED, LONG_AGO);

        recorded(
                statement(ADA, ConsentState.GRANTED, LONG_AGO.plusSeconds(1)),
                statement(new Person.ByAddress(ADDRESS), ConsentState.GRANTED, LONG_AGO));

        assertThat(states(former)).containsExactly(ConsentState.GRANTED);
        assertThat(states(ofAddress)).containsExactly(ConsentState.DENIED);
    }

    private static Statement statement(Person person, ConsentState state, Instant time) {
        return new Statement(person, new Said(NEWS, state, "form", "", time));
    }

    private List<ConsentRecord> recorded(Statement... statements) {
        StatementsResult result = world.manage.recordAll(OWN, List.of(statements), CALL);
        assertThat(result).isInstanceOf(StatementsResult.Recorded.class);
        return result instanceof StatementsResult.Recorded(var records) ? records : List.of();
    }

    private ConsentRecord now(Person person, ConsentState state) {
        return world.manage
                .record(OWN, person, new Said(NEWS, state, "form", ""), CALL)
                .orElseThrow();
    }

    private ConsentRecord then(Person person, ConsentState state, Instant time) {
        return world.manage
                .record(OWN, person, new Said(NEWS, state, "form", "", time), CALL)
                .orElseThrow();
    }

    private List<ConsentRecord> current(Person person) {
        return world.manage.current(OWN, person).orElseThrow();
    }

    private List<ConsentState> states(Person person) {
        return current(person).stream().map(ConsentRecord::state).toList();
    }

    private List<ConsentRecord> history(Person person) {
        return world.manage.list(OWN, person, EVERYTHING).orElseThrow()
                        instanceof Page.Found<ConsentRecord> found
                ? found.entries()
                : List.of();
    }
}
