package io.campanile.domain.consent;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What decides, of everything that one subject said about one level, whether something more that
/// was said counts. The order is that of the times at which things were said, however late they
/// were recorded: the result is as if each had been recorded when it was said. So the newest answer
/// counts; of two at one time, the denial. Where nobody answered, the newest question counts. A
/// question lifts no denial and takes no yes away, because whoever types somebody's address into a
/// form can cause one. Only where two people turned out to be one may an older denial count: see
/// [ConsentRecord#outweighs].
///
/// @param newest of all
/// @param answer the newest that is no question
public record ConsentHistory(Optional<ConsentRecord> newest, Optional<ConsentRecord> answer) {
    private static final Comparator<ConsentRecord> ORDER =
            Comparator.comparing(ConsentRecord::time)
                    .thenComparing(record -> record.state() == ConsentState.DENIED);

    /// The history of one subject at one level.
    ///
    /// @param records among which are the newest and the newest answer
    public static ConsentHistory of(Collection<ConsentRecord> records) {
        return new ConsentHistory(
                records.stream().max(ORDER),
                records.stream().filter(record -> isAnswer(record)).max(ORDER));
    }

    /// Where a record stands in it: behind all the others, unless it was brought over.
    public ConsentRecord placed(ConsentRecord record) {
        return newest.map(record::saidAfter).orElse(record);
    }

    /// Whether a record counts from now on, in place of the one that does.
    public boolean letsCount(ConsentRecord record) {
        return isAnswer(record)
                ? answer.map(before -> follows(record, before)).orElse(true)
                : answer.isEmpty() && newest.map(before -> follows(record, before)).orElse(true);
    }

    /// Of two answers of one time that say the same, the first keeps its place.
    private static boolean follows(ConsentRecord record, ConsentRecord before) {
        return ORDER.compare(record, before) > 0;
    }

    private static boolean isAnswer(ConsentRecord record) {
        return record.state() != ConsentState.PENDING;
    }
}
