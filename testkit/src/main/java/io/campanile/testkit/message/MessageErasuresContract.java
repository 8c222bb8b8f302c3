package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.eligibility.GeneratedFacts;
import io.campanile.testkit.store.OwnWorkspaces;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/// What every [io.campanile.application.erasure.port.MessageErasures] must do.
public abstract class MessageErasuresContract extends StoreScene {
    private final Instant erased = now.plusSeconds(30);
    private final Instant later = erased.plusSeconds(600);
    private final List<Erasure> done = new ArrayList<>();

    /// Whoever gets this message, at once with one address more.
    private Erasure of(NewExecution execution) {
        Identity identity = execution.messages().getFirst().identity();
        EmailAddress address = execution.messages().getFirst().address();
        return new Erasure(
                new PersonNames(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        Set.of(identity),
                        address == null ? Set.of() : Set.of(new EmailAddress(address.comparable())),
                        Set.of()),
                erased);
    }

    private Triggers someone() {
        return trigger().identity("p" + Triggers.id(now) + "@Example.com");
    }

    private int goOn(Instant time) {
        return store().erasures().goOn(time, done::add);
    }

    private MessageView view(MessageId message) {
        return store().messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    @Test
    void cancelsWhatIsOpenOfThePersonAndOfNobodyElse() {
        List<MessageId> two = ids(stored(someone().recipients(2)));
        NewExecution execution = stored(someone());

        int cancelled = store().erasures().begin(of(execution));

        assertThat(cancelled).isEqualTo(1);
        MessageView view = view(ids(execution).getFirst());
        assertThat(view.state()).isEqualTo(Kind.CANCELLED);
        assertThat(view.reason()).isEqualTo(Reason.PROFILE_ERASED);
        assertThat(two).allMatch(other -> view(other).state() == Kind.ACCEPTED);
    }

    @Test
    void leavesTheSamePersonOfAnotherWorkspaceAlone() {
        NewExecution open = stored(someone());
        Erasure here = of(open);
        WorkspaceId other = OwnWorkspaces.next();
        store().addWorkspace(other);
        var there =
                new Erasure(
                        new PersonNames(
                                here.names().profile(),
                                other,
                                here.names().identities(),
                                here.names().addresses(),
                                Set.of()),
                        here.time());

        assertThat(store().erasures().begin(there)).isZero();
        assertThat(goOn(later)).isZero();

        MessageView view = view(ids(open).getFirst());
        assertThat(view.state()).isEqualTo(Kind.ACCEPTED);
        assertThat(view.identity()).isEqualTo(open.messages().getFirst().identity());
    }

    @Test
    void takesThePersonOutOfSettledMessages() {
        NewExecution execution = stored(someone().sensitive(new SealedSecret("k", new byte[] {1})));
        Claim claim = claims(claim(node, now)).getFirst();
        var facts = new GeneratedFacts(new SplittableRandom(7), now);
        var decision = new DecisionRecord(facts.next(), null, now);
        store().queue().mark(node, terms(), List.of(new Marking(claim, decision)), now);
        store().queue().record(List.of(recording(claim, new MessageState.Sent(now))));

        store().erasures().begin(of(execution));
        assertThat(goOn(later)).isZero();

        MessageView view = view(claim.message());
        assertThat(view.state()).isEqualTo(Kind.SENT);
        assertThat(view.identity()).isEqualTo(Identity.ERASED);
        assertThat(view.address()).isNull();
        assertThat(store().messages().decision(WorkspaceId.DEFAULT, claim.message())).isEmpty();
    }

    /// Its clock is ahead of the others.
    @Test
    void findsWhatANodeAcceptedThatIsMinutesAhead() {
        String address = "p" + Triggers.id(now) + "@example.com";
        Instant ahead = now.plus(Duration.ofMinutes(4));
        NewExecution settled = stored(trigger(campaign, ahead).identity(address));
        Claim claim = claims(claim(node, ahead)).getFirst();
        mark(node, List.of(claim));
        store().queue().record(List.of(recording(claim, new MessageState.Sent(now))));
        MessageId open = ids(stored(trigger(campaign, ahead).identity(address))).getFirst();

        assertThat(store().erasures().begin(of(settled))).isEqualTo(1);
        assertThat(goOn(later)).isZero();

        assertThat(view(open).state()).isEqualTo(Kind.CANCELLED);
        assertThat(view(open).identity()).isEqualTo(Identity.ERASED);
        assertThat(view(claim.message()).identity()).isEqualTo(Identity.ERASED);
    }

    @Test
    void takesTheLabelsOfCallsThatWereAboutNobodyElse() {
        Map<String, String> labels = Map.of("customer", "ada@example.com");
        NewExecution own = stored(someone().recipients(2).metadata(labels));
        NewExecution shared = together(someone().metadata(labels).build(), someone().build());
        assertThat(store(shared)).isEqualTo(new IntakeResult.Stored());

        store().erasures().begin(of(own));
        store().erasures().begin(of(shared));
        assertThat(goOn(later)).isZero();

        assertThat(view(ids(own).getFirst()).metadata()).isEmpty();
        assertThat(view(ids(shared).getFirst()).metadata()).isEqualTo(labels);
    }

    /// The first one's call, for the recipient of the other as well.
    private static NewExecution together(NewExecution one, NewExecution other) {
        return new NewExecution(
                one.id(),
                one.campaign(),
                one.revision(),
                one.configuration(),
                one.requestId(),
                one.digest(),
                one.createTime(),
                one.scheduleTime(),
                one.expireTime(),
                one.metadata(),
                List.of(one.results().getFirst(), other.results().getFirst()),
                List.of(one.messages().getFirst(), other.messages().getFirst()),
                one.broadcast());
    }

    @Test
    void findsAnAddressInEverySpellingAndLeavesAloneWhoOnlyUsesIt() {
        String name = "p" + Triggers.id(now);
        var shared = new EmailAddress(name + "\u00e9@b\u00fccher.example");
        String decomposed = name + "E\u0301@b\u00fccher.example";
        MessageId stranger = ids(stored(trigger().identity(decomposed))).getFirst();
        Identity other = new Identity("crmId", name);
        store().addPerson(List.of(other), "name", "Eve");
        MessageId ofAnother = ids(stored(trigger().of(other, shared))).getFirst();
        var letters = new EmailAddress("q" + Triggers.id(now) + "@b\u00fccher.example");
        store().addPerson(List.of(Identity.of(letters)), "name", "Bob");
        MessageId byAddress = ids(stored(trigger().identity(letters.value()))).getFirst();

        assertThat(store().erasures().begin(someoneAt(letters))).isZero();
        assertThat(store().erasures().begin(someoneAt(shared))).isEqualTo(1);
        assertThat(goOn(later)).isZero();

        assertThat(view(stranger).identity()).isEqualTo(Identity.ERASED);
        assertThat(view(ofAnother).state()).isEqualTo(Kind.ACCEPTED);
        assertThat(view(ofAnother).identity()).isEqualTo(other);
        assertThat(view(byAddress).state()).isEqualTo(Kind.ACCEPTED);
    }

    /// In letters, its domain is a symbol.
    @Test
    void findsAnAddressThatIsNoneInAnotherSpelling() {
        var address = new EmailAddress("p" + Triggers.id(now) + "@xn--n3h.net");
        MessageId stranger = ids(stored(trigger().identity(address.value()))).getFirst();

        store().erasures().begin(someoneAt(address));
        assertThat(goOn(later)).isZero();

        assertThat(view(stranger).identity()).isEqualTo(Identity.ERASED);
    }

    @Test
    void findsAnAddressThatTheCallLaidOverAFieldOfAStranger() {
        String name = "p" + Triggers.id(now);
        var address = new EmailAddress(name + "@Example.com");
        var stranger = new Identity("crmId", name);
        NewExecution execution = stored(trigger().withoutAddress(stranger));
        Claim claim = claims(claim(node, now)).getFirst();
        var facts =
                Facts.nothing(
                        new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.SERVICE, ""),
                        new Addressee(null, address, "", true));
        var marking = new Marking(claim, new DecisionRecord(facts, null, now));
        store().queue().mark(node, terms(), List.of(marking), now);
        store().queue().record(List.of(recording(claim, new MessageState.Sent(now))));
        assertThat(view(ids(execution).getFirst()).address()).isEqualTo(address);

        store().erasures().begin(someoneAt(address));
        assertThat(goOn(later)).isZero();

        assertThat(view(claim.message()).identity()).isEqualTo(Identity.ERASED);
        assertThat(view(claim.message()).address()).isNull();
    }

