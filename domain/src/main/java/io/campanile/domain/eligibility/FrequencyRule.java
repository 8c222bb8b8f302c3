package io.campanile.domain.eligibility;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.message.Reason;
import io.campanile.domain.ruleset.FrequencyCap;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Nobody gets more marketing within a window than a cap allows. Of several caps that are used up,
/// the one that lasts longest is named.
final class FrequencyRule implements EligibilityRule {
    /// Where rule sets say the same, always the same one is named.
    private static final Comparator<UsedUp> LASTING_LONGEST =
            Comparator.comparing(UsedUp::freeTime).thenComparing(found -> found.set().id().value());

    @Override
    public Rule rule() {
        return Rule.FREQUENCY;
    }

    @Override
    public Decision decide(Facts facts, Instant now) {
        Channel channel = facts.occasion().channel();
        return facts.rules().capping(channel).stream()
                .flatMap(set ->
                        set.caps().stream()
                                .filter(cap -> cap.counts(channel))
                                .flatMap(cap -> UsedUp.of(set, cap, now).stream()))
                .max(LASTING_LONGEST)
                .<Decision>map(UsedUp::exclusion)
                .orElseGet(Decision.Deliver::new);
    }

    /// A cap that lets nothing more through now.
    ///
    /// @param counted how many messages count, at least
    /// @param since when the last of them was reserved
    /// @param freeTime when so many have left the window that another one fits in
    private record UsedUp(
            RuleSetFacts set, FrequencyCap cap, int counted, Instant since, Instant freeTime) {
        static Optional<UsedUp> of(RuleSetFacts set, FrequencyCap cap, Instant now) {
            Instant begin = now.minus(cap.window());
            List<Instant> latest =
                    set.reserved().stream()
                            .filter(reserved -> cap.counts(reserved.channel()))
                            .map(Reservation::time)
                            .filter(time -> time.isAfter(begin))
                            .sorted(Comparator.reverseOrder())
                            .toList();
            return latest.size() < cap.maxMessages()
                    ? Optional.empty()
                    : Optional.of(
                            new UsedUp(
                                    set,
                                    cap,
                                    latest.size(),
                                    latest.getFirst(),
                                    latest.get(cap.maxMessages() - 1).plus(cap.window())));
        }

        Decision exclusion() {
            String source =
                    "max_messages %d within %s, counted %d"
                            .formatted(cap.maxMessages(), text(cap), counted);
            return new Decision.Exclude(
                    Reason.FREQUENCY_CAPPED,
                    new Evidence(set.name().toString(), source, since),
                    "Another message is possible from " + freeTime + " on.");
        }

        private static String text(FrequencyCap cap) {
            FrequencyCap.Period period = cap.period();
            Duration window = cap.window();
            return period == null ? window.toSeconds() + " s" : period.name();
        }
    }
}
