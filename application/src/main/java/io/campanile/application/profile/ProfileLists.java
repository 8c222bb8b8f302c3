package io.campanile.application.profile;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.profile.Profile;

/// How lists of profiles are filtered and ordered.
public final class ProfileLists {
    public static final ListFields FIELDS =
            ListFields.orderedBy(new SortOrder("create_time", true))
                    .sortableTime("create_time")
                    .time("update_time")
                    .build();

    private ProfileLists() {}

    /// Where the page after this profile begins.
    public static Cursor cursor(Profile profile, SortOrder order) {
        return new Cursor(profile.createTime().toString(), profile.id().toString());
    }
}