    /// Somebody who is known by another identity.
    private Erasure someoneAt(EmailAddress address) {
        return new Erasure(
                new PersonNames(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        Set.of(new Identity("crmId", "erased-" + Triggers.id(now))),
                        Set.of(new EmailAddress(address.comparable())),
                        Set.of()),
                erased);
    }

    @Test
    void settlesAsUnknownWhatNobodyHandsOverAnyMore() {
        NewExecution execution = stored(someone());
        NodeId dying = store().nodes().register(Duration.ofMillis(-1));
        Claim claim = claims(claim(dying, now)).getFirst();
        mark(dying, List.of(claim));
        while (store().nodes().reapDead(node, 100) > 0) {}

        store().erasures().begin(of(execution));

        assertThat(view(claim.message()).state()).isEqualTo(Kind.UNKNOWN);
        assertThat(goOn(later)).isZero();
        assertThat(view(claim.message()).identity()).isEqualTo(Identity.ERASED);
    }

    @Test
    void waitsForWhatIsInHandOver() {
        NewExecution execution = stored(someone());
        Claim claim = marked().getFirst();

        assertThat(store().erasures().begin(of(execution))).isZero();
        assertThat(goOn(later)).isEqualTo(1);
        assertThat(done).isEmpty();
        assertThat(view(claim.message()).identity())
                .isEqualTo(execution.messages().getFirst().identity());
        store().queue().record(List.of(recording(claim, new MessageState.Sent(now))));

        assertThat(goOn(later)).isZero();
        assertThat(view(claim.message()).identity()).isEqualTo(Identity.ERASED);
    }

