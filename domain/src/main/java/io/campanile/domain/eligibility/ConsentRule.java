package io.campanile.domain.eligibility;

import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.message.Reason;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A denial at any level that covers the message excludes, whatever was granted above or below it.
/// Marketing needs more: that the person granted a level that covers it, or that nobody said
/// anything and the workspace takes that for a yes. What was said for an address can only deny.
final class ConsentRule implements EligibilityRule {
    private static final Decision NOTHING_SAID =
            new Decision.Exclude(
                    Reason.CONSENT_DENIED,
                    Evidence.NOTHING_ON_RECORD,
                    "The person would have to agree, or the workspace to send where nothing was"
                            + " said.");

    private static final String GRANT = "Whoever refused would have to grant the same level.";

    /// What stands for an address no person's yes lifts; with it stands what people refused who
    /// were erased, by their identities too.
    private static final String GRANT_FOR_ADDRESS =
            "The same level would have to be granted for the address, with `address` in"
                    + " RecordConsent; where that changes nothing, with `identity`.";

    /// Which record is named does not depend on the order they were read in.
    private static final Comparator<Consent> OLDEST_FIRST =
            Comparator.comparing(Consent::since).thenComparing(consent -> consent.record().value());

    @Override
    public Rule rule() {
        return Rule.CONSENT;
    }

    @Override
    public Decision decide(Facts facts, Instant now) {
        Optional<Consent> denial =
                Stream.concat(
                                covering(facts, facts.addressConsents()),
                                covering(facts, facts.profileConsents()))
                        .filter(consent -> consent.state() == ConsentState.DENIED)
                        .min(OLDEST_FIRST);
        if (denial.isPresent()) {
            boolean ofAddress = facts.addressConsents().contains(denial.get());
            return excluded(facts, denial.get(), ofAddress ? GRANT_FOR_ADDRESS : GRANT);
        }
        return facts.occasion().purpose() == Purpose.SERVICE
                ? new Decision.Deliver()
                : unlessGranted(facts);
    }

    private static Decision unlessGranted(Facts facts) {
        List<Consent> said = covering(facts, facts.profileConsents()).toList();
        if (said.stream().anyMatch(consent -> consent.state() == ConsentState.GRANTED)) {
            return new Decision.Deliver();
        }
        Optional<Consent> question = said.stream().min(OLDEST_FIRST);
        if (question.isPresent()) {
            return excluded(
                    facts, question.get(), "The person would have to confirm their consent.");
        }
        return facts.sendsWhenUnset() ? new Decision.Deliver() : NOTHING_SAID;
    }

    private static Stream<Consent> covering(Facts facts, List<Consent> consents) {
        return consents.stream().filter(facts.occasion()::isCoveredBy);
    }

    private static Decision excluded(Facts facts, Consent consent, String remedy) {
        String record = consent.record().nameIn(facts.occasion().workspace());
        return new Decision.Exclude(
                Reason.CONSENT_DENIED,
                new Evidence(record, consent.source(), consent.since()),
                remedy);
    }
}
