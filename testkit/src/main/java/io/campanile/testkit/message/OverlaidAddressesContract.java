package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.content.port.Payload;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What every [io.campanile.application.erasure.port.MessageErasures] must do about messages to
/// strangers that have an address of the person in what their call lays over attributes.
public abstract class OverlaidAddressesContract extends StoreScene {
    private final Instant erased = now.plusSeconds(30);

    private int goOn() {
        return store().erasures().goOn(erased.plusSeconds(600), _ -> {});
    }

    private MessageView view(MessageId message) {
        return store().messages().find(WorkspaceId.DEFAULT, message).orElseThrow();
    }

    /// Somebody who is known by another identity.
    private Erasure someoneAt(EmailAddress address) {
        return new Erasure(
                new PersonNames(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        Set.of(new Identity("crmId", "erased-" + Triggers.id(now))),
                        Set.of(new EmailAddress(address.comparable())),
                        Set.of("mail", "work.email")),
                erased);
    }

    @Test
    void findsAnAddressThatACallLaysOverAFieldAndNobodyHasDecidedOn() {
        String name = "p" + Triggers.id(now);
        var address = new EmailAddress(name + "@b\u00fccher.example");
        String spelled = name.toUpperCase(Locale.ROOT) + "@b\u00fccher.example";
        MessageId found = ids(stored(laying(name, Map.of("mail", spelled)))).getFirst();
        MessageId below =
                ids(stored(laying("b" + name, Map.of("work", Map.of("email", address.value())))))
                        .getFirst();

        assertThat(store().erasures().begin(someoneAt(address))).isEqualTo(2);
        assertThat(goOn()).isZero();

        assertThat(List.of(found, below))
                .allSatisfy(message -> {
                    assertThat(view(message).state()).isEqualTo(Kind.CANCELLED);
                    assertThat(view(message).identity()).isEqualTo(Identity.ERASED);
                });
    }

    /// The transaction that accepted them was not over.
    @Test
    void findsSuchAMessageThatComesAfterThePersonHasGone() {
        String name = "p" + Triggers.id(now);
        var address = new EmailAddress(name + "@example.com");
        Erasure person = someoneAt(address);
        store().erasures().begin(person);
        Map<String, Object> overlay = Map.of("mail", address.value());
        MessageId plain = ids(stored(laying(name, overlay))).getFirst();
        MessageId sealed = ids(stored(sealing("s" + name, overlay))).getFirst();

        assertThat(goOn()).isZero();

        assertThat(view(plain).reason()).isEqualTo(Reason.PROFILE_ERASED);
        assertThat(view(sealed).reason()).isEqualTo(Reason.PROFILE_ERASED);
    }

    @Test
    void findsAnAddressThatACallLaysOverASensitiveField() {
        String name = "p" + Triggers.id(now);
        var address = new EmailAddress(name + "@example.com");
        Map<String, Object> overlay = Map.of("work", Map.of("email", address.value()));
        MessageId sealed = ids(stored(sealing(name, overlay))).getFirst();
        MessageId unreadable =
                ids(stored(
                                laying("u" + name, Map.of())
                                        .sensitive(
                                                new SealedSecret(
                                                        store().sealer().currentKeyId(),
                                                        new byte[] {1}))))
                        .getFirst();

        assertThat(store().erasures().begin(someoneAt(new EmailAddress("x" + address.value()))))
                .isZero();
        assertThat(store().erasures().begin(someoneAt(address))).isEqualTo(1);

        assertThat(view(sealed).reason()).isEqualTo(Reason.PROFILE_ERASED);
        assertThat(view(unreadable).state()).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void leavesAloneWhatOnlyMentionsAnAddress() {
        String name = "p" + Triggers.id(now);
        var address = new EmailAddress(name + "@example.com");
        Map<String, Object> overlay = Map.of("mail", address.value());
        var other = new Identity("crmId", "known" + name);
        store().addPerson(List.of(other), "name", "Eve");
        List<MessageId> others = new ArrayList<>();
        others.addAll(ids(stored(laying("f" + name, Map.of("friend", address.value())))));
        others.addAll(ids(stored(laying("m" + name, Map.of("mail", List.of(address.value()))))));
        others.addAll(ids(stored(laying("known" + name, overlay))));
        others.addAll(ids(stored(sealing("known" + name, overlay))));
        others.addAll(
                ids(
                        stored(
                                trigger()
                                        .of(
                                                new Identity("crmId", "a" + name),
                                                new EmailAddress("eve@example.com"))
                                        .payload(encoded(Map.of(), overlay)))));
        others.addAll(
                ids(
                        stored(
                                trigger()
                                        .withoutAddress(new Identity("crmId", "c" + name))
                                        .payload(encoded(Map.of("profile", overlay), Map.of())))));

        assertThat(store().erasures().begin(someoneAt(address))).isZero();
        assertThat(goOn()).isZero();

        assertThat(others)
                .allSatisfy(message -> {
                    assertThat(view(message).state()).isEqualTo(Kind.ACCEPTED);
                    assertThat(view(message).identity()).isNotEqualTo(Identity.ERASED);
                });
    }

    /// Keys are being changed.
    @Test
    void waitsForANodeThatCanReadWhatIsSensitive() {
        String name = "p" + Triggers.id(now);
        NewExecution execution =
                stored(laying(name, Map.of()).sensitive(new SealedSecret("new", new byte[] {1})));

        assertThat(store().erasures().begin(someoneAt(new EmailAddress(name + "@example.com"))))
                .isZero();
        assertThat(goOn()).isPositive();
        store().executions().cancel(execution.id(), now);

        assertThat(goOn()).isZero();
    }

    /// For a stranger, by a call that carries no address.
    private Triggers laying(String key, Map<String, Object> overlay) {
        return trigger()
                .withoutAddress(new Identity("crmId", key))
                .payload(encoded(Map.of("order", 1), overlay));
    }

    /// As [#laying], where the campaign declares all that sensitive.
    private Triggers sealing(String key, Map<String, Object> overlay) {
        String sensitive = new String(encoded(Map.of(), overlay), StandardCharsets.UTF_8);
        return laying(key, Map.of())
                .sensitive(store().sealer().seal(SecretPurpose.MESSAGE, sensitive));
    }

    private byte[] encoded(Map<String, Object> context, Map<String, Object> profile) {
        return store().codec().encode(new Payload(context, profile)).stored();
    }
}
