package io.campanile.application.consent;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.consent.ConsentRecord;

/// How lists of consent records are ordered.
public final class ConsentLists {
    public static final ListFields FIELDS =
            ListFields.orderedBy(new SortOrder("say_time", true)).sortableTime("say_time").build();

    private ConsentLists() {}

    /// Where the page after this record begins.
    public static Cursor cursor(ConsentRecord record, SortOrder order) {
        return new Cursor(record.time().toString(), record.id().toString());
    }
}
