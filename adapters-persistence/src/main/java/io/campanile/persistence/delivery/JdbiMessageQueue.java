package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.ClaimedMessage;
import io.campanile.application.delivery.port.DueCampaign;
import io.campanile.application.delivery.port.MarkResult;
import io.campanile.application.delivery.port.MarkTerms;
import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Recording;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The queue on PostgreSQL. Whoever changes a message's state holds the lock of its queue row, and
/// reads the state in a statement after the one that took the lock: only that one sees what the
/// former holder wrote.
public final class JdbiMessageQueue implements MessageQueue {
    private static final int LOOKED_AT_ONCE = 20_000;

    private final Store store;
    private final ExpiredRows expired;

    public JdbiMessageQueue(Store store) {
        this(store, LOOKED_AT_ONCE);
    }

    /// @param lookedAtOnce how many messages one statement looks at that looks through the queue
    public JdbiMessageQueue(Store store, int lookedAtOnce) {
        this.store = store;
        this.expired = new ExpiredRows(store, lookedAtOnce);
    }

    private static final String DUE_CAMPAIGNS = Sql.of(JdbiMessageQueue.class, "due-campaigns.sql");

    @Override
    public Set<DueCampaign> dueCampaigns(Instant now) {
        return store.inStatement(handle ->
                handle.createQuery(DUE_CAMPAIGNS)
                        .bind("now", now)
                        .map((row, _) ->
                                new DueCampaign(
                                        Lane.valueOf(row.getString(1)),
                                        new ChannelConfigurationId(row.getObject(2, UUID.class)),
                                        new CampaignId(row.getObject(3, UUID.class))))
                        .set());
    }

    @Override
    public List<ClaimedMessage> claim(
            NodeId node,
            Lane lane,
            ChannelConfigurationId configuration,
            Collection<CampaignId> campaigns,
            int places,
            Instant leaseEndTime,
            Instant now) {
        return store.inTransaction(handle -> {
            List<UUID> due = ClaimRows.lockDue(handle, lane, configuration, campaigns, places, now);
            return due.isEmpty()
                    ? List.of()
                    : ClaimRows.claim(handle, node, due, leaseEndTime, now);
        });
    }

    @Override
    public MarkResult mark(NodeId node, MarkTerms terms, List<Marking> markings, Instant now) {
        List<Marking> sorted =
                markings.stream().sorted(Comparator.comparing(m -> m.claim().message())).toList();
        if (sorted.isEmpty()) {
            return MarkResult.NONE;
        }
        return terms.again()
                ? store.inTransaction(handle -> markAgain(handle, node, terms, sorted, now))
                : store.inStatement(handle -> MarkRows.mark(handle, node, terms, sorted, now));
    }

    // Locks in the order of the messages given, which are sorted.
    private static final String LOCK_CLAIMED =
            """
            SELECT q.message_id
            FROM unnest(:messages, :epochs) AS c (message_id, claim_epoch)
            CROSS JOIN LATERAL (
              SELECT m.message_id
              FROM message_queue m
              WHERE m.message_id = c.message_id AND m.claim_epoch = c.claim_epoch AND m.owner = :node
              FOR UPDATE
            ) AS q
            """;

    /// An earlier mark may still run: who waits for its locks first sees what it did.
    private static MarkResult markAgain(
            Handle handle, NodeId node, MarkTerms terms, List<Marking> sorted, Instant now) {
        lock(handle, node, sorted.stream().map(Marking::claim).toList());
        return MarkRows.mark(handle, node, terms, sorted, now);
    }

    @Override
    public Set<MessageId> record(List<Recording> recordings) {
        List<Recording> sorted =
                recordings.stream().sorted(Comparator.comparing(r -> r.claim().message())).toList();
        List<Recording> settled =
                sorted.stream().filter(r -> r.state() instanceof MessageState.Settled).toList();
        List<Recording> deferred =
                sorted.stream().filter(r -> r.state() instanceof MessageState.Deferred).toList();
        if (settled.size() + deferred.size() < sorted.size()) {
            throw new IllegalArgumentException("only settled and deferred states are recorded");
        }
        if (deferred.isEmpty()) {
            return settled.isEmpty()
                    ? Set.of()
                    : store.inStatement(handle -> RecordRows.settle(handle, settled));
        }
        return store.inTransaction(handle -> {
            RecordRows.lock(handle, sorted);
            var recorded = new HashSet<MessageId>();
            if (!settled.isEmpty()) {
                recorded.addAll(RecordRows.settle(handle, settled));
            }
            recorded.addAll(RecordRows.defer(handle, deferred));
            return recorded;
        });
    }

    private static final String NOTE_LONE_TRY =
            """
            UPDATE message_queue
            SET lone_tries = :tries
            WHERE message_id = :message AND claim_epoch = :epoch AND owner = :node
            """;

    @Override
    public void noteLoneTry(NodeId node, Claim claim, int tries) {
        store.inStatement(handle ->
                handle.createUpdate(NOTE_LONE_TRY)
                        .bind("tries", tries)
                        .bind("message", claim.message().value())
                        .bind("epoch", claim.epoch().value())
                        .bind("node", node.value())
                        .execute());
    }

    private static final String HELD = Sql.of(JdbiMessageQueue.class, "held.sql");

    @Override
    public Set<MessageId> held(NodeId node, List<Claim> claims) {
        if (claims.isEmpty()) {
            return Set.of();
        }
        List<Claim> sorted = sorted(claims);
        return store.inStatement(handle ->
                claimed(handle.createQuery(HELD), node, sorted)
                        .bind("first", sorted.getFirst().message().value())
                        .bind("last", sorted.getLast().message().value())
                        .mapTo(UUID.class)
                        .map(MessageId::new)
                        .collect(Collectors.toSet()));
    }

    @Override
    public void release(NodeId node, List<Claim> claims, Instant dueTime) {
        if (claims.isEmpty()) {
            return;
        }
        List<Claim> sorted = sorted(claims);
        store.inTransaction(
                handle -> HeldRows.giveBack(handle, lock(handle, node, sorted), dueTime));
    }

    private static List<UUID> lock(Handle handle, NodeId node, List<Claim> sorted) {
        return claimed(handle.createQuery(LOCK_CLAIMED), node, sorted).mapTo(UUID.class).list();
    }

    private static Query claimed(Query query, NodeId node, List<Claim> claims) {
        return query.bind("messages", SqlArrays.uuids(claims, c -> c.message().value()))
                .bind("epochs", SqlArrays.integers(claims, c -> c.epoch().value()))
                .bind("node", node.value());
    }

    private static List<Claim> sorted(List<Claim> claims) {
        return claims.stream().sorted(Comparator.comparing(Claim::message)).toList();
    }

    @Override
    public int releaseAll(NodeId node, Instant dueTime) {
        return HeldRows.giveBack(store, node, dueTime);
    }

    private static final String LOCK_CANCELLED =
            Sql.of(JdbiMessageQueue.class, "lock-cancelled.sql");

    @Override
    public int cancelStopped(int limit, Instant now) {
        return store.inTransaction(handle -> {
            List<Settlement.Locked> locked =
                    handle.createQuery(LOCK_CANCELLED)
                            .bind("limit", limit)
                            .bind("now", now)
                            .map((row, _) -> Settlement.Locked.of(row))
                            .list();
            return Settlement.settleLocked(
                    handle, locked, new MessageState.Cancelled(Reason.CAMPAIGN_STOPPED, now));
        });
    }

    @Override
    public int expireHeld(int limit, Instant now) {
        return expired.settle(limit, now);
    }
}
