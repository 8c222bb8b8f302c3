package io.campanile.domain.eligibility;

import io.campanile.domain.content.Finding;
import io.campanile.domain.message.Reason;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many members of an audience would be written to, and why the others would not, estimated
/// from decisions about some of them. Exact when all were decided about.
///
/// @param members how many there are
/// @param sample how many were decided about
/// @param included how many would be written to, also those who would get it later
/// @param deferred how many of those would get it later
/// @param excluded the others, by what excludes them, the most frequent reason first
public record AudienceEstimate(
        long members, int sample, long included, long deferred, List<Excluded> excluded) {
    public AudienceEstimate {
        excluded = List.copyOf(excluded);
    }

    /// How many are excluded for a reason.
    public record Excluded(Reason reason, long count) {}

    /// The members, when nobody asked what would become of them.
    public static AudienceEstimate ofNobody(long members) {
        return new AudienceEstimate(members, 0, 0, 0, List.of());
    }

    /// Scales the decisions about a sample up to all. What is rounded are running sums, not single
    /// counts, so that the counts add up to all members.
    ///
    /// @param decisions about members chosen without regard to what is decided by
    public static AudienceEstimate of(long members, List<Decision> decisions) {
        if (decisions.isEmpty()) {
            return ofNobody(members);
        }
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        int deferred = 0;
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Exclude(var reason, _, _) -> reasons.merge(reason, 1, Integer::sum);
                case Decision.Defer _ -> deferred++;
                case Decision.Deliver _ -> {}
            }
        }
        int sample = decisions.size();
        List<Excluded> excluded = new ArrayList<>(reasons.size());
        long before = 0;
        int counted = 0;
        for (var entry : mostFrequentFirst(reasons)) {
            counted += entry.getValue();
            long until = scaled(counted, sample, members);
            excluded.add(new Excluded(entry.getKey(), until - before));
            before = until;
        }
        long included = members - before;
        return new AudienceEstimate(
                members,
                sample,
                included,
                Math.min(included, scaled(deferred, sample, members)),
                excluded);
    }

    /// What a review has to say when nobody would be written to. Nothing about an audience without
    /// members: whoever finds that needs no decisions.
    public Optional<Finding> finding(String audience) {
        return sample == 0 || included > 0 ? Optional.empty() : Optional.of(unreached(audience));
    }

    private Finding unreached(String audience) {
        return new Finding(
                Finding.Level.WARNING,
                Finding.Code.AUDIENCE_UNREACHED,
                "audience",
                "Of the %,d members of audience %s, %s looked at, and none of them would be written to now; most often because of %s."
                        .formatted(
                                members,
                                audience,
                                sample == members ? "all were" : "%,d were".formatted(sample),
                                excluded.getFirst().reason()),
                "Ask EstimateAudience for all reasons, and ExplainRecipient, with broadcast, about"
                        + " one of them.");
    }

    private static List<Map.Entry<Reason, Integer>> mostFrequentFirst(
            Map<Reason, Integer> reasons) {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.<Reason, Integer>comparingByValue().reversed())
                .toList();
    }

    private static long scaled(long count, int sample, long members) {
        return (count * members + sample / 2) / sample;
    }
}
