package io.campanile.persistence.eligibility;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;
import io.campanile.persistence.suppression.SuppressionRows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Facts about recipients on PostgreSQL: one statement that finds whatever there is by its key.
public final class JdbiFactSource implements FactSource {
    // Most people are on no list, so that few rows come back.
    private static final String SUPPRESSIONS =
            """
            SELECT t.position, %s
            FROM unnest(:workspaces, :targets) WITH ORDINALITY AS t (workspace, wanted, position)
            CROSS JOIN LATERAL (
              SELECT *
              FROM suppression k
              WHERE k.workspace_id = t.workspace AND k.target = t.wanted
              OFFSET 0
            ) AS s
            """
                    .formatted(SuppressionRows.COLUMNS);

    private final Store store;

    public JdbiFactSource(Store store) {
        this.store = store;
    }

    private record Wanted(String workspace, SuppressionTarget target) {}

    private record Found(int position, Suppression suppression) {}

    @Override
    public List<Facts> load(List<Subject> subjects) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        // Of each subject the address, then the domain.
        List<Wanted> wanted = new ArrayList<>(2 * subjects.size());
        for (Subject subject : subjects) {
            String workspace = subject.workspace().value();
            wanted.add(new Wanted(workspace, SuppressionTarget.of(subject.address())));
            wanted.add(new Wanted(workspace, SuppressionTarget.domainOf(subject.address())));
        }
        Map<Integer, Suppression> found = suppressions(wanted);
        List<Facts> facts = new ArrayList<>(subjects.size());
        for (int i = 0; i < subjects.size(); i++) {
            facts.add(new Facts(found.get(2 * i), found.get(2 * i + 1)));
        }
        return facts;
    }

    private Map<Integer, Suppression> suppressions(List<Wanted> wanted) {
        List<Found> rows =
                store.inStatement(handle ->
                        handle.createQuery(SUPPRESSIONS)
                                .bind("workspaces", SqlArrays.texts(wanted, Wanted::workspace))
                                .bind("targets", SqlArrays.texts(wanted, w -> w.target().value()))
                                .map((row, _) ->
                                        new Found(
                                                row.getInt("position") - 1,
                                                SuppressionRows.suppression(row)))
                                .list());
        Map<Integer, Suppression> byPosition = new HashMap<>();
        rows.forEach(row -> byPosition.put(row.position(), row.suppression()));
        return byPosition;
    }
}
