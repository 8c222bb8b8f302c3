package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.AddAudienceMembersRequest;
import io.campanile.v1.AllowedEntry;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceMember;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.EraseProfileRequest;
import io.campanile.v1.ExportProfileRequest;
import io.campanile.v1.ExportProfileResponse;
import io.campanile.v1.ExportProfileResponse.ItemCase;
import io.campanile.v1.Identity;
import io.campanile.v1.Message;
import io.campanile.v1.Profile;
import io.campanile.v1.Recipient;
import io.campanile.v1.RecipientResult;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.Suppression;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignRequest.WaitFor;
import io.campanile.v1.UpsertProfileRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Who was erased is named nowhere in the database any more, and is still not written to.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureIT {
    private static final String PERSON = "erin-7731";
    private static final String REFUSING = "finn-4420";
    private static final String GUEST = "gwen-1158";
    private static final String MOVED = "hana-6035";
    private static final String FORMER = "before-2291";

    private Cluster cluster;
    private Node node;

    private List<ItemCase> exportedOfErin;
    private List<ItemCase> exportedOfGwen;

    /// In which tables, before and after.
    private final Map<String, Map<String, String>> namedBefore = new HashMap<>();

    private final Map<String, Map<String, String>> namedAfter = new HashMap<>();

    /// How many messages of each.
    private final Map<String, Long> cancelled = new HashMap<>();

    /// Before anybody tried to write to them again.
    private Map<String, String> receiptsAfter;

    private Map<String, String> waitingAfter;

    /// What the tests look at is noted here: those that write to them again name them again.
    @BeforeAll
    void erasesThem() throws IOException {
        cluster = Cluster.create();
        node = cluster.start("one");
        makeCampaigns();
        var _ = triggered(node, "receipts", GUEST, WaitFor.WAIT_FOR_HANDED_OVER);
        Profile erin = known(node, PERSON);
        Profile finn = known(node, REFUSING);
        Profile hana = moved(node);
        useAll(erin);
        bounceTo(finn);
        noteNames(namedBefore, REFUSING, PERSON);
        exportedOfErin = exported(node, erin);
        // Whoever was nobody when their message was sent.
        Profile gwen = known(node, GUEST);
        exportedOfGwen = exported(node, gwen);

        cancelled.put(GUEST, erased(node, gwen));
        cancelled.put(PERSON, erased(node, erin));
        cancelled.put(REFUSING, erased(node, finn));
        cancelled.put(MOVED, erased(node, hana));
        cluster.rows().finishErasures();

        noteNames(namedAfter, GUEST, PERSON, REFUSING, MOVED, FORMER);
        receiptsAfter = cluster.rows().states("receipts");
        waitingAfter = cluster.rows().states("waiting");
    }

    private void makeCampaigns() {
        int port = cluster.receiver().port();
        Scenery.liveCampaign(node, "receipts", Category.CATEGORY_TRANSACTIONAL, port);
        Scenery.liveCampaign(node, "waiting", Category.CATEGORY_TRANSACTIONAL, port);
        Scenery.liveCampaign(node, "news", Category.CATEGORY_MARKETING, port);
        Scenery.sendWhenUnset(node);
        Scenery.hold(node, "waiting");
    }

    /// One message sent and one that waits, an audience, and an entry in both lists.
    private void useAll(Profile erin) {
        var _ = triggered(node, "receipts", PERSON, WaitFor.WAIT_FOR_HANDED_OVER);
        var _ = triggered(node, "waiting", PERSON, WaitFor.WAIT_FOR_ACCEPTED);
        join(node, erin);
        suppress(node, PERSON);
        allow(node, PERSON);
    }

    private void bounceTo(Profile finn) {
        refuse(node, finn);
        cluster.receiver().when(Stage.RCPT).of(address(REFUSING)).once().reply("550 no");
        var _ = triggered(node, "receipts", REFUSING, WaitFor.WAIT_FOR_HANDED_OVER);
    }

    private void noteNames(Map<String, Map<String, String>> named, String... keys) {
        for (String key : keys) {
            named.put(key, cluster.rows().mentions(key));
        }
    }

    @AfterAll
    void endsWithEveryPromiseKept() throws IOException {
        try (var ended = cluster) {
            ended.audit();
        }
    }

    @Test
    void exportsWhatIsKeptOfThemUntilThen() {
        assertThat(exportedOfErin)
                .containsExactly(
                        ItemCase.PROFILE,
                        ItemCase.AUDIENCE,
                        ItemCase.SUPPRESSION,
                        ItemCase.ALLOWED_ENTRY,
                        ItemCase.MESSAGE,
                        ItemCase.MESSAGE);
        assertThat(exportedOfGwen).containsExactly(ItemCase.PROFILE, ItemCase.MESSAGE);
    }

    @Test
    void leavesNoName() {
        assertThat(namedBefore.get(REFUSING)).containsKey("bounce_count");
        assertThat(namedBefore.get(PERSON)).isNotEmpty();

        assertThat(namedAfter)
                .containsOnlyKeys(GUEST, PERSON, REFUSING, MOVED, FORMER)
                .allSatisfy((_, tables) -> assertThat(tables).isEmpty());
    }

    @Test
    void cancelsWhatWaits() {
        assertThat(cancelled).isEqualTo(Map.of(GUEST, 0L, PERSON, 1L, REFUSING, 0L, MOVED, 0L));
        assertThat(waitingAfter).isEqualTo(Map.of("CANCELLED PROFILE_ERASED", "1"));
    }

    @Test
    void leavesWhatBecameOfTheirMessages() {
        assertThat(receiptsAfter).isEqualTo(Map.of("SENT", "2", "FAILED MESSAGE_REFUSED", "1"));
    }

    @Test
    void writesToThemNoMore() {
        long mails = cluster.receiver().total();

        assertThat(triggered(node, "receipts", PERSON, WaitFor.WAIT_FOR_HANDED_OVER))
                .isEqualTo(Message.Reason.REASON_ADDRESS_SUPPRESSED);
        assertThat(triggered(node, "news", REFUSING, WaitFor.WAIT_FOR_HANDED_OVER))
                .isEqualTo(Message.Reason.REASON_CONSENT_DENIED);
        for (Recipient former :
                List.of(
                        recipient("somebody-else", address(REFUSING)),
                        recipient(REFUSING, "elsewhere@example.com"))) {
            assertThat(triggered(node, "news", former, WaitFor.WAIT_FOR_HANDED_OVER))
                    .isEqualTo(Message.Reason.REASON_CONSENT_DENIED);
        }
        assertThat(cluster.receiver().total()).isEqualTo(mails);
    }

    private static Identity identity(String key) {
        return Identity.newBuilder().setNamespace("crmId").setValue(key).build();
    }

    private static String address(String key) {
        return key + "@example.com";
    }

    private static Profile known(Node node, String key) {
        var attributes =
                Struct.newBuilder()
                        .putFields("name", Value.newBuilder().setStringValue(key).build());
        return upserted(
                node,
                Profile.newBuilder()
                        .addIdentities(identity(key))
                        .addEmailAddresses(address(key))
                        .setAttributes(attributes));
    }

    /// Somebody whose address was suppressed while they had it.
    private static Profile moved(Node node) {
        var _ = reachedAt(node, FORMER);
        suppress(node, FORMER);
        return reachedAt(node, "after-2291");
    }

    private static Profile reachedAt(Node node, String key) {
        return upserted(
                node,
                Profile.newBuilder()
                        .addIdentities(identity(MOVED))
                        .addEmailAddresses(address(key)));
    }

    private static Profile upserted(Node node, Profile.Builder person) {
        return node.profiles()
                .upsertProfile(
                        UpsertProfileRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setProfile(person)
                                .build());
    }

    private static void refuse(Node node, Profile person) {
        var _ =
                node.profiles()
                        .recordConsent(
                                RecordConsentRequest.newBuilder()
                                        .setParent(Scenery.WORKSPACE)
                                        .setSubject(
                                                ConsentSubject.newBuilder()
                                                        .setProfile(person.getName()))
                                        .setConsent(
                                                Consent.newBuilder()
                                                        .setChannel(Channel.CHANNEL_EMAIL)
                                                        .setPurpose(
                                                                Consent.Purpose.PURPOSE_MARKETING)
                                                        .setState(Consent.State.STATE_DENIED)
                                                        .setSource("call with " + REFUSING)
                                                        .setProof("a letter of " + REFUSING))
                                        .build());
    }

    private static void join(Node node, Profile person) {
        String audience =
                node.audiences()
                        .createAudience(
                                CreateAudienceRequest.newBuilder()
                                        .setParent(Scenery.WORKSPACE)
                                        .setAudienceId("readers")
                                        .setAudience(Audience.getDefaultInstance())
                                        .build())
                        .getName();
        var _ =
                node.audiences()
                        .addAudienceMembers(
                                AddAudienceMembersRequest.newBuilder()
                                        .setName(audience)
                                        .addMembers(
                                                AudienceMember.newBuilder()
                                                        .setProfile(person.getName()))
                                        .build());
    }

    private static void suppress(Node node, String key) {
        var _ =
                node.suppressions()
                        .createSuppression(
                                CreateSuppressionRequest.newBuilder()
                                        .setParent(Scenery.WORKSPACE)
                                        .setSuppression(
                                                Suppression.newBuilder()
                                                        .setTarget(address(key))
                                                        .setReason(Suppression.Reason.REASON_MANUAL)
                                                        .setNote(key + " called"))
                                        .build());
    }

    private static void allow(Node node, String key) {
        var _ =
                node.suppressions()
                        .createAllowedEntry(
                                CreateAllowedEntryRequest.newBuilder()
                                        .setParent(Scenery.WORKSPACE)
                                        .setAllowedEntry(
                                                AllowedEntry.newBuilder().setTarget(address(key)))
                                        .build());
    }

    private static List<ItemCase> exported(Node node, Profile person) {
        var request = ExportProfileRequest.newBuilder().setName(person.getName()).build();
        List<ItemCase> items = new ArrayList<>();
        node.profiles()
                .exportProfile(request)
                .forEachRemaining((ExportProfileResponse item) -> items.add(item.getItemCase()));
        return items;
    }

    private static long erased(Node node, Profile person) {
        return node.profiles()
                .eraseProfile(EraseProfileRequest.newBuilder().setName(person.getName()).build())
                .getCancelledMessageCount();
    }

    /// Why nothing was sent; unspecified when it was.
    private static Message.Reason triggered(
            Node node, String campaign, String key, WaitFor waitFor) {
        return triggered(node, campaign, recipient(key, address(key)), waitFor);
    }

    private static Message.Reason triggered(
            Node node, String campaign, Recipient recipient, WaitFor waitFor) {
        RecipientResult result =
                node.triggers()
                        .triggerCampaign(
                                TriggerCampaignRequest.newBuilder()
                                        .setCampaign(Scenery.nameOf(campaign))
                                        .setRequestId(UUID.randomUUID().toString())
                                        .setWaitFor(waitFor)
                                        .addRecipients(recipient)
                                        .putMetadata("customer", recipient.getIdentity().getValue())
                                        .build())
                        .getResults(0);
        return result.getExcluded().getReason();
    }

    private static Recipient recipient(String key, String address) {
        return Scenery.recipient(address).toBuilder()
                .setIdentity(identity(key))
                .setAddress(io.campanile.v1.ChannelAddress.newBuilder().setEmail(address))
                .setContextJson("{\"order\": \"for " + key + "\"}")
                .build();
    }
}