    /// In whatever spelling the call has named the person.
    @Test
    void cancelsWhatWasInHandOverAndWouldBeTriedAgain() {
        String key = "p" + Triggers.id(now);
        stored(trigger().identity(key + "@Example.com"));
        stored(trigger().identity("q" + key + "@example.com"));
        List<Claim> claims = marked();
        var person =
                new PersonNames(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        Set.of(new Identity(Identity.EMAIL, key + "@example.com")),
                        Set.of(new EmailAddress(key + "@example.com")),
                        Set.of());

        store().erasures().begin(new Erasure(person, erased));
        var deferred = new MessageState.Deferred(now.plusSeconds(9), Reason.PROVIDER_BUSY);
        store().queue().record(claims.stream().map(claim -> recording(claim, deferred)).toList());

        MessageView ofPerson = view(claims.getFirst().message());
        assertThat(ofPerson.state()).isEqualTo(Kind.CANCELLED);
        assertThat(ofPerson.reason()).isEqualTo(Reason.PROFILE_ERASED);
        assertThat(stateOf(claims.getLast().message())).isEqualTo(Kind.DEFERRED);
        assertThat(goOn(later)).isZero();
    }

    /// Whoever decides on such a message finds nobody.
    @Test
    void keepsFromBeingHeldWhatNamesThePersonUntilItIsDone() {
        NewExecution former = stored(someone());
        Identity identity = former.messages().getFirst().identity();
        store().erasures().begin(of(former));
        MessageId late = ids(stored(trigger().identity(identity.value()))).getFirst();
        MessageId ofAnother = ids(stored(someone())).getFirst();

        List<Claim> claims = claims(claim(node, now));

        assertThat(claims).extracting(Claim::message).containsExactly(late, ofAnother);
        assertThat(store().queue().held(node, claims)).containsExactly(ofAnother);
        assertThat(goOn(later)).isZero();
        assertThat(view(late).state()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void waitsForWhatMayStillBeOnItsWayIntoTheStore() {
        NewExecution execution = stored(someone());
        store().erasures().begin(of(execution));

        assertThat(goOn(erased.plusSeconds(5))).isEqualTo(1);
        assertThat(goOn(later)).isZero();
        assertThat(goOn(later)).isZero();
    }

    @Test
    void tellsOfAnErasureBeforeItIsForgottenAndAgainWhenThatFails() {
        Erasure erasure = of(stored(someone()));
        store().erasures().begin(erasure);
        Consumer<Erasure> failing =
                _ -> {
                    throw new IllegalStateException("not now");
                };

        assertThatThrownBy(() -> store().erasures().goOn(later, failing))
                .hasMessageContaining("not now");
        assertThat(goOn(later)).isZero();
        assertThat(goOn(later)).isZero();

        assertThat(done).containsExactly(erasure);
    }
}
