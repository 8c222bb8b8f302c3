package io.campanile.testkit.consent;

import io.campanile.application.consent.port.Consents;
import io.campanile.application.query.Query;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentHistory;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Consents in a list.
public final class InMemoryConsents implements Consents {
    private static final InMemoryList<ConsentRecord> LIST =
            new InMemoryList<>((record, _) -> record.time(), Consents.FIELDS);

    private final List<ConsentRecord> records = new CopyOnWriteArrayList<>();
    private final Set<ConsentRecordId> counting = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<ConsentRecord> find(WorkspaceId workspace, ConsentRecordId id) {
        return records.stream()
                .filter(record -> record.workspace().equals(workspace) && record.id().equals(id))
                .findFirst();
    }

    @Override
    public List<ConsentRecord> lock(WorkspaceId workspace, ConsentSubject subject) {
        return current(workspace, subject);
    }

    @Override
    public void lock(WorkspaceId workspace, Collection<ConsentSubject> subjects) {
        // There is nobody else.
    }

    @Override
    public Optional<ConsentRecord> newest(
            WorkspaceId workspace, ConsentSubject subject, ConsentLevel level) {
        return of(workspace, subject).stream()
                .filter(record -> record.level().equals(level))
                .max(Comparator.comparing(ConsentRecord::time));
    }

    @Override
    public List<ConsentRecord> before(WorkspaceId workspace, Collection<ConsentRecord> said) {
        return said.stream().flatMap(record -> before(workspace, record)).distinct().toList();
    }

    private Stream<ConsentRecord> before(WorkspaceId workspace, ConsentRecord record) {
        List<ConsentRecord> ofLevel =
                of(workspace, record.subject()).stream()
                        .filter(other -> other.level().equals(record.level()))
                        .toList();
        ConsentHistory history = ConsentHistory.of(ofLevel);
        return Stream.of(
                        history.newest().stream(),
                        history.answer().stream(),
                        ofLevel.stream().filter(other -> other.time().equals(record.time())))
                .flatMap(found -> found);
    }

    @Override
    public void add(Collection<ConsentRecord> added, Set<ConsentRecordId> nowCounting) {
        for (ConsentRecord record : added) {
            if (nowCounting.contains(record.id())) {
                of(record.workspace(), record.subject()).stream()
                        .filter(before -> before.level().equals(record.level()))
                        .forEach(before -> counting.remove(before.id()));
                counting.add(record.id());
            }
            records.add(record);
        }
    }

    @Override
    public void move(
            WorkspaceId workspace,
            ConsentSubject.OfProfile from,
            ConsentSubject.OfProfile to,
            Collection<ConsentRecordId> nowCounting) {
        List<ConsentRecord> moved = of(workspace, from);
        records.removeAll(moved);
        moved.stream().map(record -> record.of(to)).forEach(records::add);
        moved.stream()
                .map(ConsentRecord::id)
                .filter(id -> !nowCounting.contains(id))
                .forEach(counting::remove);
        Set<ConsentLevel> levels =
                moved.stream()
                        .filter(record -> nowCounting.contains(record.id()))
                        .map(ConsentRecord::level)
                        .collect(Collectors.toSet());
        of(workspace, to).stream()
                .filter(record -> levels.contains(record.level()))
                .map(ConsentRecord::id)
                .filter(id -> !nowCounting.contains(id))
                .forEach(counting::remove);
    }

    @Override
    public void forget(WorkspaceId workspace, ConsentSubject subject) {
        records.removeAll(of(workspace, subject));
    }

    @Override
    public List<ConsentRecord> current(WorkspaceId workspace, ConsentSubject subject) {
        Map<ConsentLevel, ConsentRecord> newest = new LinkedHashMap<>();
        of(workspace, subject).stream()
                .filter(record -> counting.contains(record.id()))
                .forEach(record -> newest.put(record.level(), record));
        return newest.values().stream()
                .sorted(
                        Comparator.comparing((ConsentRecord record) -> channel(record.level()))
                                .thenComparing(record -> record.level().purpose().name())
                                .thenComparing(record -> record.level().topic()))
                .toList();
    }

    @Override
    public Set<EmailAddress> denying(WorkspaceId workspace, Collection<EmailAddress> names) {
        return names.stream()
                .filter(name ->
                        current(workspace, new ConsentSubject.OfAddress(name)).stream()
                                .anyMatch(record -> record.state() == ConsentState.DENIED))
                .collect(Collectors.toSet());
    }

    @Override
    public List<ConsentRecord> list(WorkspaceId workspace, ConsentSubject subject, Query query) {
        return LIST.page(of(workspace, subject), query);
    }

    private List<ConsentRecord> of(WorkspaceId workspace, ConsentSubject subject) {
        return records.stream()
                .filter(record -> record.workspace().equals(workspace))
                .filter(record -> record.subject().equals(subject))
                .toList();
    }

    private static String channel(ConsentLevel level) {
        Channel channel = level.channel();
        return channel == null ? "ANY" : channel.name();
    }
}
