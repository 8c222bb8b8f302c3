package io.campanile.domain.trigger;

import static io.campanile.domain.campaign.DefinitionBuilder.aDefinition;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.content.Contract;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.schema.AttributeSchema;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class RecipientsCheckTest {
    private static final EmailContent CONTENT =
            new EmailContent("Order", "", "", "Thank you, {{context.name}}.", "");
    private static final FieldViolation MALFORMED =
            new FieldViolation("address.email", ViolationReason.SYNTAX, "is no address");

    private final RecipientsCheck check =
            new RecipientsCheck(
                    aDefinition().lookingUp(ProfileLookup.NONE).saying(CONTENT).build(),
                    Contract.of(CONTENT, List.of()),
                    new AttributeCheck(AttributeSchema.NONE));

    private List<ViolationReason> next(String email, FieldViolation... syntax) {
        return check
                .next(
                        new Recipient(
                                new Identity(Identity.EMAIL, email),
                                "",
                                Map.of("name", "Ada"),
                                Map.of()),
                        List.of(syntax))
                .stream()
                .map(FieldViolation::reason)
                .toList();
    }

    @Test
    void tellsEachAtLeastOneAndNotMuchMoreThanAThousandTogether() {
        FieldViolation[] hundred =
                Collections.nCopies(100, MALFORMED).toArray(FieldViolation[]::new);
        List<Integer> told =
                IntStream.range(0, 13).mapToObj(i -> next("p" + i, hundred).size()).toList();

        assertThat(told.subList(0, 10)).containsOnly(100);
        assertThat(told.subList(10, 13)).containsOnly(1);
        assertThat(next("fine@example.com")).isEmpty();
    }

    @Test
    void takesEverybodyOnce() {
        assertThat(next("ada@example.com")).isEmpty();
        assertThat(next("bob@example.com")).isEmpty();
        assertThat(next("ada@example.com")).containsExactly(ViolationReason.IDENTITY_REPEATED);
    }

    @Test
    void takesTwoSpellingsOfAnAddressForTheSamePerson() {
        assertThat(next("Ada@Example.com")).isEmpty();
        assertThat(next("ada@example.com")).containsExactly(ViolationReason.IDENTITY_REPEATED);
        assertThat(next("ADA@example.com")).containsExactly(ViolationReason.IDENTITY_REPEATED);
    }

    @Test
    void takesNobodyInPlaceOfOneWhoWasRefused() {
        assertThat(next("ada@example.com", MALFORMED)).containsExactly(ViolationReason.SYNTAX);
        assertThat(next("ada@example.com", MALFORMED))
                .containsExactly(ViolationReason.SYNTAX, ViolationReason.IDENTITY_REPEATED);
    }

    @Test
    void callsNobodyARepetitionWhoseIdentityIsNone() {
        var missing = new FieldViolation("identity.value", ViolationReason.SYNTAX, "is required");

        assertThat(next("", missing)).containsExactly(ViolationReason.SYNTAX);
        assertThat(next("", missing)).containsExactly(ViolationReason.SYNTAX);
    }

    @Test
    void looksFurtherOnlyWhereTheSyntaxIsRight() {
        assertThat(next("no address")).containsExactly(ViolationReason.ADDRESS_MALFORMED);
        assertThat(next("none either", MALFORMED)).containsExactly(ViolationReason.SYNTAX);
    }
}
