package io.campanile.testkit.eligibility;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.suppression.SuppressionFact;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/// Facts with something more, or less, on record than others.
final class MoreFacts {
    private MoreFacts() {}

    /// The same after the person said that: what they said of the level before counts no more.
    static Facts saidByPerson(Facts facts, Consent said) {
        Facts before = unsaidByPerson(facts, said.level());
        return with(
                before,
                added(before.profileConsents(), said),
                before.addressConsents(),
                before.addressSuppression(),
                before.domainSuppression());
    }

    /// The same after that was said for the address.
    static Facts saidForAddress(Facts facts, Consent said) {
        Facts before = unsaidForAddress(facts, said.level());
        return with(
                before,
                before.profileConsents(),
                added(before.addressConsents(), said),
                before.addressSuppression(),
                before.domainSuppression());
    }

    /// The same where the person never spoke of the level.
    static Facts unsaidByPerson(Facts facts, ConsentLevel level) {
        return with(
                facts,
                without(facts.profileConsents(), level),
                facts.addressConsents(),
                facts.addressSuppression(),
                facts.domainSuppression());
    }

    /// The same where nothing was said of the level for the address.
    static Facts unsaidForAddress(Facts facts, ConsentLevel level) {
        return with(
                facts,
                facts.profileConsents(),
                without(facts.addressConsents(), level),
                facts.addressSuppression(),
                facts.domainSuppression());
    }

    static Facts withAddressSuppressed(Facts facts, SuppressionFact entry) {
        return with(
                facts,
                facts.profileConsents(),
                facts.addressConsents(),
                entry,
                facts.domainSuppression());
    }

    static Facts withDomainSuppressed(Facts facts, SuppressionFact entry) {
        return with(
                facts,
                facts.profileConsents(),
                facts.addressConsents(),
                facts.addressSuppression(),
                entry);
    }

    /// The same under one rule set more.
    static Facts under(Facts facts, RuleSetFacts more) {
        RuleFacts rules = facts.rules();
        return facts.with(
                new RuleFacts(
                        Objects.requireNonNullElse(rules.person(), new PersonKey(new UUID(1, 1))),
                        rules.zone(),
                        added(rules.ruleSets(), more)));
    }

    /// The same, read in the opposite order.
    static Facts reversed(Facts facts) {
        RuleFacts rules = facts.rules();
        return with(
                        facts,
                        facts.profileConsents().reversed(),
                        facts.addressConsents().reversed(),
                        facts.addressSuppression(),
                        facts.domainSuppression())
                .with(new RuleFacts(rules.person(), rules.zone(), rules.ruleSets().reversed()));
    }

    static Consent said(ConsentLevel level, ConsentState state, Instant since) {
        String topic = level.topic();
        long of = topic.hashCode() * 2L + (level.channel() == Channel.EMAIL ? 1 : 0);
        return new Consent(
                new ConsentRecordId(new UUID(state.name().hashCode(), of)),
                level,
                state,
                "preferences",
                since);
    }

    private static Facts with(
            Facts facts,
            List<Consent> ofProfile,
            List<Consent> ofAddress,
            @Nullable SuppressionFact addressSuppression,
            @Nullable SuppressionFact domainSuppression) {
        return new Facts(
                facts.occasion(),
                facts.addressee(),
                facts.sendsWhenUnset(),
                ofProfile,
                ofAddress,
                addressSuppression,
                domainSuppression,
                facts.allowedList(),
                facts.rules());
    }

    private static List<Consent> without(List<Consent> consents, ConsentLevel level) {
        return consents.stream().filter(consent -> !consent.level().equals(level)).toList();
    }

    private static <T> List<T> added(List<T> all, T more) {
        List<T> together = new ArrayList<>(all);
        together.add(more);
        return together;
    }

    /// The levels there are for messages of a purpose, with these topics.
    static Stream<ConsentLevel> levels(Facts facts, String... topics) {
        return Stream.of(topics)
                .distinct()
                .flatMap(topic ->
                        Stream.of(
                                new ConsentLevel(null, facts.occasion().purpose(), topic),
                                new ConsentLevel(
                                        Channel.EMAIL, facts.occasion().purpose(), topic)));
    }
}
