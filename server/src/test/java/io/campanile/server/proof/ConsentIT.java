package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;

import io.campanile.server.proof.Cluster.Trait;
import io.campanile.testkit.smtp.ReceivedMail;
import io.campanile.v1.AllowedEntry;
import io.campanile.v1.Category;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentRecord;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.DeleteSuppressionRequest;
import io.campanile.v1.ExplainMessageRequest;
import io.campanile.v1.ExplainMessageResponse;
import io.campanile.v1.ExplainMessageResponse.Decision;
import io.campanile.v1.ExplainRecipientRequest;
import io.campanile.v1.ExplainRecipientResponse;
import io.campanile.v1.GetMessageRequest;
import io.campanile.v1.Identity;
import io.campanile.v1.Message;
import io.campanile.v1.Profile;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.RuleVerdict;
import io.campanile.v1.Suppression;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignRequest.WaitFor;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.UpdateWorkspaceRequest;
import io.campanile.v1.UpsertProfileRequest;
import io.campanile.v1.Workspace;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsentIT {
    private Cluster cluster;
    private Node one;
    private Node two;

    @BeforeAll
    void startsTwoNodes() throws IOException {
        cluster = Cluster.create(Trait.KEEPS_MAILS);
        List<Node> nodes = cluster.startAll("one", "two");
        one = nodes.get(0);
        two = nodes.get(1);
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
    }

    @Test
    void sendsMarketingToThoseWhoAgreedOnly() throws IOException {
        liveCampaign("news", Category.CATEGORY_MARKETING);
        say("agreed@example.com", Consent.State.STATE_GRANTED);
        say("asked@example.com", Consent.State.STATE_PENDING);
        say("refused@example.com", Consent.State.STATE_DENIED);

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
        say("reader@example.com", Consent.State.STATE_GRANTED);
        var _ = one.triggers().triggerCampaign(sent(trigger("letters", "reader"), "first"));
        String token = tokenInTheMailTo("reader@example.com");

        ConsentRecord record = refuseByLink(token);
        var answer = one.triggers().triggerCampaign(sent(trigger("letters", "reader"), "second"));

        assertThat(record.getConsent().getState()).isEqualTo(Consent.State.STATE_DENIED);
        assertThat(answer.getResults(0).getExcluded().getReason())
                .isEqualTo(Message.Reason.REASON_CONSENT_DENIED);
        assertThat(mailsTo("reader@example.com")).hasSize(1);
        assertThat(mailsTo("reader@example.com").getFirst().header("List-Unsubscribe"))
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
        var _ =
                two.access()
                        .updateWorkspace(
                                UpdateWorkspaceRequest.newBuilder()
                                        .setWorkspace(
                                                Workspace.newBuilder()
                                                        .setName(Scenery.WORKSPACE)
                                                        .setEmailsWhenUnset(on))
                                        .setUpdateMask(
                                                FieldMask.newBuilder()
                                                        .addPaths("emails_when_unset"))
                                        .build());
    }

    private static TriggerCampaignRequest sent(
            TriggerCampaignRequest.Builder trigger, String requestId) {
        return trigger.setRequestId(requestId).setWaitFor(WaitFor.WAIT_FOR_HANDED_OVER).build();
    }

    private String tokenInTheMailTo(String address) {
        // Quoted-printable breaks long lines and writes = as =3D (RFC 2045 §6.7).
        String mail = mailsTo(address).getFirst().text().replace("=\r\n", "").replace("=3D", "=");
        Matcher link =
                Pattern.compile(Scenery.UNSUBSCRIBE_URL + "\\?token=([\\w-]+)").matcher(mail);
        assertThat(link.find()).as(mail).isTrue();
        return link.group(1);
    }

    private List<ReceivedMail> mailsTo(String address) {
        return cluster.receiver().mails().stream()
                .filter(mail -> mail.recipients().contains(address))
                .toList();
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
            suppress("held-" + (5 + number) + "@example.com");
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
        var _ =
                two.access()
                        .updateWorkspace(
                                UpdateWorkspaceRequest.newBuilder()
                                        .setWorkspace(
                                                Workspace.newBuilder()
                                                        .setName(Scenery.WORKSPACE)
                                                        .setAllowedListOn(on))
                                        .setUpdateMask(
                                                FieldMask.newBuilder().addPaths("allowed_list_on"))
                                        .build());
    }

    @Test
    void tellsLaterWhatAMessageRestedOn() throws IOException {
        liveCampaign("told", Category.CATEGORY_MARKETING);
        say("told@example.com", Consent.State.STATE_GRANTED);
        say("barred@example.com", Consent.State.STATE_GRANTED);
        String entry = suppress("barred@example.com");
        var answer =
                one.triggers().triggerCampaign(sent(trigger("told", "told", "barred"), "told"));
        String sent = answer.getResults(0).getAccepted().getMessage();
        String excluded = answer.getResults(1).getExcluded().getMessage();

        String denial = say("told@example.com", Consent.State.STATE_DENIED);
        var _ =
                two.suppressions()
                        .deleteSuppression(
                                DeleteSuppressionRequest.newBuilder().setName(entry).build());

        assertThat(explained(sent).getDecision()).isEqualTo(Decision.DECISION_MADE);
        assertThat(explained(sent).getVerdictsList())
                .hasSizeGreaterThan(2)
                .allSatisfy(verdict ->
                        assertThat(verdict.getReason())
                                .isEqualTo(Message.Reason.REASON_UNSPECIFIED));
        assertThat(dryRun("told").getReason()).isEqualTo(Message.Reason.REASON_CONSENT_DENIED);
        assertThat(dryRun("told").getVerdictsList())
                .extracting(RuleVerdict::getRecord)
                .contains(denial);
        assertThat(explained(excluded).getReason())
                .isEqualTo(Message.Reason.REASON_ADDRESS_SUPPRESSED);
        assertThat(explained(excluded).getVerdictsList())
                .extracting(RuleVerdict::getRecord)
                .contains(entry);
        assertThat(dryRun("barred").getReason()).isEqualTo(Message.Reason.REASON_UNSPECIFIED);
        cluster.audit();
    }

    @Test
    void findsWhatSomebodyComplainsAboutByTheHeaderOfTheMail() throws IOException {
        liveCampaign("found", Category.CATEGORY_MARKETING);
        say("found@example.com", Consent.State.STATE_GRANTED);
        var _ = one.triggers().triggerCampaign(sent(trigger("found", "found"), "found"));

        String header = mailsTo("found@example.com").getFirst().header("Message-ID").orElseThrow();
        String id = header.substring(header.indexOf('<') + 1, header.indexOf('@'));
        String name = Scenery.WORKSPACE + "/messages/" + id;
        Message message =
                two.messages().getMessage(GetMessageRequest.newBuilder().setName(name).build());

        assertThat(message.getIdentity().getValue()).isEqualTo("found@example.com");
        assertThat(message.getState()).isEqualTo(Message.State.STATE_SENT);
        assertThat(explained(name).getDecision()).isEqualTo(Decision.DECISION_MADE);
        assertThat(explained(name).getVerdictsList()).isNotEmpty();
    }

    private ExplainMessageResponse explained(String message) {
        return two.messages()
                .explainMessage(ExplainMessageRequest.newBuilder().setName(message).build());
    }

    private ExplainRecipientResponse dryRun(String person) {
        return two.messages()
                .explainRecipient(
                        ExplainRecipientRequest.newBuilder()
                                .setCampaign(Scenery.nameOf("told"))
                                .setRecipient(Scenery.recipient(person + "@example.com"))
                                .build());
    }

    private void liveCampaign(String id, Category category) {
        Scenery.liveCampaign(one, id, category, cluster.receiver().port());
    }

    private static TriggerCampaignRequest.Builder trigger(String campaign, String... people) {
        var request =
                TriggerCampaignRequest.newBuilder()
                        .setCampaign(Scenery.nameOf(campaign))
                        .setRequestId(campaign);
        for (String person : people) {
            request.addRecipients(Scenery.recipient(person + "@example.com"));
        }
        return request;
    }

    private String say(String address, Consent.State state) {
        return record(
                ConsentSubject.newBuilder().setIdentity(email(address)),
                Consent.newBuilder().setState(state).setPurpose(Consent.Purpose.PURPOSE_MARKETING));
    }

    private static Identity.Builder email(String address) {
        return Identity.newBuilder().setNamespace("email").setValue(address);
    }

    private void refuseService(String address) {
        record(
                ConsentSubject.newBuilder()
                        .setAddress(ChannelAddress.newBuilder().setEmail(address)),
                Consent.newBuilder()
                        .setState(Consent.State.STATE_DENIED)
                        .setPurpose(Consent.Purpose.PURPOSE_SERVICE));
    }

    /// The record's name.
    private String record(ConsentSubject.Builder subject, Consent.Builder consent) {
        return two.profiles()
                .recordConsent(
                        RecordConsentRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setSubject(subject)
                                .setConsent(consent)
                                .build())
                .getName();
    }

    /// The entry's name.
    private String suppress(String target) {
        return two.suppressions()
                .createSuppression(
                        CreateSuppressionRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setSuppression(Suppression.newBuilder().setTarget(target))
                                .build())
                .getName();
    }

    private Set<String> recipients() {
        return cluster.receiver().mails().stream()
                .map(ReceivedMail::recipients)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }
}
