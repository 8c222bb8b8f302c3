package io.campanile.application.consent;

import io.campanile.application.consent.port.Consents;
import io.campanile.domain.consent.ConsentHistory;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentSubject;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Records what was said at its place in the history of its subject and level. Thread-safe.
final class ConsentBook {
    private final Consents consents;
    private final FormerDenials formerDenials;

    ConsentBook(Consents consents, FormerDenials formerDenials) {
        this.consents = consents;
        this.formerDenials = formerDenials;
    }

    /// Writes records, one after the other, within the running transaction.
    ///
    /// @param said of one workspace; their subjects are locked
    /// @return one for each, in order; what was brought over before is not written again, and what
    ///   stands there is answered
    List<ConsentRecord> write(List<ConsentRecord> said, boolean validateOnly) {
        if (said.isEmpty()) {
            return List.of();
        }
        var pages = new Pages(consents.before(said.getFirst().workspace(), said));
        List<ConsentRecord> written = new ArrayList<>(said.size());
        for (ConsentRecord record : said) {
            written.add(pages.write(record));
        }
        if (!validateOnly) {
            consents.add(pages.added, pages.counting());
            formerDenials.liftFor(pages.newest.values());
        }
        return written;
    }

    private record HistoryKey(ConsentSubject subject, ConsentLevel level) {
        static HistoryKey of(ConsentRecord record) {
            return new HistoryKey(record.subject(), record.level());
        }
    }

    /// What is known of each history, with what was added to it.
    private static final class Pages {
        private final Map<HistoryKey, List<ConsentRecord>> known = new HashMap<>();
        private final Map<HistoryKey, ConsentRecord> newest = new HashMap<>();
        private final List<ConsentRecord> added = new ArrayList<>();

        Pages(Collection<ConsentRecord> before) {
            before.forEach(record -> of(record).add(record));
        }

        private List<ConsentRecord> of(ConsentRecord record) {
            return known.computeIfAbsent(HistoryKey.of(record), _ -> new ArrayList<>());
        }

        ConsentRecord write(ConsentRecord said) {
            List<ConsentRecord> before = of(said);
            for (ConsentRecord other : before) {
                if (said.isBroughtOver() && said.repeats(other)) {
                    return other;
                }
            }
            ConsentHistory history = ConsentHistory.of(before);
            ConsentRecord placed = history.placed(said);
            if (history.letsCount(placed)) {
                newest.put(HistoryKey.of(placed), placed);
            }
            before.add(placed);
            added.add(placed);
            return placed;
        }

        Set<ConsentRecordId> counting() {
            return newest.values().stream()
                    .map(ConsentRecord::id)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
