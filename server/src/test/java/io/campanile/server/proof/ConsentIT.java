package io.campanile.server.proof;

import static io.campanile.server.proof.ConsentScenery.email;
import static io.campanile.server.proof.ConsentScenery.say;
import static io.campanile.server.proof.ConsentScenery.sent;
import static io.campanile.server.proof.ConsentScenery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.testkit.smtp.ReceivedMail;
import io.campanile.v1.AllowedEntry;
import io.campanile.v1.Category;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentRecord;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.Message;
import io.campanile.v1.Profile;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignRequest.WaitFor;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.UpsertProfileRequest;
import io.campanile.v1.Workspace;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Nobody gets what they did not agree to or what they refused, on whichever node it was recorded,
/// counted at the receiver.
class ConsentIT extends TwoNodeScene {
    @Test
    void sendsMarketingToThoseWhoAgreedOnly() throws IOException {
        liveCampaign("news", Category.CATEGORY_MARKETING);
        say(two, "agreed@example.com", Consent.State.STATE_GRANTED);
        say(two, "asked@example.com", Consent.State.STATE_PENDING);
        say(two, "refused@example.com", Consent.State.STATE_DENIED);

        var answer =
                one.triggers()
                        .triggerCampaign(
                                trigger("news", "agreed", "asked", "refused", "unheard-of")
                                        .setWaitFor(WaitFor.WAIT_FOR_HANDED_OVER)
                                        .build());

        assertThat(answer.getResultsList())
                .extracting(result -> result.getResultCase().name())
                .containsExactly("ACCEPTED", "EXCLUDED", "EXCLUDED", "EXCLUDED");
        assertThat(cluster.rows().states("news"))
                .isEqualTo(Map.of("SENT", "1", "EXCLUDED CONSENT_DENIED", "3"));
        assertThat(recipients()).contains("agreed@example.com");
        assertThat(recipients())
                .doesNotContain(
                        "asked@example.com", "refused@example.com", "unheard-of@example.com");
        cluster.audit();
    }

    @Test
    void takesAnUnsubscribeLinkForANo() throws IOException {
        liveCampaign("letters", Category.CATEGORY_MARKETING);
        say(two, "reader@example.com", Consent.State.STATE_GRANTED);
        var _ = one.triggers().triggerCampaign(sent(trigger("letters", "reader"), "first"));
        String token = tokenInTheMailTo("reader@example.com");

        ConsentRecord record = refuseByLink(token);
        var answer = one.triggers().triggerCampaign(sent(trigger("letters", "reader"), "second"));

        assertThat(record.getConsent().getState()).isEqualTo(Consent.State.STATE_DENIED);
        assertThat(answer.getResults(0).getExcluded().getReason())
                .isEqualTo(Message.Reason.REASON_CONSENT_DENIED);
        assertThat(cluster.mailsTo("reader@example.com")).hasSize(1);
        assertThat(cluster.mailsTo("reader@example.com").getFirst().header("List-Unsubscribe"))
                .hasValueSatisfying(header -> assertThat(header).contains("?token="));
        cluster.audit();
    }

    private ConsentRecord refuseByLink(String token) {
        return two.profiles()
                .recordConsent(
                        RecordConsentRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setSubject(ConsentSubject.newBuilder().setUnsubscribeToken(token))
                                .build());
    }

    @Test
    void obeysAStrangerWhoTurnsOutToBeSomebodyKnownByAnotherKey() throws IOException {
        liveCampaign("strangers", Category.CATEGORY_MARKETING);
        sendWhenUnset(true);
        try {
            var _ = one.triggers().triggerCampaign(sent(trigger("strangers", "strange"), "1"));
            var _ = refuseByLink(tokenInTheMailTo("strange@example.com"));
            var customer = Identity.newBuilder().setNamespace("customer").setValue("4711");
            var _ =
                    one.profiles()
                            .upsertProfile(
                                    UpsertProfileRequest.newBuilder()
                                            .setParent(Scenery.WORKSPACE)
                                            .setProfile(
                                                    Profile.newBuilder()
                                                            .addIdentities(customer)
                                                            .addIdentities(
                                                                    email("strange@example.com"))
                                                            .addEmailAddresses("other@example.com"))
                                            .build());

            var answer =
                    two.triggers()
                            .triggerCampaign(
                                    sent(
                                            trigger("strangers")
                                                    .addRecipients(
                                                            Scenery.recipient("4711").toBuilder()
                                                                    .setIdentity(customer)),
                                            "2"));

            assertThat(answer.getResults(0).getExcluded().getReason())
                    .isEqualTo(Message.Reason.REASON_CONSENT_DENIED);
        } finally {
            sendWhenUnset(false);
        }
        assertThat(recipients()).doesNotContain("other@example.com");
        cluster.audit();
    }

