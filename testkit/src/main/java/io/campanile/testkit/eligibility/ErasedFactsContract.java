package io.campanile.testkit.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/// What every [FactSource] knows of people who were erased. Part of [FactSourceContract].
public abstract class ErasedFactsContract extends FactSourceScene {
    @Test
    void knowsTheAddressesOfErasedPeopleByTheirPseudonyms() {
        var ada = new EmailAddress("Ada@Example.com");
        EmailAddress pseudonym = stores().pseudonyms().of(strict, ada);
        Suppression suppression = suppressed(strict, pseudonym.value());
        ConsentRecord denied = deniedBy(pseudonym);

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        subject(strict, "crmId", "1", "ada@EXAMPLE.com"),
                                        subject(lenient, "crmId", "1", "ada@example.com")));

        assertThat(facts)
                .extracting(Facts::addressSuppression)
                .containsExactly(suppression.fact(), null);
        assertOnlyTheFirstSaid(denied, facts);
    }

    @Test
    void knowsWhoeverIsErasedFirstInAWorkspaceThatWasAskedAboutBefore() {
        FactSource source = stores().facts();
        EmailAddress ada = address("ada@example.com");
        List<Subject> both =
                List.of(
                        subject(strict, "crmId", "1", "ada@example.com"),
                        subject(lenient, "crmId", "1", "ada@example.com"));
        assertThat(source.load(both))
                .extracting(Facts::addressSuppression)
                .containsExactly(null, null);

        Suppression first = suppressed(strict, stores().pseudonyms().of(strict, ada).value());

        assertThat(source.load(both))
                .extracting(Facts::addressSuppression)
                .containsExactly(first.fact(), null);
        assertThat(source.load(both))
                .extracting(Facts::addressSuppression)
                .containsExactly(first.fact(), null);

        Suppression second = suppressed(lenient, stores().pseudonyms().of(lenient, ada).value());

        assertThat(source.load(both))
                .extracting(Facts::addressSuppression)
                .containsExactly(first.fact(), second.fact());
    }

    @Test
    void keepsErasedPeopleOfOneWorkspaceApartFromThePeopleOfAnother() {
        FactSource source = stores().facts();
        Subject gone = subject(strict, "crmId", "gone", "whoever@example.com");
        List<Subject> subjects =
                List.of(
                        subject(lenient, "crmId", "gone", "whoever@example.com"),
                        gone,
                        subject(lenient, "crmId", "2", "eve@example.com"));
        ConsentRecord denied = deniedBy(stores().pseudonyms().of(strict, gone.identity()));
        Suppression eve = suppressed(lenient, "eve@example.com");

        // The second time, it is known where somebody was erased.
        for (int time = 1; time <= 2; time++) {
            List<Facts> facts = source.load(subjects);

            assertThat(facts.getFirst().addressConsents()).isEmpty();
            assertThat(facts.get(1).addressConsents()).containsExactly(denied.consent());
            assertThat(facts.getLast().addressConsents()).isEmpty();
            assertThat(facts)
                    .extracting(Facts::addressSuppression)
                    .containsExactly(null, null, eve.fact());
        }
    }

    @Test
    void findsWhatIsNotBypassedUnderEitherNameOfAnAddress() {
        var ada = new EmailAddress("ada@example.com");
        Instant soon = NOON.plusSeconds(60);
        Suppression bounced = suppressed(strict, ada.value(), SuppressionReason.HARD_BOUNCE, soon);
        EmailAddress pseudonym = stores().pseudonyms().of(strict, ada);
        Suppression complaint =
                suppressed(strict, pseudonym.value(), SuppressionReason.COMPLAINT, null);

        List<Facts> facts = stores().facts().load(List.of(service(ada, true), service(ada, false)));

        assertThat(facts)
                .extracting(Facts::addressSuppression)
                .containsExactly(bounced.fact(), complaint.fact());
    }

    private Subject service(EmailAddress address, boolean bypassesComplaints) {
        var occasion =
                new Occasion(
                        strict,
                        Channel.EMAIL,
                        Purpose.SERVICE,
                        "",
                        ProfileLookup.IF_KNOWN,
                        bypassesComplaints);
        return new Subject(occasion, List.of(), new Identity("crmId", "1"), address, false, null);
    }

    @Test
    void knowsErasedPeopleWithoutAnAddressByTheirIdentities() {
        Subject subject = subject(strict, "crmId", "gone", "whoever@example.com");
        ConsentRecord denied = deniedBy(stores().pseudonyms().of(strict, subject.identity()));

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        subject,
                                        subject(strict, "crmId", "else", "whoever@example.com")));

        assertOnlyTheFirstSaid(denied, facts);
    }

    private ConsentRecord deniedBy(EmailAddress pseudonym) {
        return said(new ConsentSubject.OfAddress(pseudonym), OFFERS, ConsentState.DENIED, 0);
    }

    private static void assertOnlyTheFirstSaid(ConsentRecord denied, List<Facts> facts) {
        assertThat(facts.getFirst().addressConsents()).containsExactly(denied.consent());
        assertThat(facts.getLast().addressConsents()).isEmpty();
    }
}
