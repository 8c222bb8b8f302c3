package io.campanile.application.eligibility;

import static java.util.Objects.requireNonNull;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.RuleSource;
import io.campanile.application.eligibility.port.RuleSubject;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.domain.eligibility.Eligibility;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.eligibility.Verdict;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Decides about recipients by what is known of them now: delivery, dry runs and explanations
/// alike. Thread-safe.
public final class DecideRecipients {
    private final FactSource facts;
    private final RuleSource rules;

    public DecideRecipients(FactSource facts, RuleSource rules) {
        this.facts = facts;
        this.rules = rules;
    }

    /// Somebody who was decided about.
    public record Earlier(Subject subject, Facts facts) {}

    /// One decision for each subject, in order.
    ///
    /// @throws io.campanile.application.store.StoreUnavailable when the facts cannot be had
    public List<Decided> decide(List<Subject> subjects, Instant now) {
        // As exact as it is kept: explained later, it must come out the same.
        Instant time = now.truncatedTo(ChronoUnit.MICROS);
        return load(subjects).stream()
                .map(known -> new Decided(known, Eligibility.decide(known, time), time))
                .toList();
    }

    /// Foretells what becomes of messages that are triggered together. Each message that would be
    /// sent counts, for caps, when those behind it are decided.
    ///
    /// @return one decision for each subject, in order
    /// @throws io.campanile.application.store.StoreUnavailable when the facts cannot be had
    public List<Decided> foretell(List<Subject> subjects, Instant then) {
        return Eligibility.decideTogether(load(subjects), then.truncatedTo(ChronoUnit.MICROS));
    }

    /// Decides once more about marketing that is handed over together, with rules read anew. Each
    /// message that is sent counts, for caps, when those behind it are decided.
    ///
    /// @param messages that exist
    /// @param reserved claims under which some of them may have reserved already
    /// @return one decision for each, in order
    /// @throws io.campanile.application.store.StoreUnavailable when the rules cannot be had
    public List<Decided> decideTogether(
            List<Earlier> messages, Map<MessageId, ClaimEpoch> reserved, Instant now) {
        Iterator<RuleFacts> newer =
                rules.load(
                                messages.stream()
                                        .map(message -> RuleSubject.of(message.subject()))
                                        .toList(),
                                reserved)
                        .iterator();
        List<Facts> known =
                messages.stream().map(message -> message.facts().with(newer.next())).toList();
        List<MessageId> ids =
                messages.stream()
                        .map(message -> requireNonNull(message.subject().message()))
                        .toList();
        return Eligibility.decideTogether(ids, known, now.truncatedTo(ChronoUnit.MICROS));
    }

    /// What every rule says about somebody, in their order.
    ///
    /// @param at when they would be written to: what is known now is taken to hold then, but for
    ///   what will have expired
    /// @throws io.campanile.application.store.StoreUnavailable when the facts cannot be had
    public List<Verdict> explain(Subject subject, Instant at) {
        return Eligibility.explain(load(List.of(subject)).getFirst(), at);
    }

    /// What every rule said when a message was decided.
    ///
    /// @param expireTime of the message: what would have had to wait as long was excluded
    public static List<Verdict> explain(DecisionRecord decision, Instant expireTime) {
        return Eligibility.explain(decision.facts(), decision.time()).stream()
                .map(verdict -> verdict.before(expireTime))
                .toList();
    }

    /// What every rule said about a message that was handed over although nothing was kept of its
    /// decision.
    ///
    /// @param address of the call
    /// @param at about when
    public static List<Verdict> explainWithoutRecord(
            WorkspaceId workspace, @Nullable EmailAddress address, Instant at) {
        return Eligibility.explain(DecisionRecord.factsWithoutRecord(workspace, address), at);
    }

    /// Only marketing has rule sets; other messages do not pay for them.
    private List<Facts> load(List<Subject> subjects) {
        List<Facts> known = facts.load(subjects);
        List<RuleSubject> marketing = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            if (subjects.get(i).occasion().isMarketing()) {
                marketing.add(new RuleSubject(subjects.get(i), known.get(i).addressee().person()));
            }
        }
        if (marketing.isEmpty()) {
            return known;
        }
        Iterator<RuleFacts> loaded = rules.load(marketing).iterator();
        List<Facts> all = new ArrayList<>(known.size());
        for (int i = 0; i < known.size(); i++) {
            boolean hasRules = subjects.get(i).occasion().isMarketing();
            all.add(hasRules ? known.get(i).with(loaded.next()) : known.get(i));
        }
        return all;
    }
}
