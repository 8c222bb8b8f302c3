package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;
import io.campanile.domain.ruleset.QuietHours;
import io.campanile.domain.ruleset.QuietHours.Behaviour;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Nobody gets marketing in quiet hours, by their own clock. Where several quiet hours overlap or
/// follow each other, the message waits for the end of all of them. Those that discard messages win
/// over those that make them wait.
final class QuietHoursRule implements EligibilityRule {
    /// Longer than this, nothing waits for quiet hours.
    static final Duration LONGEST_WAIT = Duration.ofDays(7);

    /// Where rule sets say the same, always the same one is named.
    private static final Comparator<Quiet> LASTING_LONGEST =
            Comparator.comparing(Quiet::end).thenComparing(found -> found.set().id().value());

    @Override
    public Rule rule() {
        return Rule.QUIET_HOURS;
    }

    @Override
    public Decision decide(Facts facts, Instant now) {
        RuleFacts rules = facts.rules();
        return quiet(rules, now, Behaviour.DISCARD)
                .or(() -> quiet(rules, now, Behaviour.QUEUE))
                .map(found -> found.decision(rules, now))
                .orElseGet(Decision.Deliver::new);
    }

    /// The quiet hours that the instant lies in; of several, those that last longest.
    private static Optional<Quiet> quiet(RuleFacts rules, Instant at, Behaviour behaviour) {
        return rules.ruleSets().stream()
                .flatMap(set -> quiet(set, rules.zone(), at))
                .filter(found -> found.hours().behaviour() == behaviour)
                .max(LASTING_LONGEST);
    }

    private static Stream<Quiet> quiet(RuleSetFacts set, ZoneId zone, Instant at) {
        return set.quietHours().stream()
                .flatMap(hours ->
                        hours.endOf(at, zone).map(end -> new Quiet(set, hours, end)).stream());
    }

    private record Quiet(RuleSetFacts set, QuietHours hours, Instant end) {
        Decision decision(RuleFacts rules, Instant now) {
            String source =
                    "quiet_hours %s to %s, %s"
                            .formatted(hours.start(), hours.end(), rules.zone().getId());
            var evidence = new Evidence(set.name().toString(), source, set.since());
            if (hours.behaviour() == Behaviour.DISCARD) {
                return new Decision.Exclude(
                        Reason.QUIET_HOURS,
                        evidence,
                        "A message is possible from " + end + " on, as far as these hours go.");
            }
            Instant latest = now.plus(LONGEST_WAIT);
            Instant until = end;
            for (Optional<Quiet> next = Optional.of(this);
                    next.isPresent() && !until.isAfter(latest);
                    next = quiet(rules, until, Behaviour.QUEUE)) {
                until = next.get().end();
            }
            return until.isAfter(latest)
                    ? new Decision.Exclude(
                            Reason.QUIET_HOURS,
                            evidence,
                            "The quiet hours would have to end within 7 days.")
                    : new Decision.Defer(until, Reason.QUIET_HOURS, evidence);
        }
    }
}
