package io.campanile.application.audience;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.audience.Audience;

/// How lists of audiences are filtered and ordered.
public final class AudienceLists {
    public static final ListFields FIELDS =
            ListFields.orderedBy(new SortOrder("name", false))
                    .sortable("name")
                    .time("create_time")
                    .time("update_time")
                    .text("display_name")
                    .build();

    /// Members have one order and no filter.
    static final ListFields MEMBERS =
            ListFields.orderedBy(new SortOrder("profile", false)).sortable("profile").build();

    private AudienceLists() {}

    /// Where the page after this audience begins.
    public static Cursor cursor(Audience audience, SortOrder order) {
        return new Cursor(audience.name().audience(), audience.name().audience());
    }
}
