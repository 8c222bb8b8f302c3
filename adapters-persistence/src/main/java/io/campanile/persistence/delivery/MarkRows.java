package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.MarkResult;
import io.campanile.application.delivery.port.MarkTerms;
import io.campanile.application.delivery.port.Marking;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.domain.message.MessageId;
import io.campanile.persistence.MessageIds;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// The mark: one statement, one round trip.
final class MarkRows {
    private static final String MARK =
            Sql.of(
                    MarkRows.class,
                    "mark.sql",
                    Map.of(
                            "decided",
                            DecisionRows.upsert(
                                    "SELECT message_id, claim_epoch FROM judged WHERE allowed")));

    private MarkRows() {}

    /// @param markings sorted by message
    static MarkResult mark(
            Handle handle, NodeId node, MarkTerms terms, List<Marking> markings, Instant now) {
        var marked = new HashSet<MessageId>();
        List<Boolean> outdated =
                MessageIds.bind(
                                DecisionRows.bind(
                                        handle.createQuery(MARK),
                                        markings,
                                        Marking::claim,
                                        Marking::decision),
                                markings,
                                m -> m.claim().message().value())
                        .bind(
                                "epochs",
                                SqlArrays.integers(markings, m -> m.claim().epoch().value()))
                        .bind("node", node.value())
                        .bind("configuration", terms.configuration().value())
                        .bind("version", terms.version())
                        .bind("attemptEndTime", terms.attemptEndTime())
                        .bind("now", now)
                        .map((row, _) -> {
                            if (row.getBoolean("allowed")) {
                                marked.add(MessageIds.id(row));
                            }
                            return row.getBoolean("outdated");
                        })
                        .list();
        return new MarkResult(marked, outdated.contains(true));
    }
}
