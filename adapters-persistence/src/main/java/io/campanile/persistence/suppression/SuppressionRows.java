package io.campanile.persistence.suppression;

import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowTimes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Reads rows of `suppression`.
final class SuppressionRows {
    /// What [#suppression] reads.
    static final String COLUMNS =
            "suppression_id, workspace_id, target, reason, note, create_time, expire_time";

    private SuppressionRows() {}

    static Suppression suppression(ResultSet row) throws SQLException {
        return new Suppression(
                new SuppressionId(row.getObject("suppression_id", UUID.class)),
                new WorkspaceId(row.getString("workspace_id")),
                new SuppressionTarget(row.getString("target")),
                SuppressionReason.valueOf(row.getString("reason")),
                row.getString("note"),
                RowTimes.time(row, "create_time"),
                RowTimes.optionalTime(row, "expire_time"));
    }
}
