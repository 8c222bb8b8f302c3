package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.Recording;
import io.campanile.application.message.port.MessageEvent;
import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.message.port.MessageSlice;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.message.Tries;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.OwnWorkspaces;
import io.campanile.testkit.trigger.Triggers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What every [io.campanile.application.message.port.Messages] must do.
public abstract class MessagesContract extends StoreScene {
    private static final String FIRST = "-1000000000-01-01T00:00:00Z";
    private static final String LAST = "+1000000000-12-31T23:59:59.999999999Z";
    private static final ProviderReply BUSY = new ProviderReply(450, "4.2.1");
    private static final ProviderReply TAKEN = new ProviderReply(250, "");

    @Test
    void showsWhatWasStored() {
        NewExecution execution = stored(trigger().metadata(Map.of("order", "17")));
        MessageId id = ids(execution).getFirst();

        assertThat(store().messages().find(WorkspaceId.DEFAULT, id))
                .contains(
                        new MessageView(
                                id,
                                execution.id(),
                                campaignName,
                                1,
                                execution.messages().getFirst().identity(),
                                execution.messages().getFirst().address(),
                                Kind.ACCEPTED,
                                null,
                                0,
                                ProviderReply.NONE,
                                now,
                                now,
                                execution.expireTime(),
                                now,
                                Map.of("order", "17")));
    }

    @Test
    void hidesMessagesOfOtherWorkspaces() {
        NewExecution execution = stored(trigger());

        assertThat(store().messages().find(new WorkspaceId("other"), ids(execution).getFirst()))
                .isEmpty();
        assertThat(store().messages().find(WorkspaceId.DEFAULT, new MessageId(Triggers.id(now))))
                .isEmpty();
    }

    @Test
    void listsNothingOfOtherWorkspaces() {
        stored(trigger());
        var all =
                new MessageQuery(
                        OwnWorkspaces.next(),
                        null,
                        null,
                        null,
                        Set.of(),
                        Set.of(),
                        null,
                        null,
                        null,
                        10);

        assertThat(list(all)).isEmpty();
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        List<MessageId> ids = ids(stored(trigger().recipients(3)));

        assertThat(list(query(null, null, Set.of(), Set.of(), null, 2)))
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(list(query(null, null, Set.of(), Set.of(), ids.get(1), 2)))
                .containsExactly(ids.get(0));
    }

    @Test
    void tellsWhereToGoOn() {
        List<MessageId> ids = ids(stored(trigger().recipients(3)));

        assertThat(slice(null, 2).next()).isEqualTo(ids.get(1));
        assertThat(slice(ids.get(1), 2).next()).isNull();
    }

    private MessageSlice slice(@Nullable MessageId after, int limit) {
        return store().messages().list(query(null, null, Set.of(), Set.of(), after, limit));
    }

    @Test
    void findsWhatNamesAPersonByIdentityOrAddressAndNobodyElse() {
        String name = "p" + Triggers.id(now);
        var address = new EmailAddress(name + "@example.com");
        var crm = new Identity("crmId", name);
        var other = new Identity("crmId", name + "-other");
        store().addPerson(List.of(other), "name", "Eve");
        MessageId byIdentity =
                ids(stored(trigger().of(crm, new EmailAddress("else@example.com")))).getFirst();
        MessageId byAddress =
                ids(stored(trigger().identity("P" + name.substring(1) + "@Example.com")))
                        .getFirst();
        stored(trigger().of(other, address));
        stored(trigger());
        var person =
                new PersonNames(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        Set.of(crm),
                        Set.of(address),
                        Set.of());

        assertThat(ofPerson(person, null, 10).messages())
                .extracting(MessageView::id)
                .containsExactly(byAddress, byIdentity);
        assertThat(ofPerson(person, null, 1).next()).isEqualTo(byAddress);
        assertThat(ofPerson(person, byAddress, 10).messages())
                .extracting(MessageView::id)
                .containsExactly(byIdentity);
        assertThat(ofPerson(elsewhere(person), null, 10).messages()).isEmpty();
    }

    /// The same person, as another workspace knows them.
    private static PersonNames elsewhere(PersonNames person) {
        return new PersonNames(
                person.profile(),
                OwnWorkspaces.next(),
                person.identities(),
                person.addresses(),
                Set.of());
    }

    private MessageSlice ofPerson(PersonNames person, @Nullable MessageId after, int limit) {
        return store().messages().ofPerson(person, after, limit);
    }

    @Test
    void filtersByExecutionAndIdentity() {
        List<MessageId> first = ids(stored(trigger().identity("Ada@Example.com")));
        NewExecution second = stored(trigger().identity("bob@example.com"));

        assertThat(list(query(second.id(), null, Set.of(), Set.of(), null, 10)))
                .isEqualTo(ids(second));
        assertThat(
                        list(
                                query(
                                        null,
                                        new Identity(Identity.EMAIL, "aDa@example.com"),
                                        Set.of(),
                                        Set.of(),
                                        null,
                                        10)))
                .isEqualTo(first);
    }