    private void sendWhenUnset(boolean on) {
        Scenery.setInWorkspace(
                two, "emails_when_unset", Workspace.newBuilder().setEmailsWhenUnset(on));
    }

    private String tokenInTheMailTo(String address) {
        // Quoted-printable breaks long lines and writes = as =3D (RFC 2045 §6.7).
        String mail =
                cluster.mailsTo(address).getFirst().text().replace("=\r\n", "").replace("=3D", "=");
        Matcher link =
                Pattern.compile(Scenery.UNSUBSCRIBE_URL + "\\?token=([\\w-]+)").matcher(mail);
        assertThat(link.find()).as(mail).isTrue();
        return link.group(1);
    }

    @Test
    void obeysWhatOneNodeRecordsOfMessagesThatTheOtherHolds() throws IOException {
        liveCampaign("held", Category.CATEGORY_TRANSACTIONAL);
        Scenery.hold(one, "held");
        List<String> people = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            people.add("held-" + number);
        }
        var answer =
                one.triggers()
                        .triggerCampaign(trigger("held", people.toArray(String[]::new)).build());
        awaitInNobodysMemory(answer);

        for (int number = 0; number < 5; number++) {
            refuseService("held-" + number + "@example.com");
            var _ = Scenery.suppress(two, "held-" + (5 + number) + "@example.com");
        }
        Scenery.resume(two, "held");

        Until.holds("everything settles", cluster.rows()::allSettled);
        assertThat(cluster.rows().states("held"))
                .isEqualTo(
                        Map.of(
                                "SENT", "10",
                                "EXCLUDED CONSENT_DENIED", "5",
                                "EXCLUDED ADDRESS_SUPPRESSED", "5"));
        assertThat(recipients()).contains("held-10@example.com", "held-19@example.com");
        for (int number = 0; number < 10; number++) {
            assertThat(recipients()).doesNotContain("held-" + number + "@example.com");
        }
        cluster.audit();
    }

    @Test
    void sendsToTheAllowedListOnlyWhereItIsOn() throws IOException {
        liveCampaign("listed", Category.CATEGORY_TRANSACTIONAL);
        Scenery.hold(one, "listed");
        var answer =
                one.triggers()
                        .triggerCampaign(
                                TriggerCampaignRequest.newBuilder()
                                        .setCampaign(Scenery.nameOf("listed"))
                                        .setRequestId("listed")
                                        .addRecipients(Scenery.recipient("listed@example.com"))
                                        .addRecipients(Scenery.recipient("anybody@example.org"))
                                        .addRecipients(Scenery.recipient("unlisted@example.com"))
                                        .build());
        awaitInNobodysMemory(answer);

        allow("Listed@example.com");
        allow("example.org");
        switchAllowedList(true);
        try {
            Scenery.resume(two, "listed");
            Until.holds("everything settles", cluster.rows()::allSettled);
        } finally {
            switchAllowedList(false);
        }

        assertThat(cluster.rows().states("listed"))
                .isEqualTo(Map.of("SENT", "2", "EXCLUDED NOT_ON_ALLOWED_LIST", "1"));
        assertThat(recipients())
                .contains("listed@example.com", "anybody@example.org")
                .doesNotContain("unlisted@example.com");
        cluster.audit();
    }

    /// What is decided already may be marked within a second, by what was known then.
    private void awaitInNobodysMemory(TriggerCampaignResponse answer) {
        List<String> messages = Load.messagesOf(answer);
        Until.holds("no node has it in memory", () -> cluster.rows().owned(messages) == 0);
    }

    private void allow(String target) {
        var _ =
                two.suppressions()
                        .createAllowedEntry(
                                CreateAllowedEntryRequest.newBuilder()
                                        .setParent(Scenery.WORKSPACE)
                                        .setAllowedEntry(
                                                AllowedEntry.newBuilder().setTarget(target))
                                        .build());
    }

    private void switchAllowedList(boolean on) {
        Scenery.setInWorkspace(two, "allowed_list_on", Workspace.newBuilder().setAllowedListOn(on));
    }

    private void liveCampaign(String id, Category category) {
        Scenery.liveCampaign(one, id, category, cluster.receiver().port());
    }

    private void refuseService(String address) {
        ConsentScenery.record(
                two,
                ConsentSubject.newBuilder()
                        .setAddress(ChannelAddress.newBuilder().setEmail(address)),
                Consent.newBuilder()
                        .setState(Consent.State.STATE_DENIED)
                        .setPurpose(Consent.Purpose.PURPOSE_SERVICE));
    }

    private Set<String> recipients() {
        return cluster.receiver().mails().stream()
                .map(ReceivedMail::recipients)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }
}
