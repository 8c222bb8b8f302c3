package io.campanile.application.campaign;

import io.campanile.domain.campaign.CampaignName;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Campaigns that could not be changed, each left alone for twice as long as the time before: so
/// that the others get their turn, and the log is not full of them. In memory: another node, and
/// the next start, try for themselves. Thread-safe.
final class FaultyCampaigns {
    private final Duration first;
    private final Duration longest;
    private final Map<CampaignName, Rest> rests = new ConcurrentHashMap<>();

    /// None yet.
    ///
    /// @param first how long one is left alone that failed for the first time
    /// @param longest how long at most
    FaultyCampaigns(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    private record Rest(Instant end, Duration length) {}

    /// Those to be left alone now.
    Set<CampaignName> resting(Instant now) {
        // Whose time came long ago is not due any more: somebody repaired it, or it was deleted.
        // A clock that is set back lets none rest for longer.
        rests.values()
                .removeIf(rest ->
                        rest.end().plus(longest).isBefore(now)
                                || rest.end().isAfter(now.plus(longest)));
        return rests.entrySet().stream()
                .filter(each -> each.getValue().end().isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Notes that one failed.
    ///
    /// @return how long it is left alone
    Duration failed(CampaignName name, Instant now) {
        return rests.merge(
                        name,
                        new Rest(now.plus(first), first),
                        (before, _) -> {
                            Duration length = shorter(before.length().multipliedBy(2), longest);
                            return new Rest(now.plus(length), length);
                        })
                .length();
    }

    void succeeded(CampaignName name) {
        rests.remove(name);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
