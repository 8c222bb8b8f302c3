package io.campanile.application.delivery;

import io.campanile.application.delivery.port.MarkResult;
import io.campanile.application.delivery.port.MarkTerms;
import io.campanile.application.delivery.port.Marking;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.eligibility.Decided;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Marks messages. What frequency caps count is decided and reserved in the transaction of the
/// mark, while nobody else decides about the same people. So caps are exact, and a message reserves
/// nothing while it waits.
final class MarkMessages {
    private final DeliveryPorts ports;
    private final ChannelConfiguration configuration;

    MarkMessages(DeliveryPorts ports, ChannelConfiguration configuration) {
        this.ports = ports;
        this.configuration = configuration;
    }

    /// What a mark came to; what stands in neither list was lost to another claim, or given back.
    ///
    /// @param marked those to be handed over
    /// @param capped those that are one message too many
    /// @param isOutdated whether the channel configuration is another by now, so that marks of this
    ///   one are in vain
    record Marked(List<PreparedMessage> marked, List<PreparedMessage> capped, boolean isOutdated) {
        static final Marked NONE = new Marked(List.of(), List.of(), false);
    }

    /// Those to be marked apart, in this order: what caps count waits for other people, and what
    /// becomes of its mark is nothing to the rest.
    static List<List<PreparedMessage>> apart(List<PreparedMessage> prepared) {
        return Stream.of(false, true)
                .map(capped -> prepared.stream().filter(next -> next.isCapped() == capped).toList())
                .filter(some -> !some.isEmpty())
                .toList();
    }

    /// All of them in one transaction.
    ///
    /// @param again whether an earlier call may have marked them
    /// @throws io.campanile.application.store.StoreUnavailable when the database is away; then
    ///   nobody knows what was marked, and marking again is harmless
    Marked mark(List<PreparedMessage> prepared, boolean again) {
        if (prepared.stream().anyMatch(PreparedMessage::isCapped)) {
            return reserveAndMark(prepared, again);
        }
        return markNow(prepared, again, ports.clock().instant());
    }

    private Marked reserveAndMark(List<PreparedMessage> prepared, boolean again) {
        Set<PersonKey> persons = new HashSet<>();
        boolean repeated = again;
        while (true) {
            prepared.stream()
                    .map(PreparedMessage::person)
                    .filter(Objects::nonNull)
                    .forEach(persons::add);
            boolean mayBeMarked = repeated;
            Optional<Marked> marked =
                    ports.transactions()
                            .inTransaction(() -> tryToMark(prepared, mayBeMarked, persons));
            if (marked.isPresent()) {
                return marked.get();
            }
            // Some may be marked by now.
            repeated = true;
        }
    }

    /// Nothing when somebody turned out to be a person who is not locked: that person is among
    /// those to be locked then.
    private Optional<Marked> tryToMark(
            List<PreparedMessage> prepared, boolean again, Set<PersonKey> persons) {
        ports.reservations().lock(persons);
        // As exact as reservations are kept.
        Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MICROS);
        List<PreparedMessage> all = new ArrayList<>();
        List<PreparedMessage> open = prepared;
        boolean isOutdated = false;
        while (true) {
            List<PreparedMessage> decided = decideTogether(open, again, now);
            if (addUnlocked(decided, persons)) {
                return Optional.empty();
            }
            List<PreparedMessage> allowed =
                    decided.stream().filter(PreparedMessage::mayBeSent).toList();
            List<PreparedMessage> refused =
                    decided.stream().filter(next -> !next.mayBeSent()).toList();
            Marked result = markNow(allowed, again, now);
            List<PreparedMessage> marked = result.marked();
            ports.reservations()
                    .reserve(
                            marked.stream().flatMap(next -> next.reservations().stream()).toList());
            all.addAll(marked);
            isOutdated |= result.isOutdated();
            if (refused.isEmpty() || marked.size() == allowed.size()) {
                return Optional.of(new Marked(all, refused, isOutdated));
            }
            // What was not marked left something for the others.
            open = refused;
        }
    }

    private List<PreparedMessage> decideTogether(
            List<PreparedMessage> open, boolean again, Instant now) {
        Map<MessageId, ClaimEpoch> reserved = new HashMap<>();
        if (again) {
            open.forEach(next -> reserved.put(next.id(), next.claim().epoch()));
        }
        List<Decided> latest =
                ports.eligibility()
                        .decideTogether(
                                open.stream().map(PreparedMessage::earlier).toList(),
                                reserved,
                                now);
        List<PreparedMessage> decided = new ArrayList<>(open.size());
        for (int i = 0; i < open.size(); i++) {
            decided.add(open.get(i).decidedByRules(latest.get(i)));
        }
        return decided;
    }

    /// Adds whom an identity has begun to point at since it was last looked up; says whether there
    /// was anybody.
    private static boolean addUnlocked(List<PreparedMessage> decided, Set<PersonKey> locked) {
        boolean found = false;
        for (PreparedMessage next : decided) {
            PersonKey person = next.person();
            found |= person != null && locked.add(person);
        }
        return found;
    }

    private Marked markNow(List<PreparedMessage> prepared, boolean again, Instant now) {
        if (prepared.isEmpty()) {
            return Marked.NONE;
        }
        List<Marking> markings = prepared.stream().map(next -> next.marking(again)).toList();
        var terms =
                new MarkTerms(
                        configuration.id(),
                        configuration.version(),
                        now.plus(Delivery.claimNeeded(configuration)),
                        again);
        MarkResult result = ports.queue().mark(ports.node(), terms, markings, now);
        List<PreparedMessage> marked =
                prepared.stream()
                        .filter(next -> result.marked().contains(next.id()))
                        .map(PreparedMessage::marked)
                        .toList();
        return new Marked(marked, List.of(), result.isOutdated());
    }
}
