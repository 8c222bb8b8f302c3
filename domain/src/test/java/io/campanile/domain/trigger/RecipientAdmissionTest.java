package io.campanile.domain.trigger;

import static io.campanile.domain.campaign.DefinitionBuilder.aDefinition;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.schema.AttributeDefinition;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class RecipientAdmissionTest {
    private static final EmailContent CONTENT =
            new EmailContent("Order {{context.order.id}}", "", "", "Thank you.", "");
    private static final Contract CONTRACT = Contract.of(CONTENT, List.of());
    private static final Map<String, Object> ORDER = Map.of("order", Map.of("id", "A-1"));

    private Recipient recipient(Identity identity, String address, Map<String, Object> context) {
        return new Recipient(identity, address, context, Map.of());
    }

    private List<String> faults(Recipient recipient) {
        return faults(recipient, definition("", ProfileLookup.NONE));
    }

    private List<String> faults(Recipient recipient, CampaignDefinition definition) {
        return faults(recipient, definition, AttributeSchema.NONE);
    }

    private List<String> faults(
            Recipient recipient, CampaignDefinition definition, AttributeSchema schema) {
        return Admission.check(recipient, definition, CONTRACT, new AttributeCheck(schema)).stream()
                .map(violation -> violation.field() + " " + violation.reason())
                .toList();
    }

    @Test
    void acceptsOneWithAnAddressAndAllItsData() {
        var crm = new Identity("crmId", "4711");

        assertThat(faults(recipient(crm, "ada@example.com", ORDER))).isEmpty();
    }

    private static CampaignDefinition definition(String namespace, ProfileLookup lookup) {
        return aDefinition().knowingPeopleBy(namespace).lookingUp(lookup).saying(CONTENT).build();
    }

    @ParameterizedTest
    @EnumSource(value = ProfileLookup.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void leavesToTheProfileWhatTheCallDoesNotCarry(ProfileLookup lookup) {
        Recipient bare = recipient(new Identity("crmId", "4711"), "", ORDER);

        assertThat(faults(bare, definition("", lookup))).isEmpty();
        assertThat(faults(bare)).containsExactly("address ADDRESS_MISSING");
        assertThat(
                        faults(
                                recipient(bare.identity(), "not an address", ORDER),
                                definition("", lookup)))
                .containsExactly("address.email ADDRESS_MALFORMED");
    }

    @ParameterizedTest
    @EnumSource(value = ProfileLookup.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void wantsWholeWhatTheCallHidesOfTheProfile(ProfileLookup lookup) {
        var content =
                new EmailContent(
                        "Hi {{profile.firstName}} of {{profile.address.city}}",
                        "",
                        "",
                        "{{#profile.pets}}{{name}}{{/profile.pets}} {{profile.lastName}}",
                        "");
        Contract contract =
                Contract.of(
                        content,
                        List.of(
                                new DeclaredField(
                                        "profile.lastName",
                                        FieldType.STRING,
                                        true,
                                        false,
                                        "",
                                        "")));
        Map<String, Object> profile = new HashMap<>();
        profile.put("firstName", null);
        profile.put("lastName", " ");
        profile.put("address", Map.of());
        profile.put("pets", List.of(Map.of()));
        var email = new Identity(Identity.EMAIL, "ada@example.com");

        assertThat(violations(new Recipient(email, "", ORDER, profile), lookup, contract))
                .containsExactly(
                        "profile.lastName CONTEXT_FIELD_MISSING",
                        "profile.firstName CONTEXT_FIELD_MISSING",
                        "profile.address.city CONTEXT_FIELD_MISSING",
                        "profile.pets[0].name CONTEXT_FIELD_MISSING");
        assertThat(
                        violations(
                                new Recipient(
                                        email,
                                        "",
                                        ORDER,
                                        Map.of("address", Map.of("city", "Bath"))),
                                lookup,
                                contract))
                .isEmpty();
    }

    private static List<String> violations(
            Recipient recipient, ProfileLookup lookup, Contract contract) {
        return Admission.check(
                        recipient,
                        definition("", lookup),
                        contract,
                        new AttributeCheck(AttributeSchema.NONE))
                .stream()
                .map(violation -> violation.field() + " " + violation.reason())
                .toList();
    }

    @Test
    void takesIdentitiesOfTheCampaignsNamespaceOnly() {
        CampaignDefinition crm = definition("crmId", ProfileLookup.IF_KNOWN);

        assertThat(faults(recipient(new Identity("crmId", "4711"), "", ORDER), crm)).isEmpty();
        assertThat(faults(recipient(new Identity("email", "ada@example.com"), "", ORDER), crm))
                .containsExactly("identity.namespace IDENTITY_NAMESPACE");
    }

    @Test
    void usesAnEmailIdentityAsTheAddress() {
        Recipient recipient = recipient(new Identity(Identity.EMAIL, "ada@example.com"), "", ORDER);

        assertThat(faults(recipient)).isEmpty();
        assertThat(Admission.address(recipient)).contains(new EmailAddress("ada@example.com"));
    }

    @Test
    void saysWhereTheAddressIsWrong() {
        var crm = new Identity("crmId", "4711");
        var email = new Identity(Identity.EMAIL, "not an address");

        assertThat(faults(recipient(crm, "", ORDER))).containsExactly("address ADDRESS_MISSING");
        assertThat(faults(recipient(crm, "nobody", ORDER)))
                .containsExactly("address.email ADDRESS_MALFORMED");
        assertThat(faults(recipient(crm, "ada@xn--b\u00fccher.example", ORDER)))
                .containsExactly("address.email ADDRESS_MALFORMED");
        assertThat(faults(recipient(email, "", ORDER)))
                .containsExactly("identity.value ADDRESS_MALFORMED");
    }

    @Test
    void refusesAnIdentityThatIsAnotherOneToOthersWhereverTheMessageGoes() {
        var street = new Identity(Identity.EMAIL, "ada@stra\u00dfe.de");

        assertThat(faults(recipient(street, "", ORDER)))
                .containsExactly("identity.value ADDRESS_MALFORMED");
        assertThat(faults(recipient(street, "ada@example.com", ORDER)))
                .containsExactly("identity.value ADDRESS_MALFORMED");
    }

    @ParameterizedTest
    @CsvSource({
        "email, a***@example.com, ADDRESS_MALFORMED",
        "email, a***, ADDRESS_MALFORMED",
        "crmId, 4***, SYNTAX"
    })
    void refusesTheMaskOfAnIdentityWhereverTheMessageGoes(
            String namespace, String mask, ViolationReason reason) {
        var masked = new Identity(namespace, mask);

        assertThat(faults(recipient(masked, "ada@example.com", ORDER)))
                .containsExactly("identity.value " + reason);
    }

    @Test
    void refusesAnIdentityWhoseAddressNobodyWouldTakeForOne() {
        var email = new Identity("Email", "ada@example.com");

        assertThat(faults(recipient(email, "ada@example.com", ORDER)))
                .containsExactly("identity.namespace SYNTAX");
    }

    @Test
    void saysWhatTheContentLacks() {
        var email = new Identity(Identity.EMAIL, "ada@example.com");

        assertThat(faults(recipient(email, "", Map.of("order", Map.of()))))
                .containsExactly("context.order.id CONTEXT_FIELD_MISSING");
    }

    @ParameterizedTest
    @EnumSource(ProfileLookup.class)
    void holdsTheSchemaAgainstWhatIsLaidOverAttributes(ProfileLookup lookup) {
        var schema =
                new AttributeSchema(
                        List.of(
                                new AttributeDefinition("plan", AttributeType.STRING),
                                new AttributeDefinition("address.city", AttributeType.STRING)),
                        true);
        CampaignDefinition definition = definition("", lookup);

        assertThat(
                        faults(
                                overlaid(
                                        Map.of(
                                                "plan",
                                                7L,
                                                "address",
                                                Map.of("zip", "8010", "city", "Graz"))),
                                definition,
                                schema))
                .containsExactlyInAnyOrder(
                        "profile.plan ATTRIBUTE_TYPE", "profile.address.zip ATTRIBUTE_UNKNOWN");
        assertThat(faults(overlaid(Map.of("plan", "gold")), definition, schema)).isEmpty();
        assertThat(faults(overlaid(Map.of()), definition, schema)).isEmpty();
        assertThat(faults(overlaid(Map.of("plan", 7L)), definition)).isEmpty();
    }

    @Test
    void letsACallHideWhateverIsKnown() {
        var closed = new AttributeSchema(List.of(), true);

        assertThat(
                        faults(
                                overlaid(Collections.singletonMap("plan", null)),
                                definition("", ProfileLookup.NONE),
                                closed))
                .isEmpty();
    }

    @Test
    void namesNoMoreAttributesThanAnAnswerHasRoomFor() {
        var closed = new AttributeSchema(List.of(), true);
        Map<String, Object> many =
                IntStream.range(0, 1_000)
                        .boxed()
                        .collect(Collectors.toMap(number -> "a" + number, number -> number));

        assertThat(faults(overlaid(many), definition("", ProfileLookup.NONE), closed)).hasSize(20);
    }

    private static Recipient overlaid(Map<String, Object> profile) {
        return new Recipient(new Identity(Identity.EMAIL, "ada@example.com"), "", ORDER, profile);
    }

    @Test
    void keepsTheReservedName() {
        var email = new Identity(Identity.EMAIL, "ada@example.com");
        Map<String, Object> context = Map.of("order", Map.of("id", "A-1"), "system", "x");

        assertThat(faults(recipient(email, "", context)))
                .containsExactly("context.system CONTEXT_RESERVED");
    }
}
