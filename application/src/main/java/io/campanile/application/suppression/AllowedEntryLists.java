package io.campanile.application.suppression;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.suppression.AllowedEntry;

/// How the allowed list is filtered and ordered.
public final class AllowedEntryLists {
    /// `target` is an address or a domain in the form it is compared in.
    public static final ListFields FIELDS =
            ListFields.orderedBy(new SortOrder("create_time", true))
                    .sortableTime("create_time")
                    .time("expire_time")
                    .key("target")
                    .build();

    private AllowedEntryLists() {}

    /// Where the page after this entry begins.
    public static Cursor cursor(AllowedEntry entry, SortOrder order) {
        return new Cursor(entry.createTime().toString(), entry.id().toString());
    }
}
