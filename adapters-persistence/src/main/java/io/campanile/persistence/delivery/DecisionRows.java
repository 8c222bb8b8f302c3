package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.Claim;
import io.campanile.domain.eligibility.DecisionRecord;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.eligibility.FactsJson;

import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What is kept of decisions, written by the statement that marks or records.
final class DecisionRows {
    private record Row(Claim claim, DecisionRecord decision) {}

    private DecisionRows() {}

    /// The part of a statement that writes them.
    ///
    /// @param held a query for the messages that the statement is about, with `message_id` and
    ///   `claim_epoch`
    static String upsert(String held) {
        // IS TRUE makes the planner look them up in a hash table: as a semi-join it would read all
        // of them for each decision.
        return """
        INSERT INTO message_decision (message_id, reason, facts, decide_time)
        SELECT DISTINCT ON (d.message_id) d.message_id, d.reason, d.facts, to_timestamp(d.time)
        FROM unnest(:decidedMessages, :decidedEpochs, :decidedReasons, :decidedFacts, :decidedTimes)
          AS d (message_id, claim_epoch, reason, facts, time)
        WHERE ((d.message_id, d.claim_epoch) IN (%s)) IS TRUE
        ORDER BY d.message_id
        ON CONFLICT (message_id) DO UPDATE
        SET reason = excluded.reason, facts = excluded.facts, decide_time = excluded.decide_time
        """
                .formatted(held);
    }

    static <S extends SqlStatement<S>, T> S bind(
            S statement,
            List<T> all,
            Function<T, Claim> claim,
            Function<T, @Nullable DecisionRecord> decision) {
        List<Row> rows = new ArrayList<>();
        for (T next : all) {
            DecisionRecord kept = decision.apply(next);
            if (kept != null) {
                rows.add(new Row(claim.apply(next), kept));
            }
        }
        return statement
                .bind("decidedMessages", SqlArrays.uuids(rows, r -> r.claim().message().value()))
                .bind("decidedEpochs", SqlArrays.integers(rows, r -> r.claim().epoch().value()))
                .bind("decidedReasons", SqlArrays.texts(rows, r -> reason(r.decision())))
                .bind("decidedFacts", SqlArrays.texts(rows, r -> FactsJson.write(r.decision())))
                .bind("decidedTimes", SqlArrays.times(rows, r -> r.decision().time()));
    }

    private static @Nullable String reason(DecisionRecord decision) {
        return decision.reason() == null ? null : decision.reason().name();
    }
}
