package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.server.proof.Cluster.Trait;
import io.campanile.testkit.smtp.ReceivedMail;
import io.campanile.v1.CampaignDefinition.DeliveryMode;
import io.campanile.v1.CampaignDefinition.ProfileLookup;
import io.campanile.v1.Category;
import io.campanile.v1.EmailContent;
import io.campanile.v1.Identity;
import io.campanile.v1.ListMessagesRequest;
import io.campanile.v1.LookUpProfileRequest;
import io.campanile.v1.Message;
import io.campanile.v1.Profile;
import io.campanile.v1.Recipient;
import io.campanile.v1.RecipientResult;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignRequest.WaitFor;
import io.campanile.v1.UpsertProfileRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What is known of people decides whether, where and with which words they are written to.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileIT {
    private static final EmailContent GREETING =
            EmailContent.newBuilder()
                    .setSubject("Good day, {{profile.firstName}}")
                    .setText("{{profile.firstName}} of {{profile.city}}")
                    .build();

    private Cluster cluster;
    private Node one;

    @BeforeAll
    void startsANode() throws IOException {
        cluster = Cluster.create(Trait.KEEPS_MAILS);
        one = cluster.start("one");
        Scenery.liveConfiguration(
                one,
                "mail",
                Category.CATEGORY_TRANSACTIONAL,
                cluster.receiver().port(),
                Scenery.limits().build());
    }

    @AfterAll
    void endsEverything() throws IOException {
        cluster.close();
    }

    @Test
    void writesToTheProfilesAddressWithItsAttributes() throws IOException {
        greeting("greeting", ProfileLookup.PROFILE_LOOKUP_UNSPECIFIED);
        know(person("ada", "ada@example.com", Map.of("firstName", "Ada", "city", "Graz")));

        var answer =
                triggered(
                        "greeting",
                        recipient("ada").build(),
                        recipient("stranger").build(),
                        recipient("stranger-with-data")
                                .setAddress(
                                        io.campanile.v1.ChannelAddress.newBuilder()
                                                .setEmail("eve@example.com"))
                                .setProfile(struct(Map.of("firstName", "Eve", "city", "Rome")))
                                .build());

        assertThat(answer)
                .extracting(result -> result.getResultCase().name())
                .containsExactly("ACCEPTED", "EXCLUDED", "ACCEPTED");
        assertThat(answer.get(1).getExcluded().getReason())
                .isEqualTo(Message.Reason.REASON_ADDRESS_MISSING);
        assertThat(mailTo("ada@example.com").text())
                .contains("Subject: Good day, Ada", "Ada of Graz");
        assertThat(mailTo("eve@example.com").text()).contains("Eve of Rome");
        assertThat(addressOf("ada")).isEqualTo("ada@example.com");
        cluster.audit();
    }

    @Test
    void laysWhatTheCallSaysOverTheProfileForThisMessageOnly() throws IOException {
        greeting("overlaid", ProfileLookup.PROFILE_LOOKUP_IF_KNOWN);
        know(person("bob", "bob@example.com", Map.of("firstName", "Bob", "city", "Bonn")));

        var _ =
                triggered(
                        "overlaid",
                        recipient("bob").setProfile(struct(Map.of("city", "Cologne"))).build());

        assertThat(mailTo("bob@example.com").text()).contains("Bob of Cologne");
        assertThat(known("bob").getAttributes())
                .isEqualTo(struct(Map.of("firstName", "Bob", "city", "Bonn")));
    }

    @Test
    void leavesNoBlankWhereAValueIsMissing() throws IOException {
        greeting("blank", ProfileLookup.PROFILE_LOOKUP_IF_KNOWN);
        know(person("dan", "dan@example.com", Map.of("firstName", "Dan")));
        know(person("fay", "fay@example.com", Map.of("firstName", "Fay", "city", "Faro")));

        List<RecipientResult> answer =
                triggered(
                        "blank",
                        recipient("dan").build(),
                        recipient("fay")
                                .setProfile(
                                        Struct.newBuilder()
                                                .putFields(
                                                        "city",
                                                        Value.newBuilder()
                                                                .setNullValue(NullValue.NULL_VALUE)
                                                                .build()))
                                .build());

        assertThat(answer.getLast().getRejected().getFieldViolations(0).getField())
                .isEqualTo("recipients[1].profile.city");
        assertThat(cluster.rows().states("blank"))
                .isEqualTo(Map.of("FAILED RENDERING_FAILED", "1"));
    }

    @Test
    void excludesStrangersOrMakesThemKnownAsTheCampaignSays() throws IOException {
        greeting("known-only", ProfileLookup.PROFILE_LOOKUP_REQUIRED);
        greeting("making", ProfileLookup.PROFILE_LOOKUP_CREATE);
        Recipient newcomer =
                recipient("newcomer")
                        .setAddress(
                                io.campanile.v1.ChannelAddress.newBuilder()
                                        .setEmail("newcomer@example.com"))
                        .setProfile(struct(Map.of("firstName", "Ned", "city", "Nice")))
                        .build();

        var refused = triggered("known-only", newcomer);
        var made = triggered("making", newcomer);
        var known = triggered("known-only", "again", newcomer);

        assertThat(refused.getFirst().getExcluded().getReason())
                .isEqualTo(Message.Reason.REASON_PROFILE_UNKNOWN);
        assertThat(made.getFirst().hasAccepted()).isTrue();
        assertThat(known.getFirst().hasAccepted()).isTrue();
        assertThat(known("newcomer").getIdentitiesList()).containsExactly(identity("newcomer"));
        assertThat(known("newcomer").getAttributes().getFieldsMap()).isEmpty();
        assertThat(cluster.mailsTo("newcomer@example.com")).hasSize(2);
    }

    @Test
    void takesAllOfHighThroughputFromTheCall() throws IOException {
        Scenery.liveCampaign(
                one,
                "codes",
                Scenery.definition(
                                "codes", Category.CATEGORY_TRANSACTIONAL, "mail", Scenery.content())
                        .toBuilder()
                        .setProfileLookup(ProfileLookup.PROFILE_LOOKUP_NONE)
                        .setDeliveryMode(DeliveryMode.DELIVERY_MODE_HIGH_THROUGHPUT)
                        .build());
        know(person("ivy", "ivy@example.com", Map.of()));
        var _ = Scenery.suppress(one, "dead@example.com");

        List<RecipientResult> answer =
                triggered(
                        "codes",
                        code("ivy", "ivy-at-work@example.com"),
                        code("joe", "dead@example.com"),
                        code("ivy", ""));

        assertThat(answer)
                .extracting(result -> result.getResultCase().name())
                .containsExactly("ACCEPTED", "EXCLUDED", "REJECTED");
        assertThat(answer.get(1).getExcluded().getReason())
                .isEqualTo(Message.Reason.REASON_ADDRESS_SUPPRESSED);
        assertThat(cluster.mailsTo("ivy-at-work@example.com")).hasSize(1);
        assertThat(cluster.mailsTo("ivy@example.com")).isEmpty();
        cluster.audit();
    }

    private static Recipient code(String key, String address) {
        Recipient.Builder recipient = recipient(key).setContextJson("{\"order\": \"A-1001\"}");
        return address.isEmpty()
                ? recipient.build()
                : recipient
                        .setAddress(io.campanile.v1.ChannelAddress.newBuilder().setEmail(address))
                        .build();
    }

    private void greeting(String id, ProfileLookup lookup) {
        Scenery.liveCampaign(
                one,
                id,
                Scenery.definition(id, Category.CATEGORY_TRANSACTIONAL, "mail", GREETING)
                        .toBuilder()
                        .setProfileLookup(lookup)
                        .setIdentityNamespace("crmId")
                        .build());
    }

    private static Profile person(String key, String address, Map<String, String> attributes) {
        return Profile.newBuilder()
                .addIdentities(identity(key))
                .addEmailAddresses(address)
                .setAttributes(struct(attributes))
                .build();
    }

    private void know(Profile person) {
        var _ =
                one.profiles()
                        .upsertProfile(
                                UpsertProfileRequest.newBuilder()
                                        .setParent(Scenery.WORKSPACE)
                                        .setProfile(person)
                                        .build());
    }

    private Profile known(String key) {
        return one.profiles()
                .lookUpProfile(
                        LookUpProfileRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setIdentity(identity(key))
                                .build());
    }

    private List<RecipientResult> triggered(String campaign, Recipient... recipients) {
        return triggered(campaign, campaign, recipients);
    }

    private List<RecipientResult> triggered(
            String campaign, String requestId, Recipient... recipients) {
        return one.triggers()
                .triggerCampaign(
                        TriggerCampaignRequest.newBuilder()
                                .setCampaign(Scenery.nameOf(campaign))
                                .setRequestId(requestId)
                                .addAllRecipients(List.of(recipients))
                                .setWaitFor(WaitFor.WAIT_FOR_HANDED_OVER)
                                .build())
                .getResultsList();
    }

    private static Recipient.Builder recipient(String key) {
        return Recipient.newBuilder().setIdentity(identity(key));
    }

    private static Identity identity(String key) {
        return Identity.newBuilder().setNamespace("crmId").setValue(key).build();
    }

    private static Struct struct(Map<String, String> values) {
        Struct.Builder struct = Struct.newBuilder();
        values.forEach((name, value) ->
                struct.putFields(name, Value.newBuilder().setStringValue(value).build()));
        return struct.build();
    }

    private String addressOf(String key) {
        return one.messages()
                .listMessages(
                        ListMessagesRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setFilter(
                                        "identity.namespace = \"crmId\" AND identity.value = \""
                                                + key
                                                + "\"")
                                .build())
                .getMessages(0)
                .getAddress()
                .getEmail();
    }

    private ReceivedMail mailTo(String address) {
        return cluster.mailsTo(address).getFirst();
    }
}