    @Test
    void comparesKeysThatAreNoAddressesExactly() {
        List<MessageId> customer = ids(stored(trigger().identity("Customer-7")));
        stored(trigger().identity("customer-7"));

        assertThat(
                        list(
                                query(
                                        null,
                                        new Identity(Identity.EMAIL, "Customer-7"),
                                        Set.of(),
                                        Set.of(),
                                        null,
                                        10)))
                .isEqualTo(customer);
    }

    @Test
    void filtersByStateAndReason() {
        stored(trigger().recipients(2));
        List<Claim> claims = marked();
        MessageState failed = new MessageState.Failed(Reason.ADDRESS_REFUSED, now);
        store().queue().record(List.of(recording(claims.getFirst(), failed)));
        MessageId refused = claims.getFirst().message();

        assertThat(list(query(null, null, Set.of(Kind.FAILED), Set.of(), null, 10)))
                .containsExactly(refused);
        assertThat(list(query(null, null, Set.of(), Set.of(Reason.ADDRESS_REFUSED), null, 10)))
                .containsExactly(refused);
        assertThat(list(query(null, null, Set.of(Kind.SENT), Set.of(), null, 10))).isEmpty();
    }

    @Test
    void filtersByCreateTime() {
        List<MessageId> ids = ids(stored(trigger()));

        assertThat(between(now, now.plusMillis(1))).isEqualTo(ids);
        assertThat(between(now.plusMillis(1), null)).isEmpty();
        assertThat(between(null, now)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, "0001-01-01T00:00:00Z", "1960-01-01T00:00:00Z"})
    void findsEverythingAfterATimeLongAgoAndNothingBefore(Instant longAgo) {
        List<MessageId> ids = ids(stored(trigger()));

        assertThat(between(longAgo, null)).isEqualTo(ids);
        assertThat(between(null, longAgo)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LAST, "+12000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"})
    void findsEverythingBeforeATimeFarAheadAndNothingAfter(Instant farAhead) {
        List<MessageId> ids = ids(stored(trigger()));

        assertThat(between(null, farAhead)).isEqualTo(ids);
        assertThat(between(farAhead, null)).isEmpty();
    }

    @Test
    void tellsTheStoryOfAMessage() {
        MessageId id = ids(stored(trigger())).getFirst();
        Instant dueTime = now.plusSeconds(9);
        MessageState deferred = new MessageState.Deferred(dueTime, Reason.PROVIDER_BUSY);
        store().queue().record(List.of(new Recording(marked().getFirst(), deferred, BUSY, now)));
        assertThat(dueTime(id)).isEqualTo(dueTime);
        List<Claim> second = claims(claim(node, dueTime));
        assertThat(dueTime(id)).as("while a node holds it").isNull();
        store().queue().mark(node, terms(dueTime), markings(second), dueTime);
        assertThat(store().messages().events(id).getLast())
                .isEqualTo(new MessageEvent(2, Kind.SENDING, null, 2, ProviderReply.NONE, dueTime));
        MessageState sent = new MessageState.Sent(dueTime);
        store().queue().record(List.of(new Recording(second.getFirst(), sent, TAKEN, dueTime)));

        assertThat(store().messages().events(id))
                .containsExactly(
                        new MessageEvent(0, Kind.ACCEPTED, null, 0, ProviderReply.NONE, now),
                        new MessageEvent(1, Kind.DEFERRED, Reason.PROVIDER_BUSY, 1, BUSY, now),
                        new MessageEvent(2, Kind.SENT, null, 2, TAKEN, dueTime));
    }

    private @Nullable Instant dueTime(MessageId id) {
        return store().messages().find(WorkspaceId.DEFAULT, id).orElseThrow().dueTime();
    }

    @Test
    void countsNoAttemptThatReachedNoProvider() {
        MessageId id = ids(stored(trigger())).getFirst();
        MessageState deferred = new MessageState.Deferred(now, Reason.PROVIDER_BUSY);
        store().queue()
                .record(
                        List.of(
                                new Recording(
                                        marked().getFirst(),
                                        deferred,
                                        ProviderReply.NONE,
                                        now,
                                        null,
                                        true)));

        assertThat(claim(node, now)).extracting(ClaimedMessage::tries).containsExactly(Tries.NONE);
        assertThat(store().messages().events(id).getLast().attempts()).isZero();
    }

    @Test
    void tellsNothingOfAnUnknownMessage() {
        assertThat(store().messages().events(new MessageId(Triggers.id(now)))).isEmpty();
    }

    private List<MessageId> list(MessageQuery query) {
        return store().messages().list(query).messages().stream().map(MessageView::id).toList();
    }

    private List<MessageId> between(@Nullable Instant from, @Nullable Instant to) {
        return list(
                new MessageQuery(
                        WorkspaceId.DEFAULT,
                        campaignName,
                        null,
                        null,
                        Set.of(),
                        Set.of(),
                        from,
                        to,
                        null,
                        10));
    }

    private MessageQuery query(
            @Nullable ExecutionId execution,
            @Nullable Identity identity,
            Set<Kind> states,
            Set<Reason> reasons,
            @Nullable MessageId after,
            int limit) {
        return new MessageQuery(
                WorkspaceId.DEFAULT,
                campaignName,
                execution,
                identity,
                states,
                reasons,
                null,
                null,
                after,
                limit);
    }
}
