package io.campanile.application.suppression;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;

/// How the suppression list is filtered and ordered.
public final class SuppressionLists {
    /// `target` is an address or a domain in the form it is compared in.
    public static final ListFields FIELDS =
            ListFields.orderedBy(new SortOrder("create_time", true))
                    .sortableTime("create_time")
                    .time("expire_time")
                    .key("target")
                    .choice("reason", SuppressionReason.class)
                    .build();

    private SuppressionLists() {}

    /// Where the page after this entry begins.
    public static Cursor cursor(Suppression suppression, SortOrder order) {
        return new Cursor(suppression.createTime().toString(), suppression.id().toString());
    }
}
