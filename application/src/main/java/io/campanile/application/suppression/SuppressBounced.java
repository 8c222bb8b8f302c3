package io.campanile.application.suppression;

import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.suppression.Bounce;
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.suppression.BounceRule.Verdict;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts addresses on the suppression list that mail came back from, or that complained, or counts
/// the bounce. An entry in force stays as it is, with two exceptions. One that expires is replaced,
/// because the address would be written to again. One for a complaint is replaced, because service
/// messages may bypass it, and would go on coming back. Thread-safe.
public final class SuppressBounced {
    private final BounceCounts counts;
    private final Suppressions suppressions;
    private final BounceRule rule;
    private final Supplier<UUID> ids;

    /// Suppresses by this rule.
    ///
    /// @param ids gives UUIDv7s
    public SuppressBounced(
            BounceCounts counts, Suppressions suppressions, BounceRule rule, Supplier<UUID> ids) {
        this.counts = counts;
        this.suppressions = suppressions;
        this.rule = rule;
        this.ids = ids;
    }

    /// Draws the consequences. To be called in the transaction that records what the attempts came
    /// to: then none is drawn twice, and none is lost.
    ///
    /// @param bounces in the order they happened
    public void take(Collection<Bounce> bounces, Instant now) {
        take(new AddressNews(List.copyOf(bounces), List.of(), Map.of()), now);
    }

    /// Draws the consequences of what was reported. To be called in the transaction that records
    /// it.
    public void take(AddressNews news, Instant now) {
        if (news.isEmpty()) {
            return;
        }
        Map<BouncedAddress, Suppression> bounced = suppressedFor(news);
        Stream<Suppression> complained =
                news.complaints().stream()
                        .filter(complaint -> !bounced.containsKey(complaint.address()))
                        .map(complaint -> complaint.suppression(new SuppressionId(ids.get())));
        enter(Stream.concat(bounced.values().stream(), complained), now);
    }

    /// Enters them workspace by workspace, in the order in which everybody locks. An address that
    /// bounced gets no entry for a complaint as well, because a bounce holds all mail back already.
    private void enter(Stream<Suppression> entries, Instant now) {
        Map<String, List<Suppression>> byWorkspace =
                entries.collect(
                        Collectors.groupingBy(
                                entry -> entry.workspace().value(),
                                TreeMap::new,
                                Collectors.toList()));
        for (List<Suppression> ofWorkspace : byWorkspace.values()) {
            var _ =
                    new SuppressionEntering(
                                    suppressions,
                                    (former, newer) -> inPlaceOf(former, newer, now),
                                    ofWorkspace.getFirst().workspace(),
                                    now)
                            .enter(ofWorkspace);
        }
    }

    private static Optional<Suppression> inPlaceOf(
            Suppression former, Suppression newer, Instant now) {
        return newer.isComplaint()
                ? former.strengthenedBy(newer, now)
                : former.afterBounce(newer, now);
    }

    /// What bounces and deliveries make of the counts, and the entries that follow. A delivery
    /// resets what was counted before it, whether that was stored before or is reported together
    /// with it.
    private Map<BouncedAddress, Suppression> suppressedFor(AddressNews news) {
        Map<BouncedAddress, BounceCount> before = Map.copyOf(counts.lock(news.counted()));
        Map<BouncedAddress, BounceCount> counted = new HashMap<>(before);
        counted.entrySet().removeIf(entry -> isReset(news, entry.getKey(), entry.getValue()));
        Map<BouncedAddress, Suppression> entries = count(news.bounces(), counted);
        counted.entrySet().removeIf(entry -> isReset(news, entry.getKey(), entry.getValue()));
        counted.keySet().removeAll(entries.keySet());
        write(before, counted, entries.keySet());
        return entries;
    }

    private Map<BouncedAddress, Suppression> count(
            List<Bounce> bounces, Map<BouncedAddress, BounceCount> counted) {
        Map<BouncedAddress, Suppression> entries = new TreeMap<>();
        for (Bounce bounce : bounces) {
            BouncedAddress address = bounce.address();
            switch (rule.after(bounce, counted.get(address))) {
                case Verdict.Count(var count) -> counted.put(address, count);
                case Verdict.Suppress(var reason) ->
                        entries.computeIfAbsent(
                                address,
                                _ -> bounce.suppression(new SuppressionId(ids.get()), reason));
            }
        }
        return entries;
    }

    /// Only what has changed.
    private void write(
            Map<BouncedAddress, BounceCount> before,
            Map<BouncedAddress, BounceCount> after,
            Set<BouncedAddress> suppressed) {
        Set<BouncedAddress> over = new HashSet<>(before.keySet());
        over.removeAll(after.keySet());
        over.addAll(suppressed);
        Map<BouncedAddress, BounceCount> changed = new HashMap<>(after);
        changed.entrySet().removeAll(before.entrySet());
        counts.put(changed);
        counts.reset(over);
    }

    private static boolean isReset(AddressNews news, BouncedAddress address, BounceCount count) {
        Instant delivery = news.deliveries().get(address);
        return delivery != null && count.isResetBy(delivery);
    }
}
