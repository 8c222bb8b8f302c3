package io.campanile.server.node;

import io.campanile.persistence.OldestSnapshot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Watches for transactions of the database that last: as long as one does, nothing that has
/// settled leaves the indexes of the queue, and each claim reads past it.
final class SnapshotWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWatch.class);

    /// A minute or two make no difference.
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Supplier<Optional<OldestSnapshot>> oldest;

    SnapshotWatch(Supplier<Optional<OldestSnapshot>> oldest) {
        this.oldest = oldest;
    }

    /// Says in the log what there is to say.
    void look() {
        warning().ifPresent(LOG::warn);
    }

    /// That delivery gets slower.
    Optional<String> warning() {
        return oldest.get()
                .filter(each -> each.age().compareTo(LONG) >= 0)
                .map(each ->
                        "a transaction of the database lasts: claims get slower until it ends"
                                + " application="
                                + each.application()
                                + " minutes="
                                + each.age().toMinutes());
    }
}
